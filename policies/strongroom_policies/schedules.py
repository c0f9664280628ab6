"""When a backup rule runs, as far as its cron or rate text tells.

Form: https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html, read 2026-11-22.
"""

import re
from dataclasses import dataclass
from typing import Final

from strongroom_policies.properties import Properties

DEFAULT: Final = "cron(0 5 ? * * *)"
"""What AWS Backup takes when a rule says nothing; same page."""
DEFAULT_START_WINDOW_MINUTES: Final = 480
DEFAULT_ZONE: Final = "Etc/UTC"
_ZONE: Final = "scheduleExpressionTimezone"
_DAY: Final = 24 * 60
_CRON: Final = re.compile(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)")
_RATE: Final = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_MINUTES: Final = {"minute": 1, "hour": 60, "day": _DAY}
_ANY: Final = ("*", "?", "*/1", "1/1")


@dataclass(frozen=True)
class Schedule:
    """The text of one schedule."""

    text: str

    @property
    def longest_gap_hours(self) -> int | None:
        """Hours between two runs at most, where it runs every day; None when some days pass without one."""
        if rate := _RATE.fullmatch(self.text):
            return -(-int(rate[1]) * _MINUTES[rate[2]] // 60)
        starts = self.starts
        if not starts or any(field not in _ANY for field in self._fields[2:]):
            return None
        following = [*starts[1:], starts[0] + _DAY]
        return -(-max(later - start for start, later in zip(starts, following, strict=True)) // 60)

    @property
    def starts(self) -> list[int]:
        """Minutes past midnight at which it runs; empty for a rate, and for a text that cannot be read."""
        if not self._fields:
            return []
        minutes, hours = _expanded(self._fields[0], 60), _expanded(self._fields[1], 24)
        return sorted(hour * 60 + minute for hour in hours for minute in minutes)

    def may_share_a_day_with(self, other: "Schedule") -> bool:
        """Whether both can run on one day; what cannot be told counts as yes."""
        if not self._fields or not other._fields:
            return True
        for own, theirs in zip(self._fields[2:], other._fields[2:], strict=True):
            if own not in _ANY and theirs not in _ANY and not set(own.split(",")) & set(theirs.split(",")):
                return any(sign in field for field in (own, theirs) for sign in "-/L#W")
        return True

    @property
    def _fields(self) -> tuple[str, ...]:
        found = _CRON.fullmatch(self.text)
        return found.groups() if found else ()


@dataclass(frozen=True)
class Windows:
    """The times of a day in which one rule of a plan may start."""

    rule: str
    schedule: Schedule
    minutes: int
    zone: str

    def overlaps(self, other: "Windows") -> bool:
        """Whether both may start at the same time; what cannot be told counts as yes."""
        if self.zone != other.zone or not (self.schedule.starts and other.schedule.starts):
            return True
        # A window that reaches beyond midnight ends on a day that its schedule does not name.
        days = [1, 0] if self.schedule.may_share_a_day_with(other.schedule) else [1]
        return any(
            0 <= theirs - own + day * _DAY < self.minutes or 0 <= own - theirs + day * _DAY < other.minutes
            for day in days
            for own in self.schedule.starts
            for theirs in other.schedule.starts
        )


def windows(rule: Properties) -> Windows:
    """Start windows of one rule of a backup plan."""
    text = rule.text("schedule") or DEFAULT
    minutes, zone = rule.number("startWindow") or DEFAULT_START_WINDOW_MINUTES, rule.text(_ZONE) or DEFAULT_ZONE
    return Windows(rule.text("ruleName") or rule.path, Schedule(text), minutes, zone)


def _expanded(field: str, size: int) -> list[int]:
    """Numbers of one cron field below `size`; empty when it cannot be read."""
    numbers: set[int] = set()
    for part in field.split(","):
        base, _, step = part.partition("/")
        low, _, high = base.partition("-")
        if base in ("*", "?"):
            low, high = "0", str(size - 1)
        elif step and not high:
            high = str(size - 1)
        if not all(text.isdigit() for text in (low, high or low, step or "1")) or not int(step or "1"):
            return []
        numbers.update(range(int(low), min(int(high or low), size - 1) + 1, int(step or "1")))
    return sorted(numbers)
