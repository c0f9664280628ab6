"""The functions of metric math, on numbers, time series and lists of time series."""

# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (read 2026-11-22)

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final

Series = dict[int, float]
"""Values by the place of their period; a missing one is absent."""
Value = float | Series | list[Series]
Function = Callable[[Sequence[Value]], Value]

WORDS: Final = ("REPEAT", "LINEAR")
"""Ways to fill, which are no ids."""


class MathError(Exception):
    """An expression that CloudWatch would not evaluate."""


def combined(do: Callable[[float, float], float], one: Value, other: Value) -> Value:
    """Combine two values point by point; a point that one of two series lacks counts as 0.

    A point that cannot be had, as after a division by zero, is dropped.

    Raises:
        MathError: Both are lists of different length.
    """
    if isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            raise MathError("two lists of time series have different lengths")
        return [_series(do, left, right) for left, right in zip(one, other, strict=True)]
    if isinstance(one, list):
        return [_series(do, left, other) for left in one if not isinstance(other, list)]
    if isinstance(other, list):
        return [_series(do, one, right) for right in other]
    if isinstance(one, float) and isinstance(other, float):
        result = _calculated(do, one, other)
        if result is None:
            raise MathError("two numbers cannot be combined")
        return result
    return _series(do, one, other)


def fill(value: Value, filler: str | Value, places: Sequence[int]) -> Value:
    """Put values where a series has none.

    Args:
        value: A series, or several.
        filler: A number, a series, `REPEAT` for the last value before, `LINEAR` for what lies between two.
        places: Places of all periods.

    Raises:
        MathError: It is another value or filler.
    """
    if isinstance(value, list):
        return [_filled(one, filler, places) for one in value]
    return _filled(_a_series("FILL", value), filler, places)


def time_series(values: Sequence[Value], places: Sequence[int]) -> Value:
    """Return a series that has one value everywhere.

    Raises:
        MathError: It is not one number.
    """
    if len(values) != 1 or not isinstance(values[0], float):
        raise MathError("TIME_SERIES takes a number")
    return dict.fromkeys(places, values[0])


def _series(do: Callable[[float, float], float], one: float | Series, other: float | Series) -> Series:
    places = sorted({*(one if isinstance(one, dict) else ()), *(other if isinstance(other, dict) else ())})
    found = {place: _calculated(do, _at(one, place), _at(other, place)) for place in places}
    return {place: value for place, value in found.items() if value is not None}


def _at(value: float | Series, place: int) -> float:
    return value.get(place, 0.0) if isinstance(value, dict) else value


def _calculated(do: Callable[[float, float], float], one: float, other: float) -> float | None:
    try:
        result = do(one, other)
    except (ZeroDivisionError, OverflowError, ValueError):
        return None
    # A negative number to a broken power is a complex one.
    return None if isinstance(result, complex) or not math.isfinite(result) else float(result)


def _filled(value: Series, filler: str | Value, places: Sequence[int]) -> Series:
    if isinstance(filler, list):
        raise MathError("FILL takes one filler")
    if filler == "LINEAR":
        filled = {place: _between(value, place) for place in places}
    elif filler == "REPEAT":
        filled = {place: _last(value, place) for place in places}
    elif isinstance(filler, dict):
        filled = {place: value.get(place, filler.get(place)) for place in places}
    else:
        filled = {place: value.get(place, float(filler)) for place in places}
    return {place: one for place, one in filled.items() if one is not None}


def _last(value: Series, place: int) -> float | None:
    before = [one for one in value if one <= place]
    return value[max(before)] if before else None


def _between(value: Series, place: int) -> float | None:
    if place in value:
        return value[place]
    before, after = [one for one in value if one < place], [one for one in value if one > place]
    if not before or not after:
        return None
    start, end = max(before), min(after)
    return value[start] + (value[end] - value[start]) * (place - start) / (end - start)


def _a_series(name: str, value: Value) -> Series:
    if not isinstance(value, dict):
        raise MathError(f"{name} takes a time series")
    return value


def _each(name: str, do: Callable[[float], float]) -> Function:
    """A function of each point."""

    def function(values: Sequence[Value]) -> Value:
        [value] = _counted(name, values, 1, 1)
        if isinstance(value, list):
            return [{place: do(one) for place, one in member.items()} for member in value]
        return {place: do(one) for place, one in _a_series(name, value).items()}

    return function


def _together(name: str, do: Callable[[Sequence[float]], float]) -> Function:
    """A function of one series to a number, and of several to a series."""

    def function(values: Sequence[Value]) -> Value:
        [value] = _counted(name, values, 1, 1)
        if isinstance(value, list):
            places = sorted({place for member in value for place in member})
            return {place: do([member[place] for member in value if place in member]) for place in places}
        points = list(_a_series(name, value).values())
        return do(points) if points else 0.0

    return function


def _if(values: Sequence[Value]) -> Value:
    condition, *given = _counted("IF", values, 2, 3)
    results = [one for one in given if not isinstance(one, list)]
    if isinstance(condition, list) or len(results) < len(given):
        raise MathError("IF takes numbers and time series")
    otherwise = results[1] if len(results) > 1 else None
    if not isinstance(condition, dict):
        return _a_series("IF", results[0] if condition else otherwise or {})
    chosen = {place: results[0] if value else otherwise for place, value in condition.items()}
    return {place: _at(result, place) for place, result in chosen.items() if result is not None}


def _changes(name: str, do: Callable[[float, float, int], float]) -> Function:
    """A function of each point and the one before it."""

    def function(values: Sequence[Value]) -> Value:
        [value] = _counted(name, values, 1, 1)
        given = list(_a_series(name, value).items())
        pairs = pairwise(given)
        return {place: do(earlier, later, place - before) for (before, earlier), (place, later) in pairs}

    return function


def _metric_count(values: Sequence[Value]) -> Value:
    [value] = _counted("METRIC_COUNT", values, 1, 1)
    return float(len(value)) if isinstance(value, list) else 1.0


def _member(name: str, place: int) -> Function:
    def function(values: Sequence[Value]) -> Value:
        [value] = _counted(name, values, 1, 1)
        if not isinstance(value, list) or not value:
            raise MathError(f"{name} takes a list of time series")
        return value[place]

    return function


def _counted(name: str, values: Sequence[Value], least: int, most: int) -> Sequence[Value]:
    if not least <= len(values) <= most:
        raise MathError(f"{name} takes {least} to {most} values, got {len(values)}")
    return values


FUNCTIONS: Final[Mapping[str, Function]] = {
    "ABS": _each("ABS", abs),
    "AVG": _together("AVG", statistics.fmean),
    "CEIL": _each("CEIL", lambda value: float(math.ceil(value))),
    "DIFF": _changes("DIFF", lambda earlier, later, _: later - earlier),
    "FIRST": _member("FIRST", 0),
    "FLOOR": _each("FLOOR", lambda value: float(math.floor(value))),
    "IF": _if,
    "LAST": _member("LAST", -1),
    "MAX": _together("MAX", max),
    "METRIC_COUNT": _metric_count,
    "MIN": _together("MIN", min),
    "SUM": _together("SUM", sum),
}
SUPPORTED: Final = frozenset({*FUNCTIONS, "FILL", "METRICS", "PERIOD", "TIME_SERIES"})
"""The functions that this emulator evaluates."""
