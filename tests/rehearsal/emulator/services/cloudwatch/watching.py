"""An alarm named `watched`: on one metric, or on the absence of jobs."""

from typing import Any, Final

from tests.rehearsal.emulator.services.signals import DAY

ON_ONE_METRIC: Final[dict[str, Any]] = {
    "AlarmName": "watched",
    "Namespace": "shop",
    "MetricName": "failures",
    "Dimensions": [{"Name": "vault", "Value": "central"}],
    "Statistic": "Sum",
    "Period": 300,
    "EvaluationPeriods": 1,
    "Threshold": 0,
    "ComparisonOperator": "GreaterThanThreshold",
}
ABSENCE: Final[dict[str, Any]] = {
    "AlarmName": "watched",
    "EvaluationPeriods": 2,
    "Threshold": 1,
    "ComparisonOperator": "LessThanThreshold",
    "TreatMissingData": "breaching",
    "Metrics": [
        {
            "Id": "jobs",
            "MetricStat": {"Metric": {"Namespace": "shop", "MetricName": "done"}, "Period": DAY, "Stat": "Sum"},
            "ReturnData": False,
        },
        {"Id": "filled", "Expression": "FILL(jobs, 0)", "ReturnData": True},
    ],
}


def alarm(cloudwatch: Any, kind: str = "MetricAlarms") -> dict[str, Any]:
    """Return the alarm."""
    return cloudwatch.describe_alarms(AlarmNames=["watched"], AlarmTypes=[kind.removesuffix("s")])[kind][0]


def state(cloudwatch: Any) -> str:
    """Return the state of the alarm."""
    return alarm(cloudwatch)["StateValue"]
