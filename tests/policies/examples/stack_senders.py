"""Examples of the rule about what sends to a topic."""

from typing import Any

import pulumi_aws as aws
from strongroom_policies import senders

from tests.policies.example import BrokenStack, StackExample
from tests.policies.examples.keys import OF_OWN, document
from tests.policies.judging import GONE, Made

ARN = "arn:aws:sns:eu-west-2:111111111111:alarms"
BOUND = ["cloudwatch.amazonaws.com", "backup.amazonaws.com"]
USE = ["kms:Decrypt", "kms:GenerateDataKey*"]
POLICY = "policy"


def allowed(services: object, actions: object, **more: object) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": {"Service": services}, "Action": actions, "Resource": "*", **more}


def let_in(actions: object, services: object = BOUND, **events: object) -> str:
    """A document that lets services of the account in, and EventBridge."""
    return document(allowed(services, actions, Condition=OF_OWN), allowed("events.amazonaws.com", actions, **events))


TOPIC = Made(aws.sns.Topic, {"arn": ARN, "id": ARN, "kmsMasterKeyId": "key-arn"}, "topic")
TOPIC_POLICY = Made(aws.sns.TopicPolicy, {"arn": ARN, POLICY: let_in("sns:Publish")}, "topic-policy")
KEY = Made(aws.kms.Key, {"arn": "key-arn", "keyId": "key", "id": "key", POLICY: let_in(USE)}, "key")
ALARM = Made(aws.cloudwatch.MetricAlarm, {"alarmActions": [ARN]}, "alarm")
COMPOSITE = Made(aws.cloudwatch.CompositeAlarm, {"okActions": [ARN]}, "composite")
TARGET = Made(aws.cloudwatch.EventTarget, {"arn": ARN}, "target")
NOTIFICATIONS = Made(aws.backup.VaultNotifications, {"snsTopicArn": ARN}, "notifications")


def shut(value: str, service: str, sender: str) -> BrokenStack:
    """What is said where the topic's policy does not let a service in."""
    return BrokenStack(
        "topic-policy",
        POLICY,
        value,
        "topic",
        f"sns.Topic 'topic' is sent to by {sender}, and its policy lets {service}.amazonaws.com publish nothing; a"
        " statement that does is required: allow it sns:Publish",
    )


def sealed(value: str, service: str, sender: str) -> BrokenStack:
    """The same of the policy of its key."""
    return BrokenStack(
        "key",
        POLICY,
        value,
        "topic",
        f"sns.Topic 'topic' is sent to by {sender}, and the policy of kms.Key 'key' does not let"
        f" {service}.amazonaws.com encrypt messages: they would be lost; a statement that does is required: allow it"
        " kms:GenerateDataKey* and kms:Decrypt",
    )


BY_ALARM, BY_RULE = "cloudwatch.MetricAlarm 'alarm'", "cloudwatch.EventTarget 'target'"
BY_VAULT = "backup.VaultNotifications 'notifications'"
DENIED = {"Effect": "Deny", "Principal": "*", "Action": "sns:*", "Resource": "*"}
OF_ORGANIZATION = {"StringEquals": {"aws:PrincipalOrgID": "o-example"}}

EXAMPLES = [
    StackExample(
        senders.SENDERS,
        [TOPIC, TOPIC_POLICY, KEY, ALARM, TARGET, NOTIFICATIONS],
        [
            shut(let_in("sns:Publish", BOUND[1]), "cloudwatch", BY_ALARM),
            shut(let_in("sns:Publish", BOUND[0]), "backup", BY_VAULT),
            shut(let_in("sns:Publish", Condition=OF_OWN), "events", BY_RULE),
            sealed(let_in(USE, BOUND[1]), "cloudwatch", BY_ALARM),
            sealed(let_in(USE, BOUND[0]), "backup", BY_VAULT),
            sealed(let_in(USE, Condition=OF_OWN), "events", BY_RULE),
        ],
        [
            ("topic-policy", POLICY, let_in("SNS:*")),
            ("key", POLICY, let_in("kms:*")),
            ("topic", "kmsMasterKeyId", "key-of-another-stack"),
        ],
    ),
    StackExample(
        senders.SENDERS,
        [TOPIC, TOPIC_POLICY, KEY, COMPOSITE],
        [
            shut(
                document(allowed(BOUND, "sns:GetTopicAttributes")),
                "cloudwatch",
                "cloudwatch.CompositeAlarm 'composite'",
            ),
            shut(
                document(allowed(BOUND, "sns:Publish"), DENIED), "cloudwatch", "cloudwatch.CompositeAlarm 'composite'"
            ),
            shut(
                document({**allowed("", "sns:Publish"), "Principal": "*", "Condition": OF_ORGANIZATION}),
                "cloudwatch",
                "cloudwatch.CompositeAlarm 'composite'",
            ),
            sealed(let_in("kms:Decrypt"), "cloudwatch", "cloudwatch.CompositeAlarm 'composite'"),
            sealed(let_in("kms:GenerateDataKey*"), "cloudwatch", "cloudwatch.CompositeAlarm 'composite'"),
        ],
        [
            ("topic-policy", POLICY, document({**allowed("", "sns:Publish"), "Principal": "*", "Condition": OF_OWN})),
            ("composite", "okActions", ["arn:aws:sns:eu-west-2:111111111111:other"]),
            ("composite", "okActions", GONE),
        ],
    ),
    StackExample(
        senders.SENDERS,
        [TOPIC.but(POLICY, let_in("sns:Publish")), ALARM],
        [
            BrokenStack(
                "topic",
                POLICY,
                let_in("sns:Publish", BOUND[1]),
                "topic",
                shut("", "cloudwatch", BY_ALARM).sentence,
            )
        ],
        [("topic", POLICY, GONE)],
    ),
]
