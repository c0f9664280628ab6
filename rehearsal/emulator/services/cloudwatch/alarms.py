"""CloudWatch: what PutMetricAlarm refuses, and the parts of an alarm that MiniStack loses."""

from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.cloudwatch import alarm_expressions
from rehearsal.emulator.services.cloudwatch.watch import WATCH

_API: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"
_READ: Final = "2026-11-22"
_CLOUDWATCH: Final[Any] = door.module("services.cloudwatch")
_CODE: Final = "ValidationError"
_SHORT_PERIODS: Final = (10, 20, 30)
_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 86_400
_WEEK: Final = 604_800
_MISSING: Final = ("breaching", "notBreaching", "ignore", "missing")
_KINDS: Final = ("MetricName", "Metrics", "EvaluationCriteria")
_STATISTICS: Final = ("Statistic", "ExtendedStatistic")
_NOT_WITH_METRICS: Final = ("Namespace", "Dimensions", "Period", "Unit", *_STATISTICS)
_NOT_WITH_A_QUERY: Final = (
    *_NOT_WITH_METRICS,
    "Threshold",
    "ComparisonOperator",
    "ThresholdMetricId",
    "EvaluationPeriods",
    "DatapointsToAlarm",
)
_DEFAULTED: Final = ("AlarmDescription", "Period", "Statistic", "EvaluationPeriods", "Threshold")
"""What MiniStack gives to an alarm that was made without; CloudWatch shows none of it."""


@rule(_API, read=_READ)
def refuse_a_period_between_minutes(period: int) -> None:
    """A period is 10, 20 or 30 seconds, or whole minutes."""
    if period not in _SHORT_PERIODS and (period < _MINUTE or period % _MINUTE):
        raise Refused(_CODE, f"Period must be 10, 20, 30 or a multiple of 60, got {period}")


@rule(_API, read=_READ)
def refuse_to_look_back_too_far(period: int, periods: int) -> None:
    """An alarm looks back a week at most, and a day at most when its period is shorter than an hour."""
    most = _WEEK if period >= _HOUR else _DAY
    if period * periods > most:
        raise Refused(
            _CODE, f"EvaluationPeriods * Period must be <= {most} with a period of {period}, got {period * periods}"
        )


@rule(_API, read=_READ)
def refuse_more_datapoints_than_periods(datapoints: int, periods: int) -> None:
    """At most every evaluated datapoint can be breaching."""
    if datapoints > periods:
        raise Refused(_CODE, f"DatapointsToAlarm ({datapoints}) must not exceed EvaluationPeriods ({periods})")


@rule(_API, read=_READ)
def refuse_an_unknown_way_to_treat_missing_data(word: str) -> None:
    """Missing data is breaching, notBreaching, ignore or missing."""
    if word not in _MISSING:
        raise Refused(_CODE, f"TreatMissingData must be one of {', '.join(_MISSING)}, got {word}")


@rule(_API, read=_READ)
def refuse_other_than_one_kind(kinds: list[str]) -> None:
    """An alarm watches one metric, or a list of metrics and expressions, or a query."""
    if len(kinds) != 1:
        got = " and ".join(kinds) or "none"
        raise Refused(_CODE, f"Exactly one of {', '.join(_KINDS)} must be given, got {got}")


@rule(_API, read=_READ)
def refuse_other_than_one_statistic(statistics: list[str]) -> None:
    """An alarm on one metric names its statistic or its extended statistic, never both."""
    if len(statistics) != 1:
        got = " and ".join(statistics) or "none"
        raise Refused(_CODE, f"Exactly one of {', '.join(_STATISTICS)} must be given with MetricName, got {got}")


@rule(_API, read=_READ)
def refuse_what_the_kind_excludes(kind: str, excluded: list[str]) -> None:
    """An alarm on a list or on a query has no metric, and one on a query no threshold, outside of it."""
    if excluded:
        raise Refused(_CODE, f"{', '.join(excluded)} must not be given with {kind}")


@rule(_API, read=_READ)
def refuse_an_interval_that_does_not_fit_the_kind(by_query: bool, interval: int | None) -> None:
    """How often an alarm is evaluated is told for a query, and for nothing else."""
    if by_query != (interval is not None):
        word = "must" if by_query else "must not"
        raise Refused(_CODE, f"EvaluationInterval {word} be given, an alarm on a query (EvaluationCriteria) has one")
    if interval is not None and interval not in _SHORT_PERIODS and (interval < _MINUTE or interval % _MINUTE):
        raise Refused(_CODE, f"EvaluationInterval must be 10, 20, 30 or a multiple of 60, got {interval}")


@replaces("services.cloudwatch:_put_metric_alarm", read="953a67ff4bb1ee4b")
def put_metric_alarm(original: Any, form: Any, content: door.Record, is_cbor: bool, is_json: bool = False) -> Any:
    """Refuse what CloudWatch refuses, and keep every part of the alarm."""
    if not (is_cbor or is_json):
        return original(form, content, is_cbor, is_json)
    try:
        _check(content)
    except Refused as refused:
        return error(refused, is_json, is_cbor)
    alarms = _CLOUDWATCH._alarms  # noqa: SLF001 - a table
    is_new = content["AlarmName"] not in alarms
    answer = original(form, content, is_cbor, is_json)
    if answer[0] == 200:
        _complete(alarms[content["AlarmName"]], content, is_new)
        WATCH.changed(content["AlarmName"])
    return answer


@replaces("services.cloudwatch:_evaluate_alarm", read="a0b0acd3d432b711")
def evaluate_alarm(_original: Any, _alarm: door.Record) -> None:
    """Evaluate nothing at once: the watch does, at its time."""


def error(refused: Refused, is_json: bool, is_cbor: bool) -> Any:
    """Return a refusal as CloudWatch's error, in the protocol of the request."""
    # MiniStack's errors have no public maker.
    return _CLOUDWATCH._error(refused.code, str(refused), 400, is_json, is_cbor)  # noqa: SLF001


def _complete(alarm: door.Record, asked: door.Record, is_new: bool) -> None:
    now = clock.now().timestamp()
    alarm["AlarmConfigurationUpdatedTimestamp"] = now
    if is_new:
        alarm["StateUpdatedTimestamp"] = now
    alarm |= {name: value for name, value in asked.items() if name not in {*alarm, "Tags"}}
    for name in _DEFAULTED:
        if name not in asked:
            alarm.pop(name, None)
    if is_new and "EvaluationCriteria" in asked:
        # An alarm on a query is OK from the start, every other has insufficient data.
        alarm["StateValue"] = "OK"


def _check(asked: door.Record) -> None:
    _check_kind(asked)
    metrics: list[door.Record] = asked.get("Metrics") or []
    periods = int(asked.get("EvaluationPeriods", 1))
    for period in [asked.get("Period"), *(_period(metric) for metric in metrics)]:
        if period is not None:
            refuse_a_period_between_minutes(int(period))
            refuse_to_look_back_too_far(int(period), periods)
    refuse_more_datapoints_than_periods(int(asked.get("DatapointsToAlarm") or 1), periods)
    refuse_an_unknown_way_to_treat_missing_data(asked.get("TreatMissingData") or "missing")
    alarm_expressions.check(asked, metrics)


def _check_kind(asked: door.Record) -> None:
    kinds = _given(asked, _KINDS)
    refuse_other_than_one_kind(kinds)
    if kinds == ["MetricName"]:
        refuse_other_than_one_statistic(_given(asked, _STATISTICS))
    elif kinds == ["Metrics"]:
        refuse_what_the_kind_excludes("Metrics", _given(asked, _NOT_WITH_METRICS))
    else:
        refuse_what_the_kind_excludes("EvaluationCriteria", _given(asked, _NOT_WITH_A_QUERY))
    refuse_an_interval_that_does_not_fit_the_kind(kinds == ["EvaluationCriteria"], asked.get("EvaluationInterval"))


def _given(asked: door.Record, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if asked.get(name) not in (None, "", [])]


def _period(metric: door.Record) -> int | None:
    watched: door.Record = metric.get("MetricStat", metric)
    return watched.get("Period")
