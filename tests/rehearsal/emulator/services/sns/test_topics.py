from typing import Any

import pytest

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.asking import ABSENT_ROLE, make_key, policy
from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator

_TOPIC = f"arn:aws:sns:{REGION}:{PROD}:alarms"


@pytest.fixture
def sns(emulator: Emulator) -> Any:
    """SNS of prod with one topic in it."""
    client = emulator.client("sns")
    client.create_topic(Name="alarms")
    return client


@pytest.mark.parametrize(
    "document", ["no json", "{}", policy(Principal={"AWS": ABSENT_ROLE}, Action="sns:Publish", Resource=_TOPIC)]
)
def test_fails_when_a_topic_policy_is_none_or_names_who_is_not_there(sns: Any, document: str) -> None:
    asked = {"TopicArn": _TOPIC, "AttributeName": "Policy", "AttributeValue": document}
    assert refusal(sns.set_topic_attributes, **asked) == "InvalidParameter"


def test_a_topic_policy_may_name_services_and_accounts(sns: Any) -> None:
    for principal in ({"Service": "backup.amazonaws.com"}, {"AWS": PROD}):
        document = policy(Principal=principal, Action="sns:Publish", Resource=_TOPIC)
        sns.set_topic_attributes(TopicArn=_TOPIC, AttributeName="Policy", AttributeValue=document)


def _encrypt(sns: Any, key: str) -> None:
    sns.set_topic_attributes(TopicArn=_TOPIC, AttributeName="KmsMasterKeyId", AttributeValue=key)


def test_a_message_is_published_under_a_key_that_works(emulator: Emulator, sns: Any) -> None:
    key = make_key(emulator)
    emulator.client("kms").create_alias(AliasName="alias/alarms", TargetKeyId=key)
    for name in ("", "alias/aws/sns", key, "alias/alarms"):
        _encrypt(sns, name)
        assert sns.publish(TopicArn=_TOPIC, Message="a job failed")["MessageId"]


def test_fails_when_a_message_is_published_under_a_key_that_does_not_work(emulator: Emulator, sns: Any) -> None:
    key, kms = make_key(emulator), emulator.client("kms")
    _encrypt(sns, "alias/absent")
    assert refusal(sns.publish, TopicArn=_TOPIC, Message="a job failed") == "KMSNotFound"
    _encrypt(sns, key)
    kms.disable_key(KeyId=key)
    assert refusal(sns.publish, TopicArn=_TOPIC, Message="a job failed") == "KMSDisabled"
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    assert refusal(sns.publish, TopicArn=_TOPIC, Message="a job failed") == "KMSInvalidState"


def _by_mail(**more: object) -> dict[str, object]:
    return {"TopicArn": _TOPIC, "Protocol": "email", "Endpoint": "ops@example.com"} | more


def test_a_subscription_by_mail_waits_for_its_confirmation(sns: Any) -> None:
    assert sns.subscribe(**_by_mail())["SubscriptionArn"] == "pending confirmation"
    [listed] = sns.list_subscriptions_by_topic(TopicArn=_TOPIC)["Subscriptions"]
    assert (listed["SubscriptionArn"], listed["Endpoint"]) == ("PendingConfirmation", "ops@example.com")
    assert sns.get_topic_attributes(TopicArn=_TOPIC)["Attributes"]["SubscriptionsPending"] == "1"


def test_a_subscription_by_mail_shows_its_arn_on_request(sns: Any) -> None:
    arn = sns.subscribe(**_by_mail(ReturnSubscriptionArn=True))["SubscriptionArn"]
    assert arn.startswith(f"{_TOPIC}:")
    shown = sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
    assert (shown["PendingConfirmation"], shown["ConfirmationWasAuthenticated"]) == ("true", "false")
    assert sns.subscribe(**_by_mail(ReturnSubscriptionArn=True))["SubscriptionArn"] == arn


def test_fails_when_what_waits_for_confirmation_is_cancelled(sns: Any) -> None:
    arn = sns.subscribe(**_by_mail(ReturnSubscriptionArn=True))["SubscriptionArn"]
    assert refusal(sns.unsubscribe, SubscriptionArn=arn) == "InvalidParameter"
    assert len(sns.list_subscriptions_by_topic(TopicArn=_TOPIC)["Subscriptions"]) == 1


def test_a_confirmed_subscription_can_be_cancelled(emulator: Emulator, sns: Any) -> None:
    emulator.client("sqs").create_queue(QueueName="alarms")
    queue = f"arn:aws:sqs:{REGION}:{PROD}:alarms"
    arn = sns.subscribe(TopicArn=_TOPIC, Protocol="sqs", Endpoint=queue)["SubscriptionArn"]
    sns.unsubscribe(SubscriptionArn=arn)
    assert sns.list_subscriptions_by_topic(TopicArn=_TOPIC)["Subscriptions"] == []


@pytest.mark.parametrize("address", ["ops", "ops@example", "two words@example.com"])
def test_fails_when_a_subscription_by_mail_has_no_address(sns: Any, address: str) -> None:
    assert refusal(sns.subscribe, **_by_mail(Endpoint=address)) == "InvalidParameter"
