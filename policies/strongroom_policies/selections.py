"""Rules about what a backup plan takes in, and what is tried out of it."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from strongroom_policies.properties import NotKnownError, Properties
from strongroom_policies.resource import Resource, Stack
from strongroom_policies.rule import Level, Sentence, Severity, StackRule, about, texts
from strongroom_policies.tokens import TypeToken

_NAMES: Final = ("arn", "name", "tableName")
"""By which what lies between a table and a list takes it."""
_TAG: Final = "aws:ResourceTag/"


def _every_table_is_taken(stack: Stack, wanted: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for table in stack.of(TypeToken.DYNAMODB_TABLE):
        yield from about(table, _taken(table, stack, wanted))


def _taken(table: Resource, stack: Stack, wanted: Properties) -> Iterator[Sentence]:
    name = table.properties.text("name") or table.name
    if any(fnmatchcase(name, pattern) for pattern in wanted.texts("selectedElsewhere")):
        return
    unknown: NotKnownError | None = None
    for selection in stack.of(TypeToken.BACKUP_SELECTION):
        try:
            if _takes(stack, selection, table):
                return
        except NotKnownError as error:
            unknown = error
    if unknown:
        raise unknown
    yield (
        f"{table} is in no backup selection; one is required: give it the tags that a selection of its environment"
        " looks"
        f" for, or name {name!r} in selectedElsewhere of dynamodb-table-in-a-plan"
    )


def _takes(stack: Stack, selection: Resource, table: Resource) -> bool:
    """Whether a selection takes a table in: by ARN and by every condition; by its tag list where it has one."""
    said = selection.properties
    if said.texts("notResources") and any(_is(table, one) for one in said.texts("notResources")):
        return False
    listed = stack.lists(selection, table, "resources", *_NAMES)
    if not listed and "resources" in said and not any(_is(table, one) for one in said.texts("resources")):
        return False
    tags = said.parts("selectionTags")
    if tags and not any(table.tags.get(tag.text("key") or "") == (tag.text("value") or "") for tag in tags):
        return False
    return ("resources" in said or bool(tags)) and _meets(table, said)


def _is(table: Resource, pattern: str) -> bool:
    """Whether the pattern of an ARN matches; the account is not looked at, because a table does not say its own."""
    if pattern == "*":
        return True
    parts = pattern.split(":", 5)
    region = table.properties.text("region") or table.provider.text("region") or ""
    name = table.properties.text("name") or table.name
    return (
        len(parts) == 6
        and fnmatchcase("dynamodb", parts[2])
        and (not region or fnmatchcase(region, parts[3]))
        and fnmatchcase(f"table/{name}", parts[5])
    )


def _meets(table: Resource, said: Properties) -> bool:
    return all(
        _holds(table, operator, condition)
        for group in said.parts("conditions")
        for operator in group
        for condition in group.parts(operator)
    )


def _holds(table: Resource, operator: str, condition: Properties) -> bool:
    tag, value = table.tags.get((condition.text("key") or "").removeprefix(_TAG)), condition.text("value") or ""
    if not isinstance(tag, str):
        # A table without the tag is not like anything, "*" included; whatever is asked, it differs from it.
        return operator not in ("stringEquals", "stringLikes")
    match operator:
        case "stringEquals":
            return tag == value
        case "stringLikes":
            return fnmatchcase(tag, value)
        case "stringNotEquals":
            return tag != value
        case _:
            return not fnmatchcase(tag, value)


TABLE_IN_A_PLAN: Final = StackRule(
    name="dynamodb-table-in-a-plan",
    description="Checks that every table is taken in by a backup selection.",
    why="A new table without the tags that the selection looks for is never backed up, and nothing says so.",
    controls={
        "AWS Security Hub": ("DynamoDB.4",),
        "AWS Backup Audit Manager": ("BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN",),
        "NIST 800-53": ("CP-9",),
    },
    severity=Severity.CRITICAL,
    check=_every_table_is_taken,
    options={"selectedElsewhere": texts((), "Patterns of the names of tables that a plan of another stack takes in.")},
)


def _every_class_has_its_tiers(stack: Stack, wanted: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for selection in stack.of(TypeToken.BACKUP_SELECTION):
        yield from about(selection, _has_its_tiers(selection, stack, wanted))


def _has_its_tiers(selection: Resource, stack: Stack, wanted: Properties) -> Iterator[Sentence]:
    wanted_tiers = wanted.part("tiersOfDataClass").texts(_data_class(selection, wanted))
    plans = [plan for plan in stack.of(TypeToken.BACKUP_PLAN) if stack.refers(selection, plan, "planId", "id")]
    for plan in plans if wanted_tiers else []:
        there = {rule.text("ruleName") for rule in plan.properties.parts("rules")}
        missing = [tier for tier in wanted_tiers if tier not in there]
        if missing:
            yield (
                f"{plan} of {selection} has no rule {', '.join(missing)}; its data class needs"
                f" {', '.join(wanted_tiers)}:"
                " add the missing rule"
            )


def _data_class(selection: Resource, wanted: Properties) -> str:
    key = f"{_TAG}{wanted.text('dataClassTag')}"
    for group in selection.properties.parts("conditions"):
        for condition in group.parts("stringEquals"):
            if condition.text("key") == key:
                return condition.text("value") or ""
    return ""


TIERS: Final = StackRule(
    name="backup-plan-tiers-of-data-class",
    description="Checks that the plan of a data class has a rule for each of its tiers.",
    why="Taking the monthly rule from a plan deletes nothing today and leaves no record of this year in seven.",
    controls={
        "AWS Backup Audit Manager": ("BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK",),
        "ISO 27001:2022": ("A.5.33",),
    },
    severity=Severity.HIGH,
    check=_every_class_has_its_tiers,
    options={
        "dataClassTag": {
            "type": "string",
            "default": "strongroom:data-class",
            "description": "Tag that says a table's data class.",
        },
        "tiersOfDataClass": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
            "default": {
                "critical": ["daily", "weekly", "monthly"],
                "standard": ["daily", "weekly"],
                "short": ["daily"],
            },
            "description": "Names of the rules that each data class needs.",
        },
    },
)


def _every_table_is_tried(stack: Stack, _: Properties) -> Iterator[tuple[Resource, Sentence]]:
    for table in stack.of(TypeToken.DYNAMODB_TABLE):
        yield from about(table, _tried(table, stack))


def _tried(table: Resource, stack: Stack) -> Iterator[Sentence]:
    unknown: NotKnownError | None = None
    for test in stack.of(TypeToken.BACKUP_RESTORE_TESTING_SELECTION):
        try:
            if _tries(stack, test, table):
                return
        except NotKnownError as error:
            unknown = error
    if unknown:
        raise unknown
    yield f"{table} is in no restore test; one is wanted: add a backup.RestoreTestingSelection that takes it in"


def _tries(stack: Stack, test: Resource, table: Resource) -> bool:
    """Whether a restore test takes a table in: by its ARN, by the wildcard or by conditions, all of which must hold.

    Only the wildcard goes with conditions, and they narrow it. That all must hold is how filters are described, not
    said in so many words: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingSelectionForCreate.html
    and API_ProtectedResourceConditions.html beside it, read 2026-11-23.
    """
    said = test.properties
    if said.text("protectedResourceType") != "DynamoDB":
        return False
    if stack.lists(test, table, "protectedResourceArns", *_NAMES):
        return True
    arns, conditions = said.texts("protectedResourceArns"), said.part("protectedResourceConditions")
    asked = [(operator, one) for operator in conditions for one in conditions.parts(operator)]
    named = any(_is(table, arn) for arn in arns) if arns else bool(asked)
    return named and all(_holds(table, operator, one) for operator, one in asked)


RESTORE_TESTS: Final = StackRule(
    name="dynamodb-table-restore-tested",
    description="Checks that every table is in a restore testing plan.",
    why="A backup that nobody restored is a hope.",
    controls={
        "AWS Backup Audit Manager": ("RESTORE_TIME_FOR_RESOURCES_MEET_TARGET",),
        "NIST 800-53": ("CP-9(1)",),
        "ISO 27001:2022": ("A.8.13",),
    },
    severity=Severity.MEDIUM,
    level=Level.ADVISORY,
    check=_every_table_is_tried,
)
