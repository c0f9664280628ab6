"""What was seen of the backups, as a monitoring plugin says it: one line, and a state of four.

Standard output holds a text, a bar and performance data (`'label'=value[unit];warn;crit`); the program ends with the
state. https://www.monitoring-plugins.org/doc/guidelines.html, read 2026-11-22.
"""

from collections.abc import Iterator
from datetime import timedelta
from enum import IntEnum
from typing import Final

from strongroom.evidence.places.sights import Report, What
from strongroom.evidence.reports import text

_SECOND: Final = timedelta(seconds=1)
_SHOWN: Final = 3
"""Findings that are named in the line; monitoring cuts long ones off."""


class State(IntEnum):
    """States of a service, and what a plugin exits with."""

    OK = 0
    WARNING = 1
    CRITICAL = 2
    UNKNOWN = 3


def state(report: Report) -> State:
    """What monitoring should take a report for: what is bad is told before what could not be seen."""
    if report.failures:
        return State.CRITICAL
    if report.seen.blind:
        return State.UNKNOWN
    return State.WARNING if report.warnings else State.OK


def render(report: Report) -> str:
    """The line."""
    words = [f"{one.subject} in {one.place} {one.kind}" for one in (*report.failures, *report.warnings)]
    words += [f"{one.place} unseen" for one in report.seen.blind]
    more = [f"{len(words) - _SHOWN} more"] if len(words) > _SHOWN else []
    told = ", ".join([text.total(report), *words[:_SHOWN], *more])
    return f"{line(state(report), told)} | {' '.join(_performance(report))}"


def line(found: State, words: str) -> str:
    """A line without performance data; bars would begin them."""
    return f"STRONGROOM {found.name} - {' '.join(words.split()).replace('|', '/')}"


def _performance(report: Report) -> Iterator[str]:
    yield f"failures={len(report.failures)};;0"
    yield f"unseen={len(report.seen.blind)};;0"
    worst: dict[str, tuple[float, float]] = {}
    for row in report.seen.rows:
        if row.newest is None or row.limit is None or row.what not in (What.POINT, What.HEAD):
            continue
        age, limit = (report.at - row.newest) / _SECOND, row.limit / _SECOND
        worst[row.place] = max(worst.get(row.place, (0.0, 0.0)), (age, limit))
    for place, (age, limit) in worst.items():
        yield f"'{place}'={age:.0f}s;;{limit:.0f}"
