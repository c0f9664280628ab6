"""Instants and ages as people give and read them in a recovery: always UTC, always with the zone said."""

from datetime import UTC, datetime, timedelta
from typing import Final

from strongroom.recovery.errors import RequestError

_DAYS_FROM: Final = timedelta(hours=48)
"""Ages from here on are told in days."""


def instant(given: str, option: str) -> datetime:
    """The instant that a text means.

    Args:
        given: ISO 8601 with a zone, such as 2026-11-22T03:00:00Z.
        option: Where it was given, for the error's sentence.

    Raises:
        RequestError: it is none, or has no zone: a guess would be hours off.
    """
    try:
        read = datetime.fromisoformat(given)
    except ValueError:
        raise RequestError(f"{option} must be an instant such as 2026-11-22T03:00:00Z, got {given!r}") from None
    if read.utcoffset() is None:
        raise RequestError(f"{option} must say its zone, got {given!r}; for UTC write {given}Z")
    return read.astimezone(UTC)


def told(when: datetime) -> str:
    """An instant to the minute: 2026-11-22 03:00 UTC."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def exact(when: datetime) -> str:
    """An instant to the second, rounded up, as options take it; nothing of its second is after it."""
    full = when.astimezone(UTC)
    if full.microsecond:
        full = full.replace(microsecond=0) + timedelta(seconds=1)
    return f"{full:%Y-%m-%dT%H:%M:%SZ}"


def age(length: timedelta) -> str:
    """A length of time by its two largest units: 5 h 12 min."""
    minutes, seconds = divmod(max(int(length.total_seconds()), 0), 60)
    hours, minutes = divmod(minutes, 60)
    if length >= _DAYS_FROM:
        return f"{hours // 24} d {hours % 24} h"
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{seconds} s"
