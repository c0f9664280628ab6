"""DynamoDB's own restores, to a time and from an on-demand backup: a new table that is CREATING for a while."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from rehearsal.emulator import clock, door, durations, judgement
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.dynamodb import states
from rehearsal.emulator.services.dynamodb.callers import caller
from rehearsal.emulator.services.dynamodb.frozen import Frozen, Restored, finish_restore, restore
from rehearsal.emulator.services.dynamodb.naming import table_of
from rehearsal.emulator.services.dynamodb.pitr import Window, frozen_at, window_of
from rehearsal.emulator.services.dynamodb.work import Task, Work
from rehearsal.emulator.services.refusing import refusing

_API: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html"
_READ: Final = "2026-11-22"
_DYNAMODB: Final[Any] = door.module("services.dynamodb")
_FILLING: Final = ("BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem")
_DUE: Final = "_active_at"
"""Where a table that is restored keeps the second at which it becomes ACTIVE."""


@rule(_API, read=_READ)
def refuse_an_absent_source(source: str, *, exists: bool) -> None:
    """A restore to a time needs a source table in the same account."""
    if not exists:
        raise Refused("TableNotFoundException", f"Source table not found: {source}")


@rule(_API, read=_READ)
def refuse_a_time_outside_the_window(second: int, window: Window) -> None:
    """A table is restored to a second between the earliest and the latest restorable time."""
    if not window.earliest <= second <= window.latest:
        raise Refused(
            "InvalidRestoreTimeException",
            "An invalid restore time was specified. RestoreDateTime must be between EarliestRestorableDateTime and "
            "LatestRestorableDateTime.",
        )


@rule(_API, read=_READ)
def refuse_no_time_and_two(second: float | None, *, latest: bool) -> None:
    """A restore names a time or asks for the latest, one of the two."""
    if (second is None) != latest:
        raise Refused("ValidationException", "Specify either RestoreDateTime or UseLatestRestorableTime")


@rule("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.Tutorial.html", read=_READ)
def refuse_another_region_without_a_key(source: str, here: str, encryption: door.Record | None) -> None:
    """A restore from another region says under which key the new table shall be."""
    if source != here and encryption is None:
        raise Refused("ValidationException", "SSESpecificationOverride is required for a restore from another region")


@rule(_API, read=_READ)
def refuse_an_index_that_the_source_has_not(asked: list[door.Record] | None, held: list[door.Record]) -> None:
    """A restore can leave indexes out; it makes no others than the source's."""
    keys = {index["IndexName"]: index["KeySchema"] for index in held}
    for index in asked or ():
        if keys.get(index["IndexName"]) != index.get("KeySchema"):
            raise Refused(
                "ValidationException",
                f"One or more parameter values were invalid: Index {index['IndexName']} does not match an index of "
                "the source table",
            )


@rule("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_IAM.html", read=_READ)
def refuse_who_may_not_fill_the_target(sentence: str | None) -> None:
    """Who restores a table may read and write items of the new one, by BatchWriteItem, Query and each of the others."""
    if sentence:
        raise Refused("AccessDeniedException", sentence)


@replaces("services.dynamodb:_restore_table_to_point_in_time", read="d2251b31c3114998")
@refusing("dynamodb")
def restore_table_to_point_in_time(_original: Any, data: door.Record) -> Any:
    """Make a table of what the source was at a second, with the settings that it has now."""
    named: str = data.get("SourceTableArn") or data.get("SourceTableName") or ""
    account, region, name = table_of(named) or (door.account(), door.region(), named)
    exists = account == door.account() and _DYNAMODB._tables.contains_scoped(account, region, name)  # noqa: SLF001
    refuse_an_absent_source(named, exists=exists)
    refuse_another_region_without_a_key(region, door.region(), data.get("SSESpecificationOverride"))
    with door.request_scope(account, region):
        second = _second(data, window_of(name))
        frozen = frozen_at(name, second)
    summary = {"SourceTableArn": frozen.table_arn, "RestoreDateTime": second}
    return begin(data, frozen, summary, durations.of("pitr", name, frozen.size_bytes))


def begin(data: door.Record, frozen: Frozen, summary: door.Record, duration: timedelta) -> Any:
    """Begin a restore and answer with the new table.

    Args:
        data: The request, with TargetTableName and overrides.
        frozen: What is restored.
        summary: What the table shows of where it comes from.
        duration: After which the table is ACTIVE.

    Raises:
        Refused: The name is taken, an override does not fit, or the caller may not fill the new table.
    """
    target: str = data["TargetTableName"]
    arn = f"arn:aws:dynamodb:{door.region()}:{door.account()}:table/{target}"
    for operation in _FILLING:
        refuse_who_may_not_fill_the_target(judgement.refusal(caller(), f"dynamodb:{operation}", arn))
    wanted = Restored(
        encryption=data.get("SSESpecificationOverride"),
        billing_mode=data.get("BillingModeOverride"),
        throughput=data.get("ProvisionedThroughputOverride"),
        on_demand_throughput=data.get("OnDemandThroughputOverride"),
        global_indexes=data.get("GlobalSecondaryIndexOverride"),
        local_indexes=data.get("LocalSecondaryIndexOverride"),
        summary=summary,
    )
    held = frozen.definition
    refuse_an_index_that_the_source_has_not(wanted.global_indexes, held.get("GlobalSecondaryIndexes", []))
    refuse_an_index_that_the_source_has_not(wanted.local_indexes, held.get("LocalSecondaryIndexes", []))
    restore(frozen, door.account(), door.region(), target, wanted)
    due = clock.now() + duration
    _DYNAMODB._tables[target][_DUE] = due.timestamp()  # noqa: SLF001
    _WORK.at(target, due)
    return door.responses.json_response({"TableDescription": _DYNAMODB._table_description(target)})  # noqa: SLF001


def _second(data: door.Record, window: Window) -> int:
    latest = bool(data.get("UseLatestRestorableTime"))
    asked: float | None = data.get("RestoreDateTime")
    refuse_no_time_and_two(asked, latest=latest)
    second = window.latest if asked is None else int(asked)
    refuse_a_time_outside_the_window(second, window)
    return second


def _finish(task: Task) -> None:
    finish_restore(task.account, task.region, task.name)


def _pending() -> Iterator[tuple[Task, datetime]]:
    for account, region, table in states.all_creating():
        if _DUE in table:
            yield Task(account, region, table["TableName"]), datetime.fromtimestamp(table[_DUE], UTC)


_WORK: Final = Work("dynamodb restores", _finish, _pending)
