"""Statistics of a metric's points over periods of time."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

_PERCENTILE: Final = re.compile(r"p(\d{1,2}(?:\.\d{1,10})?|100)", re.IGNORECASE)


class Point(NamedTuple):
    """A value, several equal values, or the statistics of some, at one moment."""

    at: float
    """Seconds since 1970."""
    weight: float
    """How many values it stands for."""
    total: float
    low: float
    high: float
    unit: str = "None"


class Period(NamedTuple):
    """A stretch of time: from `start`, which is in it, to `end`, which is not. Seconds since 1970."""

    start: float
    end: float


def is_statistic(name: str) -> bool:
    """Whether there is such a statistic or percentile."""
    return name in _BASIC or bool(_PERCENTILE.fullmatch(name))


def statistic(points: Sequence[Point], name: str) -> float | None:
    """Return a statistic of some points; None when there is none, or a percentile that they do not allow.

    Args:
        points: All of one period.
        name: `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount` or a percentile, `p99.9`.

    Raises:
        ValueError: There is no such statistic.
    """
    if not is_statistic(name):
        raise ValueError(f"a statistic is one of {', '.join(_BASIC)} or p0 to p100, got {name}")
    counted = [point for point in points if point.weight > 0]
    if not counted:
        return None
    found = _PERCENTILE.fullmatch(name)
    return _percentile(counted, float(found[1])) if found else _BASIC[name](counted)


def series(points: Iterable[Point], periods: Sequence[Period], name: str) -> dict[int, float]:
    """Return a statistic for each period that has points, by the period's place in `periods`, the oldest first."""
    starts = [period.start for period in periods]
    held: dict[int, list[Point]] = {}
    for point in points:
        place = bisect_right(starts, point.at) - 1
        if place >= 0 and point.at < periods[place].end:
            held.setdefault(place, []).append(point)
    found = {place: statistic(those, name) for place, those in held.items()}
    return {place: value for place, value in sorted(found.items()) if value is not None}


def _percentile(points: Sequence[Point], percent: float) -> float | None:
    """Interpolate between the two nearest values; statistic sets of unlike values have no percentiles."""
    if any(point.low != point.high or point.low < 0 for point in points):
        return None
    ordered = sorted(points, key=lambda point: point.low)
    rank = percent / 100 * (sum(point.weight for point in points) - 1)
    low, high = _value_at(ordered, int(rank)), _value_at(ordered, int(rank) + 1)
    return low + (rank - int(rank)) * (high - low)


def _value_at(ordered: Sequence[Point], rank: int) -> float:
    seen = 0.0
    for point in ordered:
        seen += point.weight
        if rank < seen:
            return point.low
    return ordered[-1].low


def _sum(points: Sequence[Point]) -> float:
    return sum(point.total for point in points)


def _count(points: Sequence[Point]) -> float:
    return sum(point.weight for point in points)


def _average(points: Sequence[Point]) -> float:
    return _sum(points) / _count(points)


def _minimum(points: Sequence[Point]) -> float:
    return min(point.low for point in points)


def _maximum(points: Sequence[Point]) -> float:
    return max(point.high for point in points)


_BASIC: Final[Mapping[str, Callable[[Sequence[Point]], float]]] = {
    "SampleCount": _count,
    "Average": _average,
    "Sum": _sum,
    "Minimum": _minimum,
    "Maximum": _maximum,
}
