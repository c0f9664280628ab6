import json
from typing import Any

import pytest

from tests.emulator_process import BACKUP, PROD, REGION, Emulator
from tests.rehearsal.provider.driver import CallFailedError, Driver
from tests.rehearsal.provider.journey import Journey

pytestmark = pytest.mark.emulator

RULE = "aws:cloudwatch/eventRule:EventRule"
TARGET = "aws:cloudwatch/eventTarget:EventTarget"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
TOPIC = f"arn:aws:sns:{REGION}:{PROD}:strongroom-prod-alarms"
QUEUE = f"arn:aws:sqs:{REGION}:{PROD}:strongroom-dead"
ROLE = f"arn:aws:iam::{PROD}:role/strongroom-events"

WATCHED: dict[str, Any] = {
    "comparisonOperator": "GreaterThanThreshold",
    "evaluationPeriods": 1,
    "metricName": "NumberOfBackupJobsFailed",
    "namespace": "AWS/Backup",
    "period": 3600,
}
CLASSIC: dict[str, Any] = {**WATCHED, "statistic": "Sum"}


def pattern(*states: str) -> str:
    return json.dumps({"source": ["aws.backup"], "detail": {"state": list(states)}})


def test_a_rule_lives(provider: Driver) -> None:
    Journey(
        RULE,
        {"name": "strongroom-prod-failed", "eventPattern": pattern("FAILED"), "tags": {"owner": "platform"}},
        changes=(
            {"eventPattern": pattern("FAILED", "EXPIRED"), "description": "failed jobs"},
            {"state": "DISABLED"},
            {"state": "ENABLED"},
            {"tags": {"owner": "data"}},
            {"roleArn": ROLE},
            {"forceDestroy": True},
        ),
        unreadable=frozenset({"forceDestroy"}),
    ).travel(provider)


def test_a_scheduled_rule_lives(provider: Driver) -> None:
    Journey(
        RULE,
        {"name": "strongroom-prod-daily", "scheduleExpression": "rate(1 day)", "isEnabled": False},
        changes=({"scheduleExpression": "cron(0 3 * * ? *)"}, {"isEnabled": True}),
    ).travel(provider)


def test_a_rule_on_a_bus_of_its_own_is_named_after_it(provider: Driver, emulator: Emulator) -> None:
    emulator.client("events").create_event_bus(Name="strongroom")
    Journey(
        RULE,
        {"name": "failed", "eventBusName": "strongroom", "eventPattern": pattern("FAILED")},
        import_id="strongroom/failed",
    ).travel(provider)


def test_a_target_lives(provider: Driver, emulator: Emulator) -> None:
    emulator.client("events").put_rule(Name="strongroom-prod-told", EventPattern=pattern("FAILED"))
    Journey(
        TARGET,
        {"rule": "strongroom-prod-told", "targetId": "topic", "arn": TOPIC},
        changes=(
            {
                "deadLetterConfig": {"arn": QUEUE},
                "retryPolicy": {"maximumRetryAttempts": 3, "maximumEventAgeInSeconds": 60},
            },
            {"inputTransformer": {"inputPaths": {"state": "$.detail.state"}, "inputTemplate": '"<state>"'}},
            {"inputTransformer": None, "input": '{"a": 1}'},
            {"input": None, "inputPath": "$.detail"},
            {"roleArn": ROLE, "sqsTarget": {"messageGroupId": "jobs"}},
            {"forceDestroy": True},
        ),
        import_id="strongroom-prod-told/topic",
        unreadable=frozenset({"forceDestroy"}),
    ).travel(provider)


def test_a_block_of_a_target_removed_by_hand_is_not_noticed(provider: Driver, emulator: Emulator) -> None:
    events = emulator.client("events")
    events.put_rule(Name="strongroom-prod-blind", EventPattern=pattern("FAILED"))
    given = {"rule": "strongroom-prod-blind", "targetId": "t", "arn": TOPIC, "deadLetterConfig": {"arn": QUEUE}}
    made = provider.create(TARGET, "blind", given)
    events.put_targets(Rule="strongroom-prod-blind", Targets=[{"Id": "t", "Arn": TOPIC}])
    refreshed = provider.refresh(made)
    assert refreshed is not None
    assert refreshed.state["deadLetterConfig"] == {"arn": QUEUE}


def test_fails_when_the_rule_of_a_target_is_missing(provider: Driver) -> None:
    with pytest.raises(CallFailedError, match="ResourceNotFoundException"):
        provider.create(TARGET, "lost", {"rule": "no-such-rule", "targetId": "t", "arn": TOPIC})


def test_a_classic_alarm_lives(provider: Driver) -> None:
    Journey(
        ALARM,
        {"name": "strongroom-prod-failed", **CLASSIC, "tags": {"owner": "platform"}},
        changes=(
            {"threshold": 1.5, "datapointsToAlarm": 1, "evaluationPeriods": 3, "unit": "Count"},
            {"alarmActions": [TOPIC], "okActions": [TOPIC], "insufficientDataActions": [TOPIC]},
            {"dimensions": {"BackupVaultName": "strongroom-prod"}, "alarmDescription": "failed jobs"},
            {"treatMissingData": "breaching", "actionsEnabled": False},
            {"tags": {"owner": "data"}},
            {"comparisonOperator": "LessThanThreshold", "metricName": "NumberOfBackupJobsCompleted", "period": 60},
            {"alarmActions": [], "dimensions": {}, "alarmDescription": None},
        ),
    ).travel(provider)


def test_an_alarm_on_a_percentile_lives(provider: Driver) -> None:
    Journey(
        ALARM,
        {"name": "strongroom-prod-slow", **WATCHED, "extendedStatistic": "p90"},
        changes=({"extendedStatistic": "p99", "evaluateLowSampleCountPercentiles": "ignore"},),
    ).travel(provider)


def test_an_alarm_on_a_formula_lives(provider: Driver) -> None:
    def metric(name: str, **more: Any) -> dict[str, Any]:
        what = {"metricName": name, "namespace": "AWS/Backup", "period": 3600, "stat": "Sum"}
        return {"id": name.lower(), "metric": {**what, **more}}

    rate = {"id": "rate", "expression": "failed / done", "label": "failure rate", "returnData": True}
    band = {"id": "band", "expression": "ANOMALY_DETECTION_BAND(done)", "returnData": True}
    Journey(
        ALARM,
        {
            "name": "strongroom-prod-rate",
            "comparisonOperator": "GreaterThanThreshold",
            "evaluationPeriods": 1,
            "threshold": 0.1,
            "metricQueries": [rate, metric("Failed"), metric("Done")],
        },
        changes=(
            {
                "metricQueries": [
                    {**rate, "period": 60},
                    {**metric("Failed", unit="Count", dimensions={"BackupVaultName": "v"}), "accountId": BACKUP},
                    metric("Done"),
                ]
            },
            {
                "metricQueries": [band, {**metric("Done"), "returnData": True}],
                "comparisonOperator": "LessThanLowerThreshold",
                "threshold": None,
                "thresholdMetricId": "band",
            },
        ),
    ).travel(provider)


def test_an_alarm_on_a_query_lives(provider: Driver) -> None:
    def criteria(query: str) -> dict[str, Any]:
        return {"evaluationCriteria": {"promqlCriteria": {"query": query, "pendingPeriod": 60}}}

    Journey(
        ALARM,
        {"name": "strongroom-prod-query", **criteria("up == 0"), "evaluationInterval": 60},
        changes=(criteria("up < 1"), {"evaluationInterval": 120}),
    ).travel(provider)


def test_an_alarm_of_that_name_is_taken_over_without_a_word(provider: Driver, emulator: Emulator) -> None:
    emulator.client("cloudwatch").put_metric_alarm(
        AlarmName="strongroom-taken",
        MetricName="m",
        Namespace="n",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=9,
        ComparisonOperator="LessThanThreshold",
    )
    made = provider.create(ALARM, "taken", {"name": "strongroom-taken", **CLASSIC})
    assert made.state["comparisonOperator"] == "GreaterThanThreshold"


def test_a_composite_alarm_lives(provider: Driver) -> None:
    for name in ("strongroom-a", "strongroom-b"):
        provider.create(ALARM, name, {"name": name, **CLASSIC})
    Journey(
        COMPOSITE,
        {"alarmName": "strongroom-any", "alarmRule": 'ALARM("strongroom-a")', "tags": {"owner": "platform"}},
        changes=(
            {"alarmRule": 'ALARM("strongroom-a") OR ALARM("strongroom-b")'},
            {"alarmActions": [TOPIC], "okActions": [TOPIC], "insufficientDataActions": [TOPIC]},
            {"alarmDescription": "any", "tags": {"owner": "data"}},
        ),
    ).travel(provider)


def test_a_composite_alarm_with_a_suppressor_lives(provider: Driver) -> None:
    for name in ("strongroom-c", "strongroom-d"):
        provider.create(ALARM, name, {"name": name, **CLASSIC})
    suppressor = {"alarm": "strongroom-d", "extensionPeriod": 60, "waitPeriod": 120}
    Journey(
        COMPOSITE,
        {"alarmName": "strongroom-quiet", "alarmRule": 'ALARM("strongroom-c")', "actionsSuppressor": suppressor},
        changes=({"actionsSuppressor": {**suppressor, "waitPeriod": 180}},),
    ).travel(provider)
