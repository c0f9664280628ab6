"""When a schedule falls due next: EventBridge, its Scheduler and AWS Backup write theirs in the same three ways."""

# https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (read 2026-11-22)

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from rehearsal.emulator import cron

_CRON: Final = re.compile(r"cron\(([^()]*)\)")
_RATE: Final = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_AT: Final = re.compile(r"at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)")


def next_occurrence(expression: str, zone: str, after: datetime) -> datetime | None:
    """Return the first instant after `after` at which a schedule falls due.

    A wall clock time that a zone skips is skipped; one that it has twice counts once, the first time. A rate is counted
    from `after`, in hours of sixty minutes and days of 24 hours.

    Args:
        expression: `cron(six fields)`, `rate(value unit)` or `at(yyyy-mm-ddThh:mm:ss)`.
        zone: Name of the tz database in which a cron or an at is read.
        after: An aware datetime.

    Returns:
        An aware datetime in UTC; None when the schedule is over.

    Raises:
        ValueError: `expression` is none, see `is_valid`.
    """
    every = rate(expression)
    if every:
        return after.astimezone(UTC) + every
    once = _at(expression)
    if once:
        instant = once.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        return instant if instant > after else None
    calendar = _cron(expression)
    if calendar is None:
        raise ValueError(f"a schedule is cron(six fields), rate(value unit) or at(date and time), got {expression!r}")
    return _next(calendar, ZoneInfo(zone), after.astimezone(UTC))


def is_valid(expression: str) -> bool:
    """Whether AWS takes a schedule; which of the three kinds a service takes is its own rule."""
    return bool(rate(expression) or _at(expression) or _cron(expression))


@lru_cache(maxsize=512)
def rate(expression: str) -> timedelta | None:
    """Return how much time is between two occurrences of a rate; None when the expression is none."""
    found = _RATE.fullmatch(expression)
    if not found or not int(found[1]):
        return None
    return timedelta(**{f"{found[2]}s": int(found[1])})


@lru_cache(maxsize=512)
def _at(expression: str) -> datetime | None:
    found = _AT.fullmatch(expression)
    try:
        return datetime.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _cron(expression: str) -> cron.Cron | None:
    found = _CRON.fullmatch(expression)
    return cron.parse(found[1]) if found else None


def _next(calendar: cron.Cron, zone: ZoneInfo, after: datetime) -> datetime | None:
    wall = calendar.after(after.astimezone(zone).replace(tzinfo=None))
    while wall:
        instant = wall.replace(tzinfo=zone).astimezone(UTC)
        was_skipped = instant.astimezone(zone).replace(tzinfo=None) != wall
        if instant > after and not was_skipped:
            return instant
        wall = calendar.after(wall)
    return None
