"""CloudWatch: the metrics, expressions and windows that an alarm cannot be put on."""

from typing import Any, Final
from zoneinfo import available_timezones

from rehearsal.emulator.members import part
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.cloudwatch.expressions import functions, references
from rehearsal.emulator.services.cloudwatch.math_functions import SUPPORTED, MathError
from rehearsal.emulator.services.cloudwatch.series import is_statistic

_API: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"
_MATH: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html"
_WINDOW: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html"
_READ: Final = "2026-11-22"
_CODE: Final = "ValidationError"
_WALL_CLOCK_PERIODS: Final = (60, 300, 3_600, 86_400, 604_800)
Record = dict[str, Any]


@rule(_API, read=_READ)
def refuse_an_unknown_statistic(name: str) -> None:
    """A statistic is Sum, Average, Minimum, Maximum, SampleCount or a percentile."""
    if not is_statistic(name):
        raise Refused(_CODE, f"The value {name} for the statistic is not supported")


@rule(_API, read=_READ)
def refuse_other_than_one_returned(returned: int) -> None:
    """Of the metrics and expressions of an alarm, exactly one is what it watches, beside the band of its threshold."""
    if returned != 1:
        raise Refused(_CODE, f"Exactly one element of the metrics list should return data, got {returned}")


@rule(_MATH, read=_READ)
def refuse_an_expression_that_is_none(expression: str, ids: set[str]) -> None:
    """An expression is metric math over ids of the same request, and of functions that this emulator evaluates."""
    try:
        unknown = sorted(references(expression) - ids)
        unsupported = sorted(functions(expression) - SUPPORTED)
    except MathError as error:
        raise Refused(_CODE, f"Error in expression: {error}") from None
    if unknown:
        raise Refused(_CODE, f"Error in expression {expression!r}: Undefined variable {unknown[0]}")
    if unsupported:
        raise Refused(_CODE, f"Error in expression {expression!r}: Unsupported function {unsupported[0]}")


@rule(_WINDOW, read=_READ)
def refuse_a_wall_clock_of_another_period(period: int) -> None:
    """A window on the wall clock has periods of a minute, five minutes, an hour, a day or a week."""
    if period not in _WALL_CLOCK_PERIODS:
        allowed = ", ".join(str(one) for one in _WALL_CLOCK_PERIODS)
        raise Refused(_CODE, f"A wall clock window supports the periods {allowed}, got {period}")


@rule(_WINDOW, read=_READ)
def refuse_an_unknown_zone_of_a_window(zone: str) -> None:
    """The time zone of a window on the wall clock is one of the tz database; this emulator takes no bare offset."""
    if zone not in available_timezones():
        raise Refused(_CODE, f"Invalid time zone {zone}")


def check(asked: Record, metrics: list[Record]) -> None:
    """Refuse what an alarm cannot watch.

    Args:
        asked: The request.
        metrics: Its list of metrics and expressions; empty for an alarm on one metric.

    Raises:
        Refused: It cannot.
    """
    for name in _statistics(asked, metrics):
        refuse_an_unknown_statistic(name)
    band = asked.get("ThresholdMetricId")
    if metrics:
        refuse_other_than_one_returned(sum(bool(one.get("ReturnData", True)) for one in metrics if one["Id"] != band))
    ids = {one["Id"] for one in metrics}
    for one in metrics:
        if one.get("Expression") and one["Id"] != band:
            refuse_an_expression_that_is_none(one["Expression"], ids)
    clock: Record | None = part(asked, "EvaluationWindow").get("WallClockWindow")
    if clock is not None:
        refuse_an_unknown_zone_of_a_window(clock.get("Timezone") or "UTC")
        for period in _periods(asked, metrics):
            refuse_a_wall_clock_of_another_period(period)


def _statistics(asked: Record, metrics: list[Record]) -> list[str]:
    named: list[str | None] = [asked.get("Statistic"), asked.get("ExtendedStatistic")]
    named += [part(one, "MetricStat").get("Stat") for one in metrics]
    return [name for name in named if name]


def _periods(asked: Record, metrics: list[Record]) -> list[int]:
    named: list[int | None] = [asked.get("Period"), *(part(one, "MetricStat").get("Period") for one in metrics)]
    return [int(period) for period in named if period]
