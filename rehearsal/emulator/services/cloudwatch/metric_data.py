"""CloudWatch: PutMetricData, and the list of metrics."""

import math
from collections.abc import Iterator
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.members import listed
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.cloudwatch.alarms import error
from rehearsal.emulator.services.cloudwatch.metrics import METRICS, Metric
from rehearsal.emulator.services.cloudwatch.series import Point

_API: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html"
_DATUM: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html"
_READ: Final = "2026-11-22"
_CLOUDWATCH: Final[Any] = door.module("services.cloudwatch")
_BACK_SECONDS: Final = 14 * 86_400
_AHEAD_SECONDS: Final = 2 * 3_600
_MOST_DIMENSIONS: Final = 30
_KINDS: Final = ("Value", "Values", "StatisticValues")


@rule(_API, read=_READ)
def refuse_a_point_from_too_long_ago(number: int, age: float) -> None:
    """A point is at most two weeks old."""
    if age > _BACK_SECONDS:
        _refuse(f"MetricData.member.{number}.Timestamp must specify a time within the past two weeks.")


@rule(_API, read=_READ)
def refuse_a_point_from_the_future(number: int, age: float) -> None:
    """A point is at most two hours ahead."""
    if -age > _AHEAD_SECONDS:
        _refuse(f"MetricData.member.{number}.Timestamp must specify a time no more than two hours in the future.")


@rule(_API, read=_READ)
def refuse_to_publish_as_an_aws_service(namespace: str) -> None:
    """Namespaces that begin with AWS/ belong to AWS's services."""
    if namespace.startswith("AWS/"):
        _refuse(f"Namespace must not begin with AWS/, got {namespace}")


@rule(_DATUM, read=_READ)
def refuse_more_dimensions_than_a_metric_takes(number: int, dimensions: int) -> None:
    """A metric has at most thirty dimensions."""
    if dimensions > _MOST_DIMENSIONS:
        _refuse(f"MetricData.member.{number}.Dimensions must have at most {_MOST_DIMENSIONS} members, got {dimensions}")


@rule(_DATUM, read=_READ)
def refuse_a_point_without_one_kind_of_value(number: int, kinds: list[str]) -> None:
    """A point has a value, several values or a set of statistics."""
    if len(kinds) != 1:
        code, got = ("InvalidParameterCombination", " and ".join(kinds)) if kinds else ("MissingParameter", "none")
        raise Refused(code, f"MetricData.member.{number} must have exactly one of {', '.join(_KINDS)}, got {got}")


@rule(_DATUM, read=_READ)
def refuse_a_value_that_is_no_number(number: int, values: list[float]) -> None:
    """A value is neither infinite nor not a number."""
    if not all(math.isfinite(value) for value in values):
        _refuse(f"MetricData.member.{number} must have a number for a value.")


@replaces("services.cloudwatch:_put_metric_data", read="e46b3314d311faff")
def put_metric_data(original: Any, form: Any, content: door.Record, is_cbor: bool, is_json: bool = False) -> Any:
    """Put points into metrics, all of the request or none."""
    if not (is_cbor or is_json):
        return original(form, content, is_cbor, is_json)
    try:
        refuse_to_publish_as_an_aws_service(content["Namespace"])
        found = list(_points(content))
    except Refused as refused:
        return error(refused, is_json, is_cbor)
    for metric, point in found:
        METRICS.put((door.account(), door.region()), metric, point)
    return answer({}, is_cbor)


@replaces("services.cloudwatch:_list_metrics", read="2464a5f77c2813ab")
def list_metrics(original: Any, form: Any, content: door.Record, is_cbor: bool, is_json: bool = False) -> Any:
    """List the metrics that have points."""
    if not (is_cbor or is_json):
        return original(form, content, is_cbor, is_json)
    found = [metric for metric in METRICS.listed((door.account(), door.region())) if _meets(metric, content)]
    listed = [
        {
            "Namespace": metric.namespace,
            "MetricName": metric.name,
            "Dimensions": [{"Name": name, "Value": value} for name, value in metric.dimensions],
        }
        for metric in found
    ]
    return answer({"Metrics": listed}, is_cbor)


@replaces("services.cloudwatch:record_metric", read="7f777bfbe523a0c5")
def record_metric(
    _original: Any,
    namespace: str,
    metric_name: str,
    value: float,
    _unit: str = "None",
    dimensions: Any = None,
    **_: Any,
) -> None:
    """Put a value of one of MiniStack's services where every other is."""
    METRICS.add(door.account(), door.region(), Metric.of(namespace, metric_name, dimensions or {}), float(value))


def answer(content: dict[str, Any], is_cbor: bool) -> Any:
    """Return an answer in the protocol of the request."""
    # MiniStack's answers have no public maker.
    return _CLOUDWATCH._cbor_ok(content) if is_cbor else _CLOUDWATCH._json_ok(content)  # noqa: SLF001


def _points(content: door.Record) -> Iterator[tuple[Metric, Point]]:
    now = clock.now().timestamp()
    for number, datum in enumerate(content["MetricData"], 1):
        dimensions = {one["Name"]: one["Value"] for one in listed(datum, "Dimensions")}
        at = _CLOUDWATCH._parse_ts(datum.get("Timestamp")) or now  # noqa: SLF001 - reads a time of any protocol
        refuse_a_point_from_too_long_ago(number, now - at)
        refuse_a_point_from_the_future(number, now - at)
        refuse_more_dimensions_than_a_metric_takes(number, len(dimensions))
        kinds = [kind for kind in _KINDS if datum.get(kind) is not None]
        refuse_a_point_without_one_kind_of_value(number, kinds)
        metric = Metric.of(content["Namespace"], datum["MetricName"], dimensions)
        for values in _values(datum, kinds[0]):
            refuse_a_value_that_is_no_number(number, list(values))
            yield metric, Point(at, *values, unit=datum.get("Unit") or "None")


def _values(datum: door.Record, kind: str) -> Iterator[tuple[float, float, float, float]]:
    """Return count, sum, minimum and maximum of each value."""
    if kind == "StatisticValues":
        given: door.Record = datum[kind]
        yield float(given["SampleCount"]), float(given["Sum"]), float(given["Minimum"]), float(given["Maximum"])
        return
    values = [float(value) for value in (datum["Values"] if kind == "Values" else [datum["Value"]])]
    counts = [float(count) for count in datum.get("Counts") or [1.0] * len(values)]
    for value, count in zip(values, counts, strict=False):
        yield count, value * count, value, value


def _meets(metric: Metric, asked: door.Record) -> bool:
    dimensions = dict(metric.dimensions)
    wanted: list[door.Record] = listed(asked, "Dimensions")
    has_all = all(
        one["Name"] in dimensions and one.get("Value") in (None, "", dimensions[one["Name"]]) for one in wanted
    )
    named = asked.get("Namespace") in (None, "", metric.namespace) and asked.get("MetricName") in (
        None,
        "",
        metric.name,
    )
    return named and has_all


def _refuse(why: str) -> None:
    raise Refused("InvalidParameterValue", f"The parameter {why}")
