from typing import Any, Final

import pytest

from tests.emulator_people import refuses

pytestmark = pytest.mark.emulator

ALARM: Final[dict[str, Any]] = {
    "AlarmName": "watched",
    "EvaluationPeriods": 1,
    "Threshold": 1,
    "ComparisonOperator": "LessThanThreshold",
}
METRIC: Final[dict[str, Any]] = {
    "Id": "m1",
    "MetricStat": {"Metric": {"Namespace": "shop", "MetricName": "done"}, "Period": 300, "Stat": "Sum"},
    "ReturnData": False,
}


def put(cloudwatch: Any, expression: str, **more: object) -> None:
    """Put an alarm on an expression."""
    cloudwatch.put_metric_alarm(**ALARM, Metrics=[METRIC, {"Id": "e1", "Expression": expression}], **more)


@pytest.mark.parametrize("expression", ["FILL(m1, 0)", "IF(m1 > 5, 1, 0)", "SUM(METRICS())", "m1 / 2"])
def test_an_alarm_is_put_on_an_expression(cloudwatch: Any, expression: str) -> None:
    put(cloudwatch, expression)


@pytest.mark.parametrize("expression", ["FILL(m2, 0)", "m1 +", "NOSUCH(m1)"])
def test_fails_when_an_expression_is_none(cloudwatch: Any, expression: str) -> None:
    with refuses("ValidationError"):
        put(cloudwatch, expression)


@pytest.mark.parametrize("returned", [(True, True), (False, False)])
def test_fails_when_not_exactly_one_of_the_metrics_is_watched(cloudwatch: Any, returned: tuple[bool, bool]) -> None:
    metrics = [{**METRIC, "ReturnData": returned[0]}, {"Id": "e1", "Expression": "m1", "ReturnData": returned[1]}]
    with refuses("ValidationError"):
        cloudwatch.put_metric_alarm(**ALARM, Metrics=metrics)


def test_the_band_of_a_threshold_returns_data_beside_what_is_watched(cloudwatch: Any) -> None:
    without = {name: value for name, value in ALARM.items() if name != "Threshold"}
    banded = {**without, "ComparisonOperator": "LessThanLowerThreshold", "ThresholdMetricId": "band"}
    band = {"Id": "band", "Expression": "ANOMALY_DETECTION_BAND(m1)", "ReturnData": True}
    cloudwatch.put_metric_alarm(**banded, Metrics=[{**METRIC, "ReturnData": True}, band])
    with refuses("ValidationError"):
        cloudwatch.put_metric_alarm(**banded, Metrics=[{**METRIC, "ReturnData": False}, band])


@pytest.mark.parametrize("statistic", ["p99", "p99.9", "p50"])
def test_an_alarm_is_put_on_a_percentile(cloudwatch: Any, statistic: str) -> None:
    cloudwatch.put_metric_alarm(**ALARM, Namespace="shop", MetricName="done", ExtendedStatistic=statistic, Period=60)


def test_fails_when_a_percentile_is_none(cloudwatch: Any) -> None:
    with refuses("ValidationError"):
        cloudwatch.put_metric_alarm(**ALARM, Namespace="shop", MetricName="done", ExtendedStatistic="p101", Period=60)


def window(zone: str = "Europe/London") -> dict[str, Any]:
    """A window on the wall clock."""
    return {"EvaluationWindow": {"WallClockWindow": {"Timezone": zone}}}


@pytest.mark.parametrize("period", [60, 300, 3_600, 86_400, 604_800])
def test_a_window_on_the_wall_clock_has_periods_of_the_calendar(cloudwatch: Any, period: int) -> None:
    one = {**ALARM, "Namespace": "shop", "MetricName": "done", "Statistic": "Sum", "Period": period}
    cloudwatch.put_metric_alarm(**one, **window())


@pytest.mark.parametrize("period", [10, 120, 7_200])
def test_fails_when_a_window_on_the_wall_clock_has_another_period(cloudwatch: Any, period: int) -> None:
    one = {**ALARM, "Namespace": "shop", "MetricName": "done", "Statistic": "Sum", "Period": period}
    with refuses("ValidationError"):
        cloudwatch.put_metric_alarm(**one, **window())


def test_fails_when_a_window_s_zone_is_none(cloudwatch: Any) -> None:
    with refuses("ValidationError"):
        put(cloudwatch, "m1 / 2", **window("Mars/Olympus"))


@pytest.mark.parametrize("state", ["OK", "ALARM", "INSUFFICIENT_DATA"])
def test_an_alarm_is_set_to_a_state(cloudwatch: Any, state: str) -> None:
    put(cloudwatch, "m1 / 2")
    cloudwatch.set_alarm_state(AlarmName="watched", StateValue=state, StateReason="test", StateReasonData="{}")
    assert cloudwatch.describe_alarms()["MetricAlarms"][0]["StateValue"] == state


def test_fails_when_an_alarm_is_set_to_what_is_no_state(cloudwatch: Any) -> None:
    put(cloudwatch, "m1 / 2")
    with refuses("ValidationError"):
        cloudwatch.set_alarm_state(AlarmName="watched", StateValue="FINE", StateReason="test")


def test_fails_when_reason_data_is_no_json(cloudwatch: Any) -> None:
    put(cloudwatch, "m1 / 2")
    with refuses("InvalidFormat"):
        cloudwatch.set_alarm_state(AlarmName="watched", StateValue="OK", StateReason="test", StateReasonData="{")


def test_fails_when_an_absent_alarm_is_set(cloudwatch: Any) -> None:
    with refuses("ResourceNotFound"):
        cloudwatch.set_alarm_state(AlarmName="absent", StateValue="OK", StateReason="test")
