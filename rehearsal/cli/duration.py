"""Durations as people write them."""

import re
from datetime import timedelta
from typing import Final

_FORM: Final = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
_LONGEST: Final = timedelta(days=36_500)
"""AWS Backup's longest retention is the farthest that a clock has to go; dates end in year 9999."""


def parse(text: str) -> timedelta:
    """Read a duration: weeks, days, hours, minutes and seconds, in this order, each at most once.

    Raises:
        ValueError: it is not one, is zero, or is longer than a hundred years.
    """
    found = _FORM.fullmatch(text.strip().lower())
    numbers = [int(number or 0) for number in found.groups()] if found else []
    if not any(numbers):
        raise ValueError(f"must be a duration such as 3d, 90m or 1h30m, got {text!r}")
    weeks, days, hours, minutes, seconds = numbers
    try:
        span = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        span = timedelta.max
    if span > _LONGEST:
        raise ValueError(f"must be at most {_LONGEST.days} days, got {text!r}; advance several times")
    return span
