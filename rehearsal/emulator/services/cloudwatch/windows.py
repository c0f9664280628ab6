"""When an alarm is evaluated, which periods it looks at then, and when that can change."""

# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html (read 2026-11-22)
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html (read 2026-11-22)

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from rehearsal.emulator.services.cloudwatch.series import Period

_TEN_SECONDS: Final = 10
_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 86_400
_EXTRA: Final = 2
"""Further periods that a sliding window looks at in case some have no data: AWS's example has 5 for 3."""


@dataclass(frozen=True)
class Window:
    """What an alarm looks at."""

    period: int
    """Seconds."""
    periods: int
    """Evaluation periods."""
    zone: str | None = None
    """Time zone of a wall clock window; None: the window slides."""

    @property
    def step(self) -> int:
        """Seconds between two evaluations."""
        if self.period * self.periods > _DAY:
            return _HOUR
        return _MINUTE if self.period >= _MINUTE else _TEN_SECONDS

    def first_after(self, at: float) -> float:
        """Return the first evaluation after a moment; both in seconds since 1970."""
        return (math.floor(at / self.step) + 1) * self.step

    def looked_at(self, now: float) -> list[Period]:
        """Return the periods that an evaluation looks at, the oldest first.

        A sliding window ends with the evaluation and looks at more periods than it evaluates; one on the wall clock
        ends where the last whole period ended, and looks at no others.
        """
        if self.zone is None:
            edges = [now - self.period * back for back in range(self.periods + _EXTRA, -1, -1)]
        else:
            edges = self._wall_clock_edges(now)
        return [Period(start, end) for start, end in pairwise(edges)]

    def next_change(self, now: float, points: Iterable[float]) -> float | None:
        """Return the next evaluation that can come out differently as time goes by; None when none can.

        Args:
            now: The present evaluation, which is one of those that `first_after` names.
            points: When the points were that `looked_at` covers, and later ones.
        """
        moments = set(points)
        if not moments:
            return None
        if self.zone is not None:
            # Each edge of the wall clock lets a period in and another out.
            return self.first_after(self._next_edge(now) - 1e-6)
        changes = (at + self.period * back for at in moments for back in range(self.periods + _EXTRA + 1))
        upcoming = min((change for change in changes if change >= now), default=None)
        return None if upcoming is None else self.first_after(upcoming)

    def _wall_clock_edges(self, now: float) -> list[float]:
        edges = [self._edge_before(now)]
        for _ in range(self.periods):
            edges.insert(0, self._edge_before(edges[0] - 1))
        return edges

    def _edge_before(self, at: float) -> float:
        """Return the last edge at or before a moment."""
        zone = ZoneInfo(self.zone or "UTC")
        local = datetime.fromtimestamp(at, zone)
        if self.period < _DAY:
            offset = (local.utcoffset() or timedelta()).total_seconds()
            return math.floor((at + offset) / self.period) * self.period - offset
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        if self.period > _DAY:
            midnight -= timedelta(days=midnight.weekday())
        return midnight.astimezone(UTC).timestamp()

    def _next_edge(self, now: float) -> float:
        # A day of a zone has 25 hours at most.
        for ahead in (self.period, self.period + _HOUR):
            edge = self._edge_before(now + ahead)
            if edge > now:
                return edge
        return now + self.period
