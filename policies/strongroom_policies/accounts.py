"""Rules about switches of a whole account or organization that backups depend on."""

from collections.abc import Iterator
from typing import Final

from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import Level, Rule, Sentence, Severity, StackRule, about, apart, texts
from strongroom_policies.tokens import TypeToken

_CROSS_ACCOUNT: Final = "isCrossAccountBackupEnabled"
_PREFERENCES: Final = ("resourceTypeOptInPreference", "resourceTypeManagementPreference")


def _keeps_its_switches(organization: Resource, wanted: Properties) -> Iterator[Sentence]:
    yield from apart(
        _says(organization, "awsServiceAccessPrincipals", wanted.texts("services")),
        _says(organization, "enabledPolicyTypes", wanted.texts("policyTypes")),
    )


def _says(organization: Resource, name: str, required: tuple[str, ...]) -> Iterator[Sentence]:
    missing = [one for one in required if one not in organization.properties.texts(name)]
    if missing:
        yield (
            f"{organization} leaves {', '.join(missing)} out of {name}, and so switches it off for every account; it is"
            f" required: add it to {name}"
        )


ORGANIZATION: Final = Rule(
    name="organization-switches",
    description="Checks that an organization that a program manages keeps the switches that backups need.",
    why=(
        "An organization that is imported without its service list has every service switched off by the next `pulumi"
        " up`."
    ),
    controls={"NIST 800-53": ("CM-3", "CP-9(3)")},
    severity=Severity.CRITICAL,
    on=(TypeToken.ORGANIZATIONS_ORGANIZATION,),
    check=_keeps_its_switches,
    options={
        "services": texts(("backup.amazonaws.com",), "Service principals that must have access."),
        "policyTypes": texts(("SERVICE_CONTROL_POLICY",), "Policy types that must be enabled."),
    },
)


def _opted_in(settings: Resource, wanted: Properties) -> Iterator[Sentence]:
    if "GlobalSettings" in settings.type:
        yield from _crosses_accounts(settings)
        return
    yield from apart(*(_opts_in(settings, name, wanted) for name in _PREFERENCES))


def _crosses_accounts(settings: Resource) -> Iterator[Sentence]:
    got = settings.properties.part("globalSettings").text(_CROSS_ACCOUNT)
    if got != "true":
        yield (
            f"{settings} has {_CROSS_ACCOUNT} {got or 'not set'}, and no account can copy to another; 'true' is"
            " required: set it in global_settings"
        )


def _opts_in(settings: Resource, name: str, wanted: Properties) -> Iterator[Sentence]:
    missing = [one for one in wanted.texts("resourceTypes") if not settings.properties.part(name).flag(one)]
    if missing:
        yield (
            f"{settings} does not opt {', '.join(missing)} in by {name}; its points could be neither copied nor"
            " locked: set it to true there"
        )


OPT_INS: Final = Rule(
    name="backup-opt-ins",
    description="Checks that AWS Backup may manage tables itself and copy between accounts.",
    why="Without advanced features a table's points cannot leave the account, and the plan says so only when it runs.",
    controls={"NIST 800-53": ("CP-9",), "ISO 27001:2022": ("A.8.13",)},
    severity=Severity.CRITICAL,
    on=(TypeToken.BACKUP_REGION_SETTINGS, TypeToken.BACKUP_GLOBAL_SETTINGS),
    check=_opted_in,
    options={"resourceTypes": texts(("DynamoDB",), "Resource types that both preferences must name.")},
)


def _archives_are_trailed(stack: Stack, _: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for lock in stack.of(TypeToken.S3_BUCKET_OBJECT_LOCK_CONFIGURATION):
        yield from about(lock, _trailed(lock, stack))


def _trailed(lock: Resource, stack: Stack) -> Iterator[Sentence]:
    bucket = lock.properties.text("bucket") or ""
    for trail in stack.of(TypeToken.CLOUDTRAIL_TRAIL):
        for selector in (*trail.properties.parts("eventSelectors"), *trail.properties.parts("advancedEventSelectors")):
            named = [value for part in selector.parts("dataResources") for value in part.texts("values")]
            named += [value for part in selector.parts("fieldSelectors") for name in part for value in part.texts(name)]
            if any(value in ("AWS::S3::Object", "arn:aws:s3") or f":::{bucket}/" in value for value in named):
                return
    yield (
        f"{lock} keeps {bucket!r}, and no trail of this stack records who reads or writes its objects; data events are"
        " wanted: add an event selector for it to a cloudtrail.Trail"
    )


TRAILED: Final = StackRule(
    name="s3-archive-data-events",
    description="Checks that a trail records who reads and writes the objects of an archive.",
    why="After a leak nobody can say which objects were read.",
    controls={"AWS Security Hub": ("S3.22", "S3.23"), "CIS AWS Foundations": ("3.8", "3.9")},
    severity=Severity.LOW,
    level=Level.ADVISORY,
    check=_archives_are_trailed,
)
