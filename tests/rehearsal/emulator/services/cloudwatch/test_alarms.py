from typing import Any

import pytest

from tests.rehearsal.emulator.services.backup.asking import refusal

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


def _without(asked: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in asked.items() if name not in names}


def _on(*metrics: dict[str, object], **more: object) -> dict[str, object]:
    return _without(_alarm(Metrics=list(metrics)), *_WATCHED, "Period") | more


def _by(query: str, **more: object) -> dict[str, object]:
    criteria = {"PromQLCriteria": {"Query": query, "PendingPeriod": 60}}
    return {"AlarmName": "failed", "EvaluationCriteria": criteria, "EvaluationInterval": 60} | more


_PERCENTILE = _without(_alarm(ExtendedStatistic="p90"), "Statistic")


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
    "a list and a statistic outside of it": _on(_stat(60), Statistic="Sum"),
    "a statistic and a percentile": _alarm(ExtendedStatistic="p90"),
    "neither statistic nor percentile": _without(_alarm(), "Statistic"),
    "a query and a metric": _by("up == 0", **_WATCHED),
    "a query and a list": _by("up == 0", Metrics=[_stat(60)]),
    "a query and a threshold outside of it": _by("up == 0", Threshold=0.0),
    "a query and no interval": _without(_by("up == 0"), "EvaluationInterval"),
    "a query every 90 seconds": _by("up == 0", EvaluationInterval=90),
    "a metric and an interval of queries": _alarm(EvaluationInterval=60),
}
ACCEPTED: dict[str, dict[str, object]] = {
    "a period of 10 seconds": _alarm(Period=10),
    "a period of a minute": _alarm(Period=60),
    "a look back of a day": _alarm(Period=60, EvaluationPeriods=1440),
    "a look back of a week": _alarm(Period=86400, EvaluationPeriods=7),
    "as many datapoints as periods": _alarm(EvaluationPeriods=2, DatapointsToAlarm=2),
    "missing data that is bad": _alarm(TreatMissingData="breaching"),
    "a metric of a list": _on(_stat(60)),
    "a percentile": _PERCENTILE,
    "a query": _by("up == 0"),
    "a query every 10 seconds": _by("up == 0", EvaluationInterval=10),
    "a query every two minutes": _by("up == 0", EvaluationInterval=120),
}


@pytest.mark.parametrize("case", REFUSED)
def test_fails_when_an_alarm_has(cloudwatch: Any, case: str) -> None:
    assert refusal(cloudwatch.put_metric_alarm, **REFUSED[case]) == "ValidationError"
    assert cloudwatch.describe_alarms()["MetricAlarms"] == []


@pytest.mark.parametrize("case", ACCEPTED)
def test_an_alarm_may_have(cloudwatch: Any, case: str) -> None:
    cloudwatch.put_metric_alarm(**ACCEPTED[case])
    assert len(cloudwatch.describe_alarms()["MetricAlarms"]) == 1


@pytest.mark.parametrize(
    ("asked", "absent"),
    [
        (_PERCENTILE, {"Statistic", "AlarmDescription"}),
        (_by("up == 0"), {"Statistic", "Period", "EvaluationPeriods", "Threshold", "ComparisonOperator", "MetricName"}),
    ],
    ids=["percentile", "query"],
)
def test_an_alarm_shows_what_it_was_given_and_no_default_beside_it(
    cloudwatch: Any, asked: dict[str, object], absent: set[str]
) -> None:
    cloudwatch.put_metric_alarm(**asked)
    [shown] = cloudwatch.describe_alarms()["MetricAlarms"]
    assert {name: shown[name] for name in asked} == asked
    assert not absent & set(shown)


def test_only_an_alarm_on_a_query_is_ok_from_the_start(cloudwatch: Any) -> None:
    cloudwatch.put_metric_alarm(**_by("up == 0"))
    cloudwatch.put_metric_alarm(**_alarm(AlarmName="other"))
    shown = cloudwatch.describe_alarms()["MetricAlarms"]
    assert [one["StateValue"] for one in shown] == ["OK", "INSUFFICIENT_DATA"]


def test_an_update_leaves_the_state_of_an_alarm_on_a_query(cloudwatch: Any) -> None:
    cloudwatch.put_metric_alarm(**_by("up == 0"))
    cloudwatch.set_alarm_state(AlarmName="failed", StateValue="ALARM", StateReason="told by hand")
    cloudwatch.put_metric_alarm(**_by("up < 1"))
    [shown] = cloudwatch.describe_alarms()["MetricAlarms"]
    assert shown["StateValue"] == "ALARM"
