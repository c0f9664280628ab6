"""DynamoDB: how far back a table can be restored, and what was in it then."""

import json
import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.dynamodb.frozen import Frozen, freeze, pack
from rehearsal.emulator.services.dynamodb.journal import items_at
from rehearsal.emulator.services.dynamodb.journals import JOURNALS
from rehearsal.emulator.services.refusing import refusing
from strongroom.facts.limits import PITR_DAYS

_API: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference"
_READ: Final = "2026-11-22"
_DYNAMODB: Final[Any] = door.module("services.dynamodb")
_LAG: Final = timedelta(minutes=5)
"""How far the latest restorable time is behind: API_PointInTimeRecoveryDescription.html, read 2026-11-22."""


@rule(f"{_API}/API_PointInTimeRecoverySpecification.html", read=_READ)
def refuse_a_recovery_period_outside_its_bounds(days: int) -> None:
    """A table can be restored to a time up to 1 to 35 days back."""
    if not PITR_DAYS.low <= days <= PITR_DAYS.high:
        raise Refused(
            "ValidationException",
            f"1 validation error detected: Value '{days}' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays' "
            f"failed to satisfy constraint: Member must be {PITR_DAYS.low} to {PITR_DAYS.high}",
        )


@rule(f"{_API}/API_UpdateContinuousBackups.html", read=_READ)
def refuse_backups_of_an_absent_table(name: str, *, exists: bool) -> None:
    """Continuous backups are those of a table that exists."""
    if not exists:
        raise Refused("TableNotFoundException", f"Table not found: {name}")


@rule(f"{_API}/API_RestoreTableToPointInTime.html", read=_READ)
def refuse_a_table_without_point_in_time_recovery(name: str, *, is_on: bool) -> None:
    """Only a table with point-in-time recovery can be restored to a time or exported."""
    if not is_on:
        raise Refused(
            "PointInTimeRecoveryUnavailableException", f"Point in time recovery is not enabled for table '{name}'"
        )


@dataclass(frozen=True)
class Window:
    """To which times a table can be restored, in whole seconds since 1970."""

    days: int
    earliest: int
    latest: int


def window_of(name: str) -> Window:
    """Return the window of a table of the request's account and region.

    Raises:
        Refused: PointInTimeRecoveryUnavailableException, it has none.
    """
    kept = _kept(name)
    refuse_a_table_without_point_in_time_recovery(name, is_on=kept is not None)
    return _window(kept or {})


def frozen_at(name: str, instant: float) -> Frozen:
    """Return a table of the request's account and region with its items at an instant, and its settings of now."""
    table = _DYNAMODB._tables[name]  # noqa: SLF001
    changes = [change for change in JOURNALS.changes(table) if change.at > instant]
    if not changes:
        return _present(name)
    return pack(table, items_at(dict(table["items"]), changes, instant))


@replaces("services.dynamodb:_update_continuous_backups", read="4d306deca0a21e52")
@refusing("dynamodb")
def update_continuous_backups(original: Any, data: door.Record) -> Any:
    """Switch the history on, off, or to another window."""
    asked: door.Record = data.get("PointInTimeRecoverySpecification", {})
    days: int = asked.get("RecoveryPeriodInDays", PITR_DAYS.high)
    refuse_a_recovery_period_outside_its_bounds(days)
    name = _table(data)
    before, table = _kept(name), _DYNAMODB._tables[name]  # noqa: SLF001
    answer = original(data)
    if answer[0] != 200:
        return answer
    if asked["PointInTimeRecoveryEnabled"]:
        JOURNALS.begin(table, days)
        _DYNAMODB._pitr_settings[name] = {"days": days, "since": _since(before, days)}  # noqa: SLF001
    else:
        JOURNALS.end(table)
    return _described(answer, name)


@replaces("services.dynamodb:_describe_continuous_backups", read="ba81b08f309d3e7a")
@refusing("dynamodb")
def describe_continuous_backups(original: Any, data: door.Record) -> Any:
    """Show the recovery period and the times to which the table can be restored."""
    return _described(original(data), _table(data))


def _since(before: door.Record | None, days: int) -> int:
    """Return since when there is a history: a window that was shorter once does not get it back."""
    now = clock.now().timestamp()
    return max(before["since"], _back(now, min(days, before["days"]))) if before else math.ceil(now)


def _window(kept: door.Record) -> Window:
    now = clock.now().timestamp()
    earliest = max(kept["since"], _back(now, kept["days"]))
    return Window(kept["days"], earliest, max(earliest, math.floor(now - _LAG.total_seconds())))


def _back(now: float, days: int) -> int:
    return math.floor(now - timedelta(days=days).total_seconds())


def _described(answer: Any, name: str) -> Any:
    status, headers, body = answer
    kept = _kept(name)
    if status != 200 or not kept:
        return answer
    content, window = json.loads(body), _window(kept)
    content["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"] |= {
        "RecoveryPeriodInDays": window.days,
        "EarliestRestorableDateTime": window.earliest,
        "LatestRestorableDateTime": window.latest,
    }
    return status, headers, json.dumps(content).encode()


def _present(name: str) -> Frozen:
    found = freeze(door.account(), door.region(), name)
    if found is None:
        raise LookupError(f"no table {name}")
    return found


def _kept(name: str) -> door.Record | None:
    return _DYNAMODB._pitr_settings.get(name) or None  # noqa: SLF001 - where MiniStack keeps it


def _table(data: door.Record) -> str:
    named: str = data.get("TableName", "")
    name: str = _DYNAMODB._normalize_table_name(named)  # noqa: SLF001 - the name in an ARN
    refuse_backups_of_an_absent_table(named, exists=name in _DYNAMODB._tables)  # noqa: SLF001
    return name
