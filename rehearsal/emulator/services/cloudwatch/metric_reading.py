"""CloudWatch: GetMetricData and GetMetricStatistics, over the emulator's time."""

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.members import listed, part
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.cloudwatch.alarms import error
from rehearsal.emulator.services.cloudwatch.math_functions import MathError, Series, Value
from rehearsal.emulator.services.cloudwatch.metric_data import answer
from rehearsal.emulator.services.cloudwatch.metrics import METRICS, Metric
from rehearsal.emulator.services.cloudwatch.series import Period, Point, series
from rehearsal.emulator.services.cloudwatch.watched import Queries, metric_key, queries_of, values_of

_STATISTICS: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html"
_DATA: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html"
_READ: Final = "2026-11-22"
_CLOUDWATCH: Final[Any] = door.module("services.cloudwatch")
_MOST: Final = 1_440


@rule(_STATISTICS, read=_READ)
def refuse_a_time_that_ends_before_it_starts(start: float, end: float) -> None:
    """What is read lies between a start and a later end."""
    if start >= end:
        raise Refused("ValidationError", "The parameter StartTime must be less than the parameter EndTime.")


@rule(_STATISTICS, read=_READ)
def refuse_to_read_without_a_statistic(statistics: Sequence[str]) -> None:
    """Whoever reads statistics says which."""
    if not statistics:
        raise Refused(
            "InvalidParameterCombination",
            "At least one of the parameters Statistics and ExtendedStatistics must be specified.",
        )


@rule(_STATISTICS, read=_READ)
def refuse_more_datapoints_than_one_answer_holds(datapoints: int) -> None:
    """One answer has at most 1,440 datapoints."""
    if datapoints > _MOST:
        raise Refused(
            "InvalidParameterCombination",
            f"You have requested up to {datapoints} datapoints, which exceeds the limit of {_MOST}.",
        )


@rule(_DATA, read=_READ)
def refuse_what_cannot_be_evaluated(why: str) -> None:
    """An expression is metric math over ids of the same request, all of one period."""
    if why:
        raise Refused("ValidationError", why)


@replaces("services.cloudwatch:_get_metric_statistics", read="332ec61708c8a90e")
def get_metric_statistics(original: Any, form: Any, content: door.Record, is_cbor: bool, is_json: bool = False) -> Any:
    """Return statistics of one metric."""
    if not (is_cbor or is_json):
        return original(form, content, is_cbor, is_json)
    try:
        datapoints = _statistics(content)
    except Refused as refused:
        return error(refused, is_json, is_cbor)
    shown = [_CLOUDWATCH._cbor_datapoint(one) for one in datapoints] if is_cbor else datapoints  # noqa: SLF001
    return answer({"Label": content["MetricName"], "Datapoints": shown}, is_cbor)


@replaces("services.cloudwatch:_get_metric_data", read="bf6a8e1132a2230c")
def get_metric_data(original: Any, form: Any, content: door.Record, is_cbor: bool, is_json: bool = False) -> Any:
    """Return statistics of several metrics, and what expressions make of them."""
    if not (is_cbor or is_json):
        return original(form, content, is_cbor, is_json)
    try:
        results = _data(content)
    except Refused as refused:
        return error(refused, is_json, is_cbor)
    shown = [_CLOUDWATCH._cbor_metric_data_result(one) for one in results] if is_cbor else results  # noqa: SLF001
    return answer({"MetricDataResults": shown, "Messages": []}, is_cbor)


def _statistics(content: door.Record) -> list[door.Record]:
    start, end = _span(content)
    basic, extended = listed(content, "Statistics"), listed(content, "ExtendedStatistics")
    refuse_to_read_without_a_statistic([*basic, *extended])
    periods = _periods(start, end, int(content["Period"]))
    refuse_more_datapoints_than_one_answer_holds(len(periods))
    points = _points(metric_key(content), start, end)
    values = {name: series(points, periods, name) for name in [*basic, *extended]}
    places = sorted({place for found in values.values() for place in found})
    return [_datapoint(periods[place], place, values, basic, content.get("Unit") or _unit(points)) for place in places]


def _datapoint(
    period: Period, place: int, values: Mapping[str, Series], basic: Sequence[str], unit: str
) -> door.Record:
    found = {name: series_[place] for name, series_ in values.items() if place in series_}
    shown: door.Record = {"Timestamp": _iso(period.start), "Unit": unit}
    shown |= {name: value for name, value in found.items() if name in basic}
    extended = {name: value for name, value in found.items() if name not in basic}
    return {**shown, "ExtendedStatistics": extended} if extended else shown


def _data(content: door.Record) -> list[door.Record]:
    start, end = _span(content)
    asked: list[door.Record] = content["MetricDataQueries"]
    found: dict[str, tuple[Value, list[Period]]] = {}
    for queries in _of_one_period(queries_of(asked)):
        periods = _periods(start, end, queries.period)
        points = {wanted.metric: _points(wanted.metric, start, end) for wanted in queries.statistics.values()}
        try:
            values = values_of(queries, points, periods)
        except MathError as why:
            refuse_what_cannot_be_evaluated(str(why))
            continue
        found |= {id_: (value, periods) for id_, value in values.items()}
    newest_first = content.get("ScanBy", "TimestampDescending") == "TimestampDescending"
    return [
        _result(query, one, found[query["Id"]][1], newest_first=newest_first)
        for query in asked
        if query.get("ReturnData", True)
        for one in _members(found[query["Id"]][0])
    ]


def _of_one_period(queries: Queries) -> list[Queries]:
    """Divide a request by period; the expressions go with the only one there is."""
    periods = dict.fromkeys(wanted.period for wanted in queries.statistics.values())
    if len(periods) <= 1:
        return [queries]
    if queries.expressions:
        refuse_what_cannot_be_evaluated(f"metrics of the periods {list(periods)} cannot be mixed in expressions here")
    return [
        Queries({id_: wanted for id_, wanted in queries.statistics.items() if wanted.period == period})
        for period in periods
    ]


def _members(value: Value) -> list[Series]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return [value]
    refuse_what_cannot_be_evaluated("an expression comes to a time series, not to a number")
    return []


def _result(query: door.Record, value: Series, periods: Sequence[Period], *, newest_first: bool) -> door.Record:
    places = sorted(value, reverse=newest_first)
    metric = part(part(query, "MetricStat"), "Metric")
    return {
        "Id": query["Id"],
        "Label": query.get("Label") or metric.get("MetricName") or query["Id"],
        "Timestamps": [_iso(periods[place].start) for place in places],
        "Values": [value[place] for place in places],
        "StatusCode": "Complete",
    }


def _span(content: door.Record) -> tuple[float, float]:
    # MiniStack reads a time of any protocol.
    start, end = (_CLOUDWATCH._parse_ts(content[name]) for name in ("StartTime", "EndTime"))  # noqa: SLF001
    refuse_a_time_that_ends_before_it_starts(start, end)
    return start, end


def _periods(start: float, end: float, period: int) -> list[Period]:
    """Return the periods, on whole multiples of their length, that begin before the end."""
    first = math.floor(start / period)
    return [Period(place * period, (place + 1) * period) for place in range(first, math.ceil(end / period))]


def _points(metric: tuple[str, str, tuple[tuple[str, str], ...]], start: float, end: float) -> list[Point]:
    return METRICS.between((door.account(), door.region()), Metric(*metric), start, end)


def _unit(points: Sequence[Point]) -> str:
    return points[0].unit if points else "None"


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
