"""Recovery points as they are shown: one, those of a vault, those of a resource."""

from typing import Any, Final, NotRequired, cast

from rehearsal.emulator.services.backup.job_records import Point
from rehearsal.emulator.services.backup.jobs.jobs import Filter, after, before, equals, meets
from rehearsal.emulator.services.backup.operations import Answer, Call, Work, operation
from rehearsal.emulator.services.backup.paging import Paged, paged
from rehearsal.emulator.services.backup.points.points import calculated_life, refuse_an_absent_point
from rehearsal.emulator.services.backup.records import Vault
from rehearsal.emulator.services.backup.store import Place
from rehearsal.emulator.services.backup.vaults.shares import vault_place
from rehearsal.emulator.services.backup.vaults.vault_rules import refuse_an_absent_vault

_SAME: Final = (
    "RecoveryPointArn",
    "BackupVaultName",
    "BackupVaultArn",
    "SourceBackupVaultArn",
    "ResourceArn",
    "ResourceType",
    "CreatedBy",
    "IamRoleArn",
    "Status",
    "StatusMessage",
    "CreationDate",
    "InitiationDate",
    "CompletionDate",
    "BackupSizeInBytes",
    "LastRestoreTime",
    "ResourceName",
)


class ListInVault(Paged):
    """Input of ListRecoveryPointsByBackupVault and ListProtectedResourcesByBackupVault."""

    BackupVaultName: str
    BackupVaultAccountId: NotRequired[str]
    ByResourceArn: NotRequired[str]
    ByResourceType: NotRequired[str]
    ByBackupPlanId: NotRequired[str]
    ByCreatedBefore: NotRequired[float]
    ByCreatedAfter: NotRequired[float]
    ByParentRecoveryPointArn: NotRequired[str]


class OfPoint(ListInVault):
    """Input of an operation on one recovery point."""

    RecoveryPointArn: str


class OfResource(Paged):
    """Input of an operation on a resource's points."""

    ResourceArn: str


@operation("ListRecoveryPointsByBackupVault")
def list_recovery_points_by_backup_vault(call: Call, asked: ListInVault) -> Answer:
    """List a vault's points, the newest first."""
    found = [_listed(call, point) for point in points_in_vault(call, asked)]
    return paged("RecoveryPoints", [point for point in found if meets(asked, point, _FILTERS)], asked)


@operation("DescribeRecoveryPoint")
def describe_recovery_point(call: Call, asked: OfPoint) -> Answer:
    """Show a point."""
    point = shared_point(call, asked)
    return {**_listed(call, point), "StorageClass": point["StorageClass"]}


@operation("GetRecoveryPointRestoreMetadata")
def get_recovery_point_restore_metadata(call: Call, asked: OfPoint) -> Answer:
    """Return what a restore of a point may be given, as the table had it."""
    point = shared_point(call, asked)
    frozen = point["Frozen"]
    encryption: dict[str, Any] = (frozen.definition.get("SSEDescription") if frozen else None) or {}
    metadata = {"targetTableName": point["ResourceName"], "encryptionType": "KMS" if encryption else "Default"}
    if encryption.get("KMSMasterKeyArn"):
        metadata["kmsMasterKeyArn"] = encryption["KMSMasterKeyArn"]
    members = ("BackupVaultArn", "RecoveryPointArn", "ResourceType")
    return {"RestoreMetadata": metadata} | {member: point[member] for member in members}


@operation("ListRecoveryPointsByResource")
def list_recovery_points_by_resource(call: Call, asked: OfResource) -> Answer:
    """List the points of a resource in all vaults of the account and region, the newest first."""
    found = [point for point in call.store.points.of(call.place) if point["ResourceArn"] == asked["ResourceArn"]]
    return paged("RecoveryPoints", [_of_resource(call, point) for point in _newest_first(found)], asked)


def points_in_vault(call: Call, asked: ListInVault) -> list[Point]:
    """Return the points of a vault that is the caller's or shared with him, the newest first.

    Raises:
        Refused: there is no such vault.
    """
    name = asked["BackupVaultName"]
    place = vault_place(call, name, asked.get("BackupVaultAccountId"))
    refuse_an_absent_vault(name, place is not None)
    found = call.store.points.of(place or call.place)
    return _newest_first([point for point in found if point["BackupVaultName"] == name])


def shared_point(call: Call, asked: OfPoint) -> Point:
    """Return a point of a vault that is the caller's or shared with him.

    Raises:
        Refused: there is no such vault, or it does not hold the point.
    """
    arn = asked["RecoveryPointArn"]
    found = [point for point in points_in_vault(call, asked) if point["RecoveryPointArn"] == arn]
    refuse_an_absent_point(arn, bool(found))
    return found[0]


_FILTERS: Final[dict[str, Filter]] = {
    "ByResourceArn": equals("ResourceArn"),
    "ByResourceType": equals("ResourceType"),
    "ByBackupPlanId": lambda shown, wanted: bool(shown["CreatedBy"]) and shown["CreatedBy"]["BackupPlanId"] == wanted,
    "ByCreatedBefore": before("CreationDate"),
    "ByCreatedAfter": after("CreationDate"),
    "ByParentRecoveryPointArn": equals("ParentRecoveryPointArn"),
}


def _newest_first(points: list[Point]) -> list[Point]:
    return sorted(points, key=lambda point: point["CreationDate"], reverse=True)


def _listed(work: Work, point: Point) -> dict[str, object]:
    vault = _vault(work, point)
    return {
        **{member: point[member] for member in _SAME},
        "CalculatedLifecycle": calculated_life(point) or None,
        "Lifecycle": point["Lifecycle"] or None,
        "EncryptionKeyArn": point["EncryptionKeyArn"] or None,
        "EncryptionKeyType": _key_type(vault),
        "IsEncrypted": True,
        "IsParent": False,
        "VaultType": _vault_type(vault),
    }


def _of_resource(work: Work, point: Point) -> dict[str, object]:
    vault = _vault(work, point)
    same = ("RecoveryPointArn", "CreationDate", "Status", "StatusMessage", "BackupVaultName", "ResourceName")
    return {
        **{member: point[member] for member in same},
        "EncryptionKeyArn": point["EncryptionKeyArn"] or None,
        "EncryptionKeyType": _key_type(vault),
        "BackupSizeBytes": point["BackupSizeInBytes"],
        "IsParent": False,
        "VaultType": _vault_type(vault),
    }


def _vault(work: Work, point: Point) -> Vault:
    parts = point["BackupVaultArn"].split(":")
    # A vault that holds points cannot be deleted.
    return cast("Vault", work.store.vaults.get(Place(parts[4], parts[3]), point["BackupVaultName"]))


def _vault_type(vault: Vault) -> str:
    return vault.get("VaultType", "BACKUP_VAULT")


def _key_type(vault: Vault) -> str | None:
    if vault["KeyIsCustomerManaged"]:
        return "CUSTOMER_MANAGED_KMS_KEY"
    return None if vault["EncryptionKeyArn"] else "AWS_OWNED_KMS_KEY"
