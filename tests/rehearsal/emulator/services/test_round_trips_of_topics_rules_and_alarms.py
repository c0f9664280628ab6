"""Every property of topics, event rules and alarms that a backup program sets comes back as it was set."""

import json

import pytest

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.asking import TAGS, TOPIC, Trip, make_key, members, policy

pytestmark = pytest.mark.emulator


def topic(emulator: Emulator) -> tuple[object, object]:
    sns, key_arn = emulator.client("sns"), make_key(emulator)
    document = policy(Principal={"Service": "events.amazonaws.com"}, Action="sns:Publish", Resource=TOPIC)
    sns.create_topic(Name="alarms", Attributes={"KmsMasterKeyId": key_arn, "DisplayName": "Alarms"}, Tags=TAGS)
    sns.set_topic_attributes(TopicArn=TOPIC, AttributeName="Policy", AttributeValue=document)
    sns.set_topic_attributes(TopicArn=TOPIC, AttributeName="SignatureVersion", AttributeValue="2")
    asked = {"KmsMasterKeyId": key_arn, "DisplayName": "Alarms", "Policy": document, "SignatureVersion": "2"}
    got = members(sns.get_topic_attributes(TopicArn=TOPIC)["Attributes"], asked)
    return asked | {"tags": TAGS}, got | {"tags": sns.list_tags_for_resource(ResourceArn=TOPIC)["Tags"]}


def subscription(emulator: Emulator) -> tuple[object, object]:
    sns = emulator.client("sns")
    sns.create_topic(Name="alarms")
    queue = f"arn:aws:sqs:{REGION}:{PROD}:alarms"
    asked = {
        "FilterPolicy": '{"State": ["FAILED"]}',
        "FilterPolicyScope": "MessageAttributes",
        "RawMessageDelivery": "true",
        "RedrivePolicy": json.dumps({"deadLetterTargetArn": queue}),
    }
    emulator.client("sqs").create_queue(QueueName="alarms")
    made = sns.subscribe(TopicArn=TOPIC, Protocol="sqs", Endpoint=queue, Attributes=asked, ReturnSubscriptionArn=True)[
        "SubscriptionArn"
    ]
    shown = sns.get_subscription_attributes(SubscriptionArn=made)["Attributes"]
    more = {"Protocol": "sqs", "Endpoint": queue, "TopicArn": TOPIC, "PendingConfirmation": "false"}
    return asked | more, members(shown, asked | more)


def event_rule(emulator: Emulator) -> tuple[object, object]:
    events = emulator.client("events")
    asked = {
        "Name": "backup-failures",
        "EventPattern": json.dumps({"source": ["aws.backup"], "detail": {"state": ["FAILED"]}}),
        "Description": "jobs that ended badly",
        "State": "DISABLED",
    }
    made = events.put_rule(**asked, Tags=TAGS)["RuleArn"]
    target = {
        "Id": "topic",
        "Arn": TOPIC,
        "DeadLetterConfig": {"Arn": f"arn:aws:sqs:{REGION}:{PROD}:lost"},
        "RetryPolicy": {"MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 3600},
        "InputTransformer": {"InputPathsMap": {"job": "$.detail.backupJobId"}, "InputTemplate": '"job <job> failed"'},
    }
    assert events.put_targets(Rule="backup-failures", Targets=[target])["FailedEntryCount"] == 0
    shown = members(events.describe_rule(Name="backup-failures"), asked)
    targets = events.list_targets_by_rule(Rule="backup-failures")["Targets"]
    tags = events.list_tags_for_resource(ResourceARN=made)["Tags"]
    return asked | {"targets": [target], "tags": TAGS}, shown | {"targets": targets, "tags": tags}


def alarm(emulator: Emulator) -> tuple[object, object]:
    cloudwatch = emulator.client("cloudwatch")
    asked = {
        "AlarmName": "failed",
        "AlarmDescription": "a backup failed",
        "ActionsEnabled": True,
        "OKActions": [TOPIC],
        "AlarmActions": [TOPIC],
        "InsufficientDataActions": [TOPIC],
        "Namespace": "AWS/Backup",
        "MetricName": "NumberOfBackupJobsFailed",
        "Statistic": "Sum",
        "Dimensions": [{"Name": "BackupVaultName", "Value": "strongroom-prod"}],
        "Period": 300,
        "Unit": "Count",
        "EvaluationPeriods": 3,
        "DatapointsToAlarm": 2,
        "Threshold": 1.0,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "TreatMissingData": "notBreaching",
    }
    cloudwatch.put_metric_alarm(**asked, Tags=TAGS)
    [shown] = cloudwatch.describe_alarms(AlarmNames=["failed"])["MetricAlarms"]
    tags = cloudwatch.list_tags_for_resource(ResourceARN=shown["AlarmArn"])["Tags"]
    return asked | {"tags": TAGS}, members(shown, asked) | {"tags": tags}


def alarm_on_expressions(emulator: Emulator) -> tuple[object, object]:
    cloudwatch = emulator.client("cloudwatch")
    metric = {
        "Namespace": "AWS/Backup",
        "MetricName": "NumberOfBackupJobsCompleted",
        "Dimensions": [{"Name": "BackupVaultName", "Value": "strongroom-prod"}],
    }
    asked = {
        "AlarmName": "silent",
        "EvaluationPeriods": 2,
        "Threshold": 1.0,
        "ComparisonOperator": "LessThanThreshold",
        "TreatMissingData": "breaching",
        "Metrics": [
            {"Id": "filled", "Expression": "FILL(done, 0)", "Label": "completed", "ReturnData": True},
            {
                "Id": "done",
                "MetricStat": {"Metric": metric, "Period": 86400, "Stat": "Sum", "Unit": "Count"},
                "ReturnData": False,
            },
        ],
    }
    cloudwatch.put_metric_alarm(**asked)
    [shown] = cloudwatch.describe_alarms(AlarmNames=["silent"])["MetricAlarms"]
    return asked | {"MetricName": None, "Period": None}, members(shown, asked | {"MetricName": None, "Period": None})


@pytest.mark.parametrize("trip", [topic, subscription, event_rule, alarm, alarm_on_expressions])
def test_every_property_that_is_set_is_read_back(emulator: Emulator, trip: Trip) -> None:
    asked, got = trip(emulator)
    assert got == asked
