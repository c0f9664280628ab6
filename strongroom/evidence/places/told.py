"""Instants, ages and limits as people read them, in one form everywhere."""

from datetime import datetime, timedelta
from typing import Final

_HOUR: Final = timedelta(hours=1)
_DAYS: Final = timedelta(days=3)


def instant(at: datetime) -> str:
    """An aware UTC instant in ISO form, whole seconds."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def span(length: timedelta) -> str:
    """A length of time: minutes below an hour, days from three days on, hours between."""
    if length < _HOUR:
        return f"{length.total_seconds() / 60:.0f} min"
    if length < _DAYS:
        return f"{length / _HOUR:.1f} h"
    return f"{length / timedelta(days=1):.1f} d"
