from typing import Any

import pytest

from tests.emulator_process import PROD, REGION
from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator

_NAMES = ("failed", "maintenance")
_SUPPRESSED: dict[str, object] = {
    "AlarmName": "any",
    "AlarmRule": 'ALARM("failed")',
    "ActionsSuppressor": "maintenance",
    "ActionsSuppressorWaitPeriod": 120,
    "ActionsSuppressorExtensionPeriod": 60,
}


@pytest.fixture
def cloudwatch(cloudwatch: Any) -> Any:
    """CloudWatch of prod with two alarms."""
    for name in _NAMES:
        cloudwatch.put_metric_alarm(
            AlarmName=name,
            MetricName="NumberOfBackupJobsFailed",
            Namespace="AWS/Backup",
            Statistic="Sum",
            Period=300,
            EvaluationPeriods=1,
            Threshold=1.0,
            ComparisonOperator="GreaterThanOrEqualToThreshold",
        )
    return cloudwatch


def _shown(cloudwatch: Any) -> list[dict[str, object]]:
    return cloudwatch.describe_alarms(AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]


@pytest.mark.parametrize("suppressor", ["maintenance", f"arn:aws:cloudwatch:{REGION}:{PROD}:alarm:maintenance"])
def test_a_suppressor_is_shown_as_it_was_given(cloudwatch: Any, suppressor: str) -> None:
    asked = _SUPPRESSED | {"ActionsSuppressor": suppressor, "ActionsSuppressorWaitPeriod": 0}
    cloudwatch.put_composite_alarm(**asked)
    [shown] = _shown(cloudwatch)
    assert {name: shown[name] for name in asked} == asked


def test_an_update_without_suppressor_takes_it_away(cloudwatch: Any) -> None:
    cloudwatch.put_composite_alarm(**_SUPPRESSED)
    cloudwatch.put_composite_alarm(AlarmName="any", AlarmRule='ALARM("failed")')
    [shown] = _shown(cloudwatch)
    assert not any(name.startswith("ActionsSuppressor") for name in shown)


@pytest.mark.parametrize("period", ["ActionsSuppressorWaitPeriod", "ActionsSuppressorExtensionPeriod"])
def test_fails_when_a_suppressor_comes_without_a_period(cloudwatch: Any, period: str) -> None:
    asked = {name: value for name, value in _SUPPRESSED.items() if name != period}
    assert refusal(cloudwatch.put_composite_alarm, **asked) == "ValidationError"
    assert _shown(cloudwatch) == []


def test_fails_when_the_suppressor_does_not_exist(cloudwatch: Any) -> None:
    asked = _SUPPRESSED | {"ActionsSuppressor": "nothing"}
    assert refusal(cloudwatch.put_composite_alarm, **asked) == "ValidationError"
    assert _shown(cloudwatch) == []
