"""EventBridge Scheduler: what a schedule's record says about its times."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from rehearsal.emulator.schedules import next_occurrence, rate

_FIVE_FIELDS: Final = re.compile(r"cron\(((?:\S+\s+){4}\S+)\)")
Record = Mapping[str, Any]


def complete(expression: str) -> str:
    """Return a schedule with the year that a cron may leave out."""
    found = _FIVE_FIELDS.fullmatch(expression)
    return f"cron({found[1]} *)" if found else expression


def time_of(value: float | str | None) -> datetime | None:
    """Return a time of a request, seconds since 1970 or an ISO text, as an aware datetime."""
    if value is None:
        return None
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value, UTC)
    found = datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def group_arn(account: str, region: str, group: str) -> str:
    """Return the ARN of a schedule group, by which a role's trust policy knows the schedules in it."""
    return f"arn:aws:scheduler:{region}:{account}:schedule-group/{group}"


def is_once(schedule: Record) -> bool:
    """Whether it is due a single time."""
    return str(schedule["ScheduleExpression"]).startswith("at(")


def first_due(schedule: Record, now: datetime) -> datetime | None:
    """Return when a schedule is due from `now` on; None when it is not."""
    expression, zone = complete(schedule["ScheduleExpression"]), schedule["ScheduleExpressionTimezone"]
    start = time_of(schedule.get("StartDate"))
    if is_once(schedule):
        return next_occurrence(expression, zone, now)
    every = rate(expression)
    if every:
        begun = start or time_of(schedule["CreationDate"]) or now
        rounds = max(0, -((begun - now) // every))
        return _unless_over(schedule, begun + every * rounds)
    after = now if start is None or start < now else start - timedelta(microseconds=1)
    return _unless_over(schedule, next_occurrence(expression, zone, after))


def next_due(schedule: Record, due: datetime) -> datetime | None:
    """Return when a schedule is due after having been due; None when it is over."""
    if is_once(schedule):
        return None
    expression, zone = complete(schedule["ScheduleExpression"]), schedule["ScheduleExpressionTimezone"]
    return _unless_over(schedule, next_occurrence(expression, zone, due))


def delay(schedule: Record, due: datetime) -> timedelta:
    """Return how much later inside its flexible window a schedule invokes its target: by chance, always the same."""
    window: Record = schedule["FlexibleTimeWindow"]
    minutes = int(window.get("MaximumWindowInMinutes") or 0) if window["Mode"] == "FLEXIBLE" else 0
    if not minutes:
        return timedelta()
    digest = sha256(f"{schedule['Arn']} {due.isoformat()}".encode()).digest()
    return timedelta(seconds=int.from_bytes(digest[:4], "big") % (minutes * 60))


def _unless_over(schedule: Record, due: datetime | None) -> datetime | None:
    end = time_of(schedule.get("EndDate"))
    return None if due is None or (end and due > end) else due
