from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.backup.asking import refusal

pytestmark = pytest.mark.emulator

_WATCHED = {"MetricName": "NumberOfBackupJobsFailed", "Namespace": "AWS/Backup", "Statistic": "Sum"}


def _alarm(**changes: object) -> dict[str, object]:
    alarm = {
        "AlarmName": "failed",
        "Period": 300,
        "EvaluationPeriods": 1,
        "Threshold": 1.0,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
    }
    return alarm | _WATCHED | changes


def _stat(period: int) -> dict[str, object]:
    metric = {"Namespace": "AWS/Backup", "MetricName": "NumberOfBackupJobsFailed"}
    return {"Id": "failed", "MetricStat": {"Metric": metric, "Period": period, "Stat": "Sum"}}


def _on(*metrics: dict[str, object]) -> dict[str, object]:
    asked = _alarm(Metrics=list(metrics))
    for name in (*_WATCHED, "Period"):
        del asked[name]
    return asked


REFUSED: dict[str, dict[str, object]] = {
    "a period of 40 seconds": _alarm(Period=40),
    "a period of 90 seconds": _alarm(Period=90),
    "a look back of more than a day": _alarm(Period=60, EvaluationPeriods=1441),
    "a look back of more than a week": _alarm(Period=86400, EvaluationPeriods=8),
    "more datapoints than periods": _alarm(EvaluationPeriods=2, DatapointsToAlarm=3),
    "an unknown way with missing data": _alarm(TreatMissingData="perhaps"),
    "one metric and a list": _alarm(Metrics=[_stat(60)]),
    "no metric": _on(),
    "a metric of a list with a period of 90 seconds": _on(_stat(90)),
}
ACCEPTED: dict[str, dict[str, object]] = {
    "a period of 10 seconds": _alarm(Period=10),
    "a period of a minute": _alarm(Period=60),
    "a look back of a day": _alarm(Period=60, EvaluationPeriods=1440),
    "a look back of a week": _alarm(Period=86400, EvaluationPeriods=7),
    "as many datapoints as periods": _alarm(EvaluationPeriods=2, DatapointsToAlarm=2),
    "missing data that is bad": _alarm(TreatMissingData="breaching"),
    "a metric of a list": _on(_stat(60)),
}


@pytest.fixture
def cloudwatch(emulator: Emulator) -> Any:
    """CloudWatch of prod."""
    return emulator.client("cloudwatch")


@pytest.mark.parametrize("case", REFUSED)
def test_fails_when_an_alarm_has(cloudwatch: Any, case: str) -> None:
    assert refusal(cloudwatch.put_metric_alarm, **REFUSED[case]) == "ValidationError"
    assert cloudwatch.describe_alarms()["MetricAlarms"] == []


@pytest.mark.parametrize("case", ACCEPTED)
def test_an_alarm_may_have(cloudwatch: Any, case: str) -> None:
    cloudwatch.put_metric_alarm(**ACCEPTED[case])
    assert len(cloudwatch.describe_alarms()["MetricAlarms"]) == 1
