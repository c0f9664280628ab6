"""Settings of an account in a region, and of an organization."""

from typing import Final, TypedDict, cast

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.happenings import announce, iso
from rehearsal.emulator.services.backup.operations import Answer, Call, Work, operation
from rehearsal.emulator.services.backup.records import GlobalSettings
from rehearsal.emulator.services.backup.store import Place

_GUIDE: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide"
_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference"
_READ: Final = "2026-11-22"

RESOURCE_TYPES: Final = (
    "Aurora",
    "CloudFormation",
    "DocumentDB",
    "DynamoDB",
    "EBS",
    "EC2",
    "EFS",
    "FSx",
    "Neptune",
    "RDS",
    "Redshift",
    "S3",
    "SAP HANA on Amazon EC2",
    "Storage Gateway",
    "Timestream",
    "VirtualMachine",
)
"""API_GetSupportedResourceTypes.html and API_DescribeRegionSettings.html, read 2026-11-22."""

_MANAGED: Final = {"DynamoDB": True, "EFS": True}
"""Full management is on where no vault was made before November 2021: advanced-ddb-backup.html, read 2026-11-22."""

_GLOBAL_DEFAULTS: Final = {
    "isCrossAccountBackupEnabled": "false",
    "isMpaEnabled": "false",
    "isDelegatedAdministratorEnabled": "false",
}
_GLOBAL: Final = "aws-global"


class UpdateRegion(TypedDict, total=False):
    """Input of UpdateRegionSettings."""

    ResourceTypeOptInPreference: dict[str, bool]
    ResourceTypeManagementPreference: dict[str, bool]


class UpdateGlobal(TypedDict, total=False):
    """Input of UpdateGlobalSettings."""

    GlobalSettings: dict[str, str]


@rule(f"{_API}/API_UpdateRegionSettings.html", read=_READ)
def refuse_an_unknown_resource_type(name: str) -> None:
    """Preferences are given for resource types that AWS Backup supports."""
    if name not in RESOURCE_TYPES:
        raise Refused("InvalidParameterValueException", f"Unsupported resource type {name!r}.")


@rule(f"{_API}/API_UpdateGlobalSettings.html", read=_READ)
def refuse_another_account_than_management(account: str, management: str | None) -> None:
    """Only the organization's management account changes its settings."""
    if account != management:
        raise Refused(
            "InvalidRequestException",
            "Operation failed because the account is not the management account of an AWS Organizations organization.",
        )


@rule(f"{_API}/API_DescribeGlobalSettings.html", read=_READ)
def refuse_an_account_without_organization(management: str | None) -> None:
    """Only an account that is in an organization can read its settings."""
    if management is None:
        raise Refused(
            "InvalidRequestException", "Operation failed because the account is not a member of an organization."
        )


@rule(f"{_API}/API_UpdateGlobalSettings.html", read=_READ)
def refuse_an_unknown_global_setting(name: str, value: str) -> None:
    """The settings are switches for cross-account backup, multi-party approval and delegation: true or false."""
    if name not in _GLOBAL_DEFAULTS or value not in {"true", "false"}:
        raise Refused("InvalidParameterValueException", f"Invalid global setting {name}={value}.")


def fully_managed(work: Work, resource_type: str) -> bool:
    """Return whether AWS Backup has full management of a resource type; for DynamoDB, its advanced features."""
    settings = work.store.region_settings.get(work.place, "self")
    return {**_MANAGED, **(settings["Management"] if settings else {})}.get(resource_type, False)


def opted_in(work: Work, resource_type: str) -> bool:
    """Return whether AWS Backup protects a resource type that a plan selects by its tags."""
    settings = work.store.region_settings.get(work.place, "self")
    return (settings["OptIn"] if settings else {}).get(resource_type, True)


@operation("DescribeRegionSettings")
def describe_region_settings(call: Call, _asked: object) -> Answer:
    """Return the account's preferences in this region."""
    settings = call.store.region_settings.get(call.place, "self") or {"OptIn": {}, "Management": {}}
    return {
        "ResourceTypeOptInPreference": {**dict.fromkeys(RESOURCE_TYPES, True), **settings["OptIn"]},
        "ResourceTypeManagementPreference": {**_MANAGED, **settings["Management"]},
    }


@operation("UpdateRegionSettings")
def update_region_settings(call: Call, asked: UpdateRegion) -> None:
    """Change the preferences that are named; the others stay."""
    opt_in = asked.get("ResourceTypeOptInPreference", {})
    management = asked.get("ResourceTypeManagementPreference", {})
    for name in (*opt_in, *management):
        refuse_an_unknown_resource_type(name)
    settings = call.store.region_settings.get(call.place, "self") or {"OptIn": {}, "Management": {}}
    call.store.region_settings.put(
        call.place,
        "self",
        {"OptIn": settings["OptIn"] | opt_in, "Management": settings["Management"] | management},
    )
    detail = {"modifiedAt": iso(call.timestamp), "ResourceTypeOptInPreference": opt_in or None, "state": "MODIFIED"}
    announce(call, "Region Setting State Change", detail)


@operation("GetSupportedResourceTypes")
def get_supported_resource_types(_call: Call, _asked: object) -> Answer:
    """Return the resource types that preferences can be given for."""
    return {"ResourceTypes": list(RESOURCE_TYPES)}


@operation("DescribeGlobalSettings")
def describe_global_settings(call: Call, _asked: object) -> Answer:
    """Return the organization's settings to any of its accounts."""
    management = call.neighbours.management_account()
    refuse_an_account_without_organization(management)
    kept = _kept(call, cast("str", management))
    return {
        "GlobalSettings": {**_GLOBAL_DEFAULTS, **(kept["Settings"] if kept else {})},
        "LastUpdateTime": kept["LastUpdateTime"] if kept else None,
    }


@operation("UpdateGlobalSettings")
def update_global_settings(call: Call, asked: UpdateGlobal) -> None:
    """Change the settings that are named; the others stay."""
    refuse_another_account_than_management(call.place.account, call.neighbours.management_account())
    changes = asked.get("GlobalSettings", {})
    for name, value in changes.items():
        refuse_an_unknown_global_setting(name, value)
    kept = _kept(call, call.place.account)
    settings: GlobalSettings = {
        "Settings": (kept["Settings"] if kept else {}) | changes,
        "LastUpdateTime": call.timestamp,
    }
    call.store.global_settings.put(Place(call.place.account, _GLOBAL), "self", settings)


def crosses_accounts(work: Work, management: str) -> bool:
    """Return whether an organization, named by its management account, has turned copies across accounts on."""
    kept = _kept(work, management)
    return kept is not None and kept["Settings"].get("isCrossAccountBackupEnabled") == "true"


def _kept(work: Work, management: str) -> GlobalSettings | None:
    return work.store.global_settings.get(Place(management, _GLOBAL), "self")
