"""Examples of the rules about topics and alarms together."""

import pulumi_aws as aws
from strongroom_policies import alarms, topics

from tests.policies.example import BrokenStack, StackExample
from tests.policies.examples.stack_selections import PLAN
from tests.policies.judging import GONE, Made

TOPIC = Made(aws.sns.Topic, {"arn": "arn:topic"}, "topic")

TOPIC_POLICY = Made(aws.sns.TopicPolicy, {"arn": "arn:topic"}, "topic-policy")

SUBSCRIPTION = Made(aws.sns.TopicSubscription, {"topic": "arn:topic"}, "subscription")

EVENT_RULE = Made(aws.cloudwatch.EventRule, {"name": "plans"}, "rule")

EVENT_TARGET = Made(aws.cloudwatch.EventTarget, {"rule": "plans"}, "target")


def alarm(metric: str, namespace: str, **dimensions: str) -> Made:
    said = {"metricName": metric, "namespace": namespace, "dimensions": dimensions}
    return Made(aws.cloudwatch.MetricAlarm, said, metric)


ALARMS = [
    alarm("NumberOfBackupJobsFailed", "AWS/Backup", BackupVaultName="local"),
    alarm("NumberOfBackupJobsExpired", "AWS/Backup", ResourceType="DynamoDB"),
    alarm("NumberOfBackupJobsAborted", "AWS/Backup"),
    alarm("NumberOfCopyJobsFailed", "AWS/Backup", BackupVaultName="central"),
    Made(
        aws.cloudwatch.MetricAlarm,
        {"metricQueries": [{"metric": {"namespace": "AWS/Backup", "metricName": "NumberOfBackupJobsCompleted"}}]},
        "missing",
    ),
]

REPLICATION = Made(
    aws.s3.BucketReplicationConfig,
    {"bucket": "exports", "rules": [{"id": "archive", "destination": {"bucket": "arn:aws:s3:::kept"}}]},
    "replication",
)

REPLICAS = [
    alarm("OperationsFailedReplication", "AWS/S3", SourceBucket="exports", DestinationBucket="kept", RuleId="archive"),
    Made(
        aws.cloudwatch.MetricAlarm,
        {
            "metricQueries": [
                {
                    "expression": (
                        'SELECT MAX(ReplicationLatency) FROM SCHEMA("AWS/S3", SourceBucket, DestinationBucket, RuleId)'
                        " WHERE SourceBucket = 'exports'"
                    )
                }
            ]
        },
        "late",
    ),
]


def unseen(path: str, value: object, metric: str, alarm: str = "NumberOfBackupJobsFailed") -> BrokenStack:
    """What is said where an alarm of a plan is about something else."""
    said = (
        f"backup.Plan 'plan' can fail unseen: no alarm of this stack looks at {metric}; each is required: add a"
        " cloudwatch.MetricAlarm for it"
    )
    return BrokenStack(alarm, path, value, "plan", said)


def unseen_replica(path: str, value: object, metric: str, alarm: str) -> BrokenStack:
    """The same of a replication."""
    said = (
        f"s3.BucketReplicationConfig 'replication' can fail unseen: no alarm of this stack looks at {metric}; each is"
        " required: add a cloudwatch.MetricAlarm for it"
    )
    return BrokenStack(alarm, path, value, "replication", said)


EXAMPLES = [
    StackExample(
        topics.LISTENED,
        [TOPIC, TOPIC_POLICY, SUBSCRIPTION],
        [
            BrokenStack(
                "subscription",
                "",
                GONE,
                "topic",
                (
                    "sns.Topic 'topic' has no subscriber, so its alarms reach nobody; one is required: add an"
                    " sns.TopicSubscription"
                ),
                "topic",
            ),
            BrokenStack(
                "topic-policy",
                "",
                GONE,
                "topic",
                "sns.Topic 'topic' has no policy that lets services send; one is required: add an sns.TopicPolicy",
                "arn",
            ),
        ],
    ),
    StackExample(
        alarms.WATCHED,
        [PLAN, *ALARMS],
        [
            BrokenStack(
                "NumberOfBackupJobsFailed",
                "",
                GONE,
                "plan",
                (
                    "backup.Plan 'plan' can fail unseen: no alarm of this stack looks at NumberOfBackupJobsFailed; each"
                    " is required: add a cloudwatch.MetricAlarm for it"
                ),
            ),
            BrokenStack(
                "NumberOfBackupJobsExpired",
                "",
                GONE,
                "plan",
                (
                    "backup.Plan 'plan' can fail unseen: no alarm of this stack looks at NumberOfBackupJobsExpired;"
                    " each is required: add a cloudwatch.MetricAlarm for it"
                ),
            ),
            BrokenStack(
                "NumberOfBackupJobsAborted",
                "",
                GONE,
                "plan",
                (
                    "backup.Plan 'plan' can fail unseen: no alarm of this stack looks at NumberOfBackupJobsAborted;"
                    " each is required: add a cloudwatch.MetricAlarm for it"
                ),
            ),
            BrokenStack(
                "NumberOfCopyJobsFailed",
                "",
                GONE,
                "plan",
                (
                    "backup.Plan 'plan' can fail unseen: no alarm of this stack looks at NumberOfCopyJobsFailed; each"
                    " is required: add a cloudwatch.MetricAlarm for it"
                ),
            ),
            BrokenStack(
                "missing",
                "",
                GONE,
                "plan",
                (
                    "backup.Plan 'plan' can fail unseen: no alarm of this stack looks at NumberOfBackupJobsCompleted;"
                    " each is required: add a cloudwatch.MetricAlarm for it"
                ),
            ),
            unseen("namespace", "Jobs", "NumberOfBackupJobsFailed of local"),
            unseen("dimensions", {"BackupVaultName": "other"}, "NumberOfBackupJobsFailed of local"),
            unseen("dimensions", {"ResourceType": "EC2"}, "NumberOfBackupJobsFailed of local"),
            unseen("dimensions", {"Plan": "plan"}, "NumberOfBackupJobsFailed of local"),
            unseen(
                "dimensions",
                {"BackupVaultName": "local"},
                "NumberOfCopyJobsFailed of central",
                "NumberOfCopyJobsFailed",
            ),
        ],
        [("NumberOfBackupJobsFailed", "dimensions", {})],
    ),
    StackExample(
        alarms.WATCHED,
        [REPLICATION, *REPLICAS],
        [
            unseen_replica("", GONE, "OperationsFailedReplication", "OperationsFailedReplication"),
            unseen_replica("", GONE, "ReplicationLatency", "late"),
            *(
                unseen_replica(
                    f"dimensions.{one}",
                    "other",
                    "OperationsFailedReplication of exports",
                    "OperationsFailedReplication",
                )
                for one in ("SourceBucket", "DestinationBucket", "RuleId")
            ),
            unseen_replica(
                "metricQueries.0.expression",
                "SELECT MAX(ReplicationLatency) FROM \"AWS/S3\" WHERE SourceBucket = 'other'",
                "ReplicationLatency of exports",
                "late",
            ),
            unseen_replica(
                "metricQueries.0.expression",
                "SELECT MAX(BytesPendingReplication) FROM Own",
                "ReplicationLatency",
                "late",
            ),
        ],
        [("late", "metricQueries.0.expression", 'select avg("ReplicationLatency") from "AWS/S3"')],
    ),
    StackExample(
        alarms.EVENT_TARGET,
        [EVENT_RULE, EVENT_TARGET],
        [
            BrokenStack(
                "target",
                "",
                GONE,
                "rule",
                (
                    "cloudwatch.EventRule 'rule' sends what it matches nowhere; a target is required: add a"
                    " cloudwatch.EventTarget for it"
                ),
                "rule",
            )
        ],
    ),
]
