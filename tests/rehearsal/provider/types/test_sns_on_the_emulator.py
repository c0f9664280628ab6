import json
from typing import Any

import pytest

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.provider.driver import CallFailedError, Driver
from tests.rehearsal.provider.journey import Journey

pytestmark = pytest.mark.emulator

TOPIC = "aws:sns/topic:Topic"
POLICY = "aws:sns/topicPolicy:TopicPolicy"
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"
ROLE = f"arn:aws:iam::{PROD}:role/strongroom-feedback"


def policy(topic: str, service: str = "backup.amazonaws.com") -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sns:Publish", "Resource": topic}
    return {"Version": "2012-10-17", "Statement": [statement]}


def test_a_topic_lives(provider: Driver) -> None:
    retries = {"http": {"defaultHealthyRetryPolicy": {"minDelayTarget": 5, "maxDelayTarget": 20, "numRetries": 3}}}
    name = "strongroom-prod-alarms"
    Journey(
        TOPIC,
        {"name": name, "kmsMasterKeyId": "alias/strongroom/prod/alarms", "tags": {"owner": "platform"}},
        changes=(
            {"kmsMasterKeyId": "alias/aws/sns", "displayName": "Strongroom"},
            {"tags": {"owner": "data"}},
            {"policy": json.dumps(policy(f"arn:aws:sns:{REGION}:{PROD}:{name}"))},
            {"deliveryPolicy": json.dumps(retries), "signatureVersion": 2, "tracingConfig": "Active"},
            {
                "httpSuccessFeedbackRoleArn": ROLE,
                "httpFailureFeedbackRoleArn": ROLE,
                "httpSuccessFeedbackSampleRate": 10,
            },
            {"displayName": None, "httpSuccessFeedbackSampleRate": None},
        ),
    ).travel(provider)


def test_a_first_in_first_out_topic_lives(provider: Driver) -> None:
    Journey(
        TOPIC,
        {"name": "strongroom-prod.fifo", "fifoTopic": True, "fifoThroughputScope": "Topic"},
        changes=({"contentBasedDeduplication": True},),
    ).travel(provider)


def test_fails_when_the_topic_exists_though_sns_would_hand_it_out(provider: Driver, emulator: Emulator) -> None:
    emulator.client("sns").create_topic(Name="strongroom-taken")
    with pytest.raises(CallFailedError, match=r"SNS Topic \(strongroom-taken\) already exists"):
        provider.create(TOPIC, "taken", {"name": "strongroom-taken"})


def test_a_policy_lives_and_leaves_the_default_behind(provider: Driver, emulator: Emulator) -> None:
    topic = emulator.client("sns").create_topic(Name="strongroom-judged")["TopicArn"]
    Journey(
        POLICY,
        {"arn": topic, "policy": json.dumps(policy(topic))},
        changes=({"policy": policy(topic, "events.amazonaws.com")},),
        survives_delete=True,
    ).travel(provider)
    left = emulator.client("sns").get_topic_attributes(TopicArn=topic)["Attributes"]["Policy"]
    assert json.loads(left)["Statement"][0]["Condition"] == {"StringEquals": {"AWS:SourceOwner": PROD}}


def test_a_subscription_lives(provider: Driver, emulator: Emulator) -> None:
    topic = emulator.client("sns").create_topic(Name="strongroom-heard")["TopicArn"]
    emulator.client("sqs").create_queue(QueueName="strongroom-ears")
    queue = f"arn:aws:sqs:{REGION}:{PROD}:strongroom-ears"
    Journey(
        SUBSCRIPTION,
        {"topic": topic, "protocol": "sqs", "endpoint": queue},
        changes=(
            {"rawMessageDelivery": True},
            {"filterPolicy": json.dumps({"state": ["FAILED"]}), "filterPolicyScope": "MessageBody"},
            {"filterPolicyScope": "MessageAttributes"},
            {"redrivePolicy": json.dumps({"deadLetterTargetArn": queue})},
            {"rawMessageDelivery": False},
        ),
        unreadable=frozenset({"confirmationTimeoutInMinutes"}),
    ).travel(provider)


def test_an_email_stays_pending_and_cannot_be_taken_back(provider: Driver, emulator: Emulator) -> None:
    topic = emulator.client("sns").create_topic(Name="strongroom-mailed")["TopicArn"]
    given = {"topic": topic, "protocol": "email", "endpoint": "ops@example.com"}
    made = provider.create(SUBSCRIPTION, "mail", given)
    assert made.state["pendingConfirmation"] is True
    provider.delete(made)
    listed = emulator.client("sns").list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    assert [one["Endpoint"] for one in listed] == ["ops@example.com"]
