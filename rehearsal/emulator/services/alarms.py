"""CloudWatch: what PutMetricAlarm refuses, and the parts of an alarm that MiniStack loses."""

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule

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
def refuse_an_alarm_on_no_metric_or_on_both_kinds(single: bool, several: bool) -> None:
    """An alarm watches one metric, or a list of metrics and expressions."""
    if single == several:
        raise Refused(_CODE, "Exactly one of MetricName and Metrics must be given")


@replaces("services.cloudwatch:_put_metric_alarm", read="953a67ff4bb1ee4b")
def put_metric_alarm(original: Any, form: Any, content: door.Record, is_cbor: bool, is_json: bool = False) -> Any:
    """Refuse what CloudWatch refuses, and keep every part of the alarm."""
    if is_cbor or is_json:
        try:
            _check(content)
        except Refused as refused:
            # MiniStack's errors have no public maker.
            return _CLOUDWATCH._error(refused.code, str(refused), 400, is_json, is_cbor)  # noqa: SLF001
    answer = original(form, content, is_cbor, is_json)
    if answer[0] == 200 and (is_cbor or is_json):
        _complete(_CLOUDWATCH._alarms[content["AlarmName"]], content)  # noqa: SLF001 - a table
    return answer


def _complete(alarm: door.Record, asked: door.Record) -> None:
    alarm |= {name: value for name, value in asked.items() if name not in {*alarm, "Tags"}}
    if "Metrics" in asked:
        # MiniStack gives every alarm a period and a statistic; one on expressions has none of its own.
        for name in ("Period", "Statistic"):
            del alarm[name]


def _check(asked: door.Record) -> None:
    metrics: list[door.Record] = asked.get("Metrics") or []
    refuse_an_alarm_on_no_metric_or_on_both_kinds(bool(asked.get("MetricName")), bool(metrics))
    periods = int(asked.get("EvaluationPeriods", 1))
    for period in [asked.get("Period"), *(_period(metric) for metric in metrics)]:
        if period is not None:
            refuse_a_period_between_minutes(int(period))
            refuse_to_look_back_too_far(int(period), periods)
    refuse_more_datapoints_than_periods(int(asked.get("DatapointsToAlarm") or 1), periods)
    refuse_an_unknown_way_to_treat_missing_data(asked.get("TreatMissingData") or "missing")


def _period(metric: door.Record) -> int | None:
    watched: door.Record = metric.get("MetricStat", metric)
    return watched.get("Period")
