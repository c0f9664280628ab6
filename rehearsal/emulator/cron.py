"""The calendar of AWS's six-field cron texts; the packages that exist stop at LW, at a bare L or at a year far off."""

# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html (read 2026-11-22)

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final

_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WEEKDAYS: Final = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_SATURDAY: Final = 7
_SUNDAY: Final = 1
_DAY_OF_MONTH: Final = re.compile(r"LW?|([1-9]|[12]\d|3[01])W")
_DAY_OF_WEEK: Final = re.compile(r"L|([1-7]|[A-Z]{3})L|([1-7]|[A-Z]{3})#[1-5]")


@dataclass(frozen=True)
class _Field:
    """What the numbers of one field can be."""

    low: int
    high: int
    words: tuple[str, ...] = ()

    def values(self, text: str) -> frozenset[int] | None:
        """Return the numbers that a list of numbers, spans and steps names; None when it is none."""
        found: set[int] = set()
        for part in text.split(","):
            span, slash, step = part.partition("/")
            ends = self._ends(span, open_ended=bool(slash))
            if ends is None or (slash and not (step.isdecimal() and int(step))):
                return None
            found.update(range(ends[0], ends[1] + 1, int(step) if slash else 1))
        return frozenset(found)

    def number(self, text: str) -> int | None:
        """Return the number that a text names; None when it is outside the bounds."""
        if text in self.words:
            return self.low + self.words.index(text)
        return int(text) if text.isdecimal() and self.low <= int(text) <= self.high else None

    def _ends(self, span: str, *, open_ended: bool) -> tuple[int, int] | None:
        if span == "*":
            return self.low, self.high
        first, dash, last = span.partition("-")
        start = self.number(first)
        end = self.number(last) if dash else self.high if open_ended else start
        return None if start is None or end is None or end < start else (start, end)


_MINUTE: Final = _Field(0, 59)
_HOUR: Final = _Field(0, 23)
_DAY: Final = _Field(1, 31)
_MONTH: Final = _Field(1, 12, _MONTHS)
_WEEKDAY: Final = _Field(1, 7, _WEEKDAYS)
_YEAR: Final = _Field(1970, 2199)


@dataclass(frozen=True)
class Cron:
    """When a cron text falls due, on the wall clock."""

    times: tuple[time, ...]
    days: frozenset[int]
    """Days of the month by number."""
    special_days: tuple[str, ...]
    """Days of the month that depend on the month: L, LW, 15W."""
    weekdays: frozenset[int]
    """1 is Sunday."""
    special_weekdays: tuple[str, ...]
    """L, 6L, 2#1."""
    months: frozenset[int]
    years: frozenset[int]

    def after(self, wall: datetime) -> datetime | None:
        """Return the first wall clock time after `wall`; None when there is none until 2199. Both are naive."""
        if wall.date() in self._days(wall.year, wall.month):
            later = bisect_right(self.times, wall.time())
            if later < len(self.times):
                return datetime.combine(wall.date(), self.times[later])
        day = self._day_after(wall.date())
        return datetime.combine(day, self.times[0]) if day else None

    def _day_after(self, day: date) -> date | None:
        year, month = day.year, day.month
        while year <= _YEAR.high:
            days = self._days(year, month)
            later = bisect_right(days, day)
            if later < len(days):
                return days[later]
            year, month = (year + 1, 1) if month == _MONTH.high else (year, month + 1)
        return None

    def _days(self, year: int, month: int) -> Sequence[date]:
        if year not in self.years or month not in self.months:
            return ()
        return _days(self, year, month)


@lru_cache(maxsize=512)
def parse(text: str) -> Cron | None:
    """Read six fields separated by spaces; None when AWS would not take them."""
    fields = text.upper().split()
    if len(fields) != 6 or [fields[2], fields[4]].count("?") != 1:
        return None
    minutes, hours = _MINUTE.values(fields[0]), _HOUR.values(fields[1])
    days, special_days = _divided(fields[2], _DAY, _DAY_OF_MONTH)
    weekdays, special_weekdays = _divided(fields[4], _WEEKDAY, _DAY_OF_WEEK)
    months, years = _MONTH.values(fields[3]), _YEAR.values(fields[5])
    if minutes is None or hours is None or days is None or weekdays is None or months is None or years is None:
        return None
    times = tuple(time(hour, minute) for hour in sorted(hours) for minute in sorted(minutes))
    return Cron(times, days, special_days, weekdays, special_weekdays, months, years)


def _divided(text: str, field: _Field, special: re.Pattern[str]) -> tuple[frozenset[int] | None, tuple[str, ...]]:
    """Return the plain numbers of a day field, None when AWS does not take it, and its other parts."""
    if text == "?":
        return frozenset(), ()
    parts = text.split(",")
    others = tuple(part for part in parts if special.fullmatch(part))
    plain = [part for part in parts if part not in others]
    if len(parts) > 1 and "#" in text:
        return None, ()
    named = [other.partition("#")[0].removesuffix("L") for other in others if field is _WEEKDAY]
    if any(name and field.number(name) is None for name in named):
        return None, ()
    return field.values(",".join(plain)) if plain else frozenset(), others


@lru_cache(maxsize=4096)
def _days(cron: Cron, year: int, month: int) -> tuple[date, ...]:
    last = monthrange(year, month)[1]
    found = {day for day in cron.days if day <= last}
    found.update(_special_day(text, year, month) for text in cron.special_days)
    everyday = range(1, last + 1)
    found.update(day for day in everyday if _weekday(year, month, day) in cron.weekdays)
    for text in cron.special_weekdays:
        found.update(_special_weekday(text, year, month, everyday))
    return tuple(date(year, month, day) for day in sorted(found))


def _special_day(text: str, year: int, month: int) -> int:
    last = monthrange(year, month)[1]
    if text == "L":
        return last
    wanted = last if text == "LW" else min(int(text.removesuffix("W")), last)
    weekday = _weekday(year, month, wanted)
    if weekday == _SATURDAY:
        return wanted - 1 if wanted > 1 else wanted + 2
    if weekday == _SUNDAY:
        return wanted + 1 if wanted < last else wanted - 2
    return wanted


def _special_weekday(text: str, year: int, month: int, days: Iterable[int]) -> Iterable[int]:
    name, _, which = text.partition("#")
    # A bare L is the last day of the week.
    wanted = _WEEKDAY.number(name.removesuffix("L")) or _SATURDAY
    found = [day for day in days if _weekday(year, month, day) == wanted]
    if which:
        return found[int(which) - 1 : int(which)]
    return found if text == "L" else found[-1:]


def _weekday(year: int, month: int, day: int) -> int:
    return date(year, month, day).isoweekday() % 7 + 1
