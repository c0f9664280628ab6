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


def alarm(metric: str) -> Made:
    return Made(aws.cloudwatch.MetricAlarm, {"metricName": metric}, metric)


ALARMS = [
    alarm("NumberOfBackupJobsFailed"),
    alarm("NumberOfBackupJobsExpired"),
    alarm("NumberOfBackupJobsAborted"),
    alarm("NumberOfCopyJobsFailed"),
    Made(
        aws.cloudwatch.MetricAlarm,
        {"metricQueries": [{"metric": {"metricName": "NumberOfBackupJobsCompleted"}}]},
        "missing",
    ),
]

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
        ],
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
