"""Rules about DynamoDB tables."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from strongroom_policies.former import present
from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource
from strongroom_policies.rule import Level, Rule, Sentence, Severity, apart, number
from strongroom_policies.tokens import TypeToken

MOST_DAYS: Final = 35
"""The longest window, and AWS's own when none is said.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoverySpecification.html, read
2026-11-22. The price does not depend on it.
"""
_TABLES: Final = (TypeToken.DYNAMODB_TABLE, TypeToken.DYNAMODB_TABLE_REPLICA)


def _reaches_back(table: Resource, wanted: Properties) -> Iterator[Sentence]:
    if "TableReplica" in table.type:
        yield from _replica_reaches_back(str(table), table.properties)
    else:
        yield from apart(_window(table, wanted), _replicas(table, _replica_reaches_back))


def _window(table: Resource, wanted: Properties) -> Iterator[Sentence]:
    pitr, least = table.properties.part("pointInTimeRecovery"), wanted.number("minimumDays") or MOST_DAYS
    if not pitr.flag("enabled"):
        yield (
            f"{table} has no point-in-time recovery; {least} days are required:"
            f" set point_in_time_recovery with enabled true and recovery_period_in_days {least}"
        )
    elif (days := pitr.number("recoveryPeriodInDays") or MOST_DAYS) < least:
        yield (
            f"{table} can be restored to the last {days} days only; {least} are required:"
            f" set recovery_period_in_days of point_in_time_recovery to {least}"
        )


def _replica_reaches_back(name: str, replica: Properties) -> Iterator[Sentence]:
    if not replica.flag("pointInTimeRecovery"):
        yield (
            f"{name} has no point-in-time recovery; it is required in every Region: set point_in_time_recovery to true"
        )


def _replicas(table: Resource, check: Callable[[str, Properties], Iterator[Sentence]]) -> Iterator[Sentence]:
    replicas = table.properties.parts("replicas")
    yield from apart(*(check(f"replica {at + 1} of {table}", replica) for at, replica in enumerate(replicas)))


def _switched_on(_: Resource, wanted: Properties) -> Mapping[str, object]:
    return {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": wanted.number("minimumDays")}}


PITR: Final = Rule(
    name="dynamodb-table-pitr",
    description="Checks that a table can be restored to any second of its recovery window.",
    why="A refactoring took point-in-time recovery from three tables eight days after it was switched on, unnoticed.",
    controls={
        "AWS Security Hub": ("DynamoDB.2",),
        "Checkov": ("CKV_AWS_28",),
        "AWS Config": ("dynamodb-pitr-enabled",),
        "NIST 800-53": ("CP-9", "CP-10"),
        "ISO 27001:2022": ("A.8.13",),
    },
    severity=Severity.CRITICAL,
    on=_TABLES,
    check=_reaches_back,
    mend=_switched_on,
    options={"minimumDays": number(MOST_DAYS, "Days that recovery must reach back, 1 to 35.")},
)


def _cannot_be_deleted(table: Resource, _: Properties) -> Iterator[Sentence]:
    yield from apart(_protected(str(table), table.properties), _replicas(table, _protected))


def _protected(name: str, properties: Properties) -> Iterator[Sentence]:
    if not properties.flag("deletionProtectionEnabled"):
        yield (
            f"{name} can be deleted by one call; deletion protection is required: set deletion_protection_enabled to"
            " true"
        )


DELETION_PROTECTION: Final = Rule(
    name="dynamodb-table-deletion-protection",
    description="Checks that AWS refuses to delete a table.",
    why="A stack that was destroyed by mistake, or a name that changed, took the table and its recovery window along.",
    controls={"AWS Security Hub": ("DynamoDB.6",), "NIST 800-53": ("CP-9",)},
    severity=Severity.CRITICAL,
    on=_TABLES,
    check=_cannot_be_deleted,
)


def _lies_under_a_customer_key(table: Resource, _: Properties) -> Iterator[Sentence]:
    encryption = table.properties.part("serverSideEncryption")
    if not encryption.flag("enabled") or not encryption.text("kmsKeyArn"):
        yield (
            f"{table} lies under a key of AWS's own; a customer managed key is wanted:"
            " set server_side_encryption with enabled true and kms_key_arn"
        )


CUSTOMER_KEY: Final = Rule(
    name="dynamodb-table-customer-key",
    description="Checks that a table is encrypted with a customer managed key.",
    why="A key of AWS's own cannot be taken from an intruder who holds the right to read the table.",
    controls={"Checkov": ("CKV_AWS_119",), "ISO 27001:2022": ("A.8.24",)},
    severity=Severity.LOW,
    level=Level.ADVISORY,
    on=(TypeToken.DYNAMODB_TABLE,),
    check=_lies_under_a_customer_key,
    keys=("serverSideEncryption.kmsKeyArn",),
)

_RESTORE: Final = ("restoreDateTime", "restoreToLatestTime")


def _stays_when_restored(table: Resource, _: Properties) -> Iterator[Sentence]:
    asked = [name for name in _RESTORE if name in table.properties and name not in table.options.ignore_changes]
    if asked:
        yield (
            f"{table} is replaced once {' and '.join(asked)} leaves the program; a restored table must stay:"
            f" name {' and '.join(asked)} in ignore_changes"
        )


RESTORE_ARGUMENTS: Final = Rule(
    name="dynamodb-table-restore-arguments",
    description="Checks that a restored table is not replaced when its restore arguments leave the program.",
    why="Tidying up restoreToLatestTime after a recovery replaces the table that was just brought back.",
    controls={"NIST 800-53": ("CP-10",)},
    severity=Severity.HIGH,
    on=(TypeToken.DYNAMODB_TABLE,),
    check=_stays_when_restored,
)


_TAGGED: Final = {
    TypeToken.DYNAMODB_TABLE: "tables",
    TypeToken.BACKUP_VAULT: "vaults",
    TypeToken.BACKUP_LOGICALLY_AIR_GAPPED_VAULT: "vaults",
    TypeToken.BACKUP_PLAN: "plans",
    TypeToken.S3_BUCKET: "archives",
}


def _carries_tags(resource: Resource, wanted: Properties) -> Iterator[Sentence]:
    kind = TypeToken(present(resource.type))
    # Of the buckets those are archives whose objects are locked.
    if kind == TypeToken.S3_BUCKET and not resource.properties.flag("objectLockEnabled"):
        return
    missing = [tag for tag in wanted.part("tags").texts(_TAGGED[kind]) if not resource.tags.get(tag)]
    if missing:
        yield f"{resource} lacks the tags {', '.join(missing)}; set them in tags or in default_tags of its provider"


TAGS: Final = Rule(
    name="backup-tags",
    description="Checks that tables, vaults, plans and archives carry the tags that selections and owners look for.",
    why="A table without its data class is in no backup plan, and nobody is asked when its backup fails.",
    controls={
        "AWS Security Hub": ("DynamoDB.5", "Backup.2", "Backup.3", "Backup.5"),
        "ISO 27001:2022": ("A.5.9",),
    },
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    on=tuple(_TAGGED),
    check=_carries_tags,
    options={
        "tags": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
            "default": {
                "tables": [
                    *("owner", "strongroom:data-class", "strongroom:environment"),
                    *("strongroom:rto", "strongroom:rpo"),
                ],
                "vaults": ["owner", "strongroom:tier"],
                "plans": ["owner", "strongroom:data-class"],
                "archives": ["owner", "strongroom:tier"],
            },
            "description": "Tags that each of the tables, vaults, plans and archives must have.",
        }
    },
)
