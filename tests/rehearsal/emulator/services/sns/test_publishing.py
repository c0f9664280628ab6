import json
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from tests.emulator_people import allow, make_role, refuses
from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.asking import make_key
from tests.rehearsal.emulator.services.signals import DAY, queue, subscribed

pytestmark = pytest.mark.emulator

TOPIC: Final = f"arn:aws:sns:{REGION}:{PROD}:alarms"


@pytest.fixture
def sns(emulator: Emulator) -> Any:
    """SNS of prod, with a topic."""
    client = emulator.client("sns")
    client.create_topic(Name="alarms")
    return client


def state(value: str) -> dict[str, object]:
    """Message attributes as AWS Backup sends them."""
    return {"State": {"DataType": "String", "StringValue": value}}


def lets_sns(action: str = "kms:GenerateDataKey*") -> dict[str, object]:
    """A statement of a key's policy for SNS."""
    actions = [action, "kms:Decrypt"]
    return {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": actions, "Resource": "*"}


def key(emulator: Emulator, *statements: object) -> str:
    """Make a key whose policy has statements besides the account's own."""
    made = make_key(emulator)
    own = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{PROD}:root"}, "Action": "kms:*", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [own, *statements]})
    emulator.client("kms").put_key_policy(KeyId=made, Policy=document)
    return made


def test_a_filter_policy_lets_messages_with_the_wanted_attributes_through(emulator: Emulator, sns: Any) -> None:
    heard = subscribed(emulator, TOPIC, FilterPolicy=json.dumps({"State": ["FAILED", "EXPIRED"]}))
    for said in ("COMPLETED", "FAILED", "EXPIRED"):
        sns.publish(TopicArn=TOPIC, Message=f'"{said}"', MessageAttributes=state(said))
    sns.publish(TopicArn=TOPIC, Message='"nothing"')
    bodies = heard.bodies()
    assert [body["Message"] for body in bodies] == ['"FAILED"', '"EXPIRED"']
    assert bodies[0]["MessageAttributes"] == {"State": {"Type": "String", "Value": "FAILED"}}


def test_a_message_is_stamped_with_the_emulator_s_time(emulator: Emulator, sns: Any) -> None:
    heard = subscribed(emulator, TOPIC)
    emulator.advance(400 * DAY)
    sns.publish(TopicArn=TOPIC, Message='"hello"')
    [body] = heard.bodies()
    assert abs(datetime.fromisoformat(body["Timestamp"]) - emulator.now()) < timedelta(minutes=1)


def test_nothing_reaches_a_queue_whose_policy_does_not_let_sns(emulator: Emulator, sns: Any) -> None:
    heard = queue(emulator, "heard", "events.amazonaws.com")
    sns.subscribe(TopicArn=TOPIC, Protocol="sqs", Endpoint=heard.arn)
    sns.publish(TopicArn=TOPIC, Message='"hello"')
    assert heard.bodies() == []


@pytest.mark.parametrize("is_let", [True, False])
def test_an_encrypted_queue_hears_when_its_key_lets_sns(emulator: Emulator, sns: Any, is_let: bool) -> None:
    heard = subscribed(emulator, TOPIC)
    made = key(emulator, lets_sns() if is_let else lets_sns("kms:DescribeKey"))
    heard.sqs.set_queue_attributes(QueueUrl=heard.url, Attributes={"KmsMasterKeyId": made})
    sns.publish(TopicArn=TOPIC, Message='"hello"')
    assert len(heard.bodies()) == int(is_let)


def test_a_publisher_of_an_encrypted_topic_may_use_its_key(emulator: Emulator, sns: Any) -> None:
    sns.set_topic_attributes(TopicArn=TOPIC, AttributeName="KmsMasterKeyId", AttributeValue=key(emulator))
    role = make_role(emulator, "publisher", allow(["sns:Publish", "kms:GenerateDataKey", "kms:Decrypt"]))
    assert emulator.client("sns", role_arn=role).publish(TopicArn=TOPIC, Message="hello")["MessageId"]


def test_fails_when_a_publisher_may_not_use_the_key_of_a_topic(emulator: Emulator, sns: Any) -> None:
    sns.set_topic_attributes(TopicArn=TOPIC, AttributeName="KmsMasterKeyId", AttributeValue=key(emulator))
    role = make_role(emulator, "publisher", allow(["sns:Publish", "kms:Decrypt"]))
    with refuses("KMSAccessDenied"):
        emulator.client("sns", role_arn=role).publish(TopicArn=TOPIC, Message="hello")


def test_an_address_hears_nothing_before_it_has_confirmed(sns: Any) -> None:
    sns.subscribe(TopicArn=TOPIC, Protocol="email", Endpoint="ops@example.com")
    [subscription] = sns.list_subscriptions_by_topic(TopicArn=TOPIC)["Subscriptions"]
    assert subscription["SubscriptionArn"] == "PendingConfirmation"
    attributes = sns.get_topic_attributes(TopicArn=TOPIC)["Attributes"]
    assert (attributes["SubscriptionsPending"], attributes["SubscriptionsConfirmed"]) == ("1", "0")
