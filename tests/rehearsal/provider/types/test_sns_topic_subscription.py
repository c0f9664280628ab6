from collections.abc import Generator
from typing import Any

import pytest

from rehearsal.provider.errors import ProviderError
from rehearsal.provider.schema import Update
from rehearsal.provider.types import sns_topic_subscription as subscription
from tests.rehearsal.provider.driver import Driver, InputsRefusedError, Resource, driving
from tests.rehearsal.provider.fakes import client_error, clients
from tests.rehearsal.provider.stubbed import ACCOUNT, REGION, World

TOKEN = "aws:sns/topicSubscription:TopicSubscription"
TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:t"
ARN = f"{TOPIC}:1"
PENDING = "Invalid parameter: SubscriptionArn Reason: Cannot unsubscribe a subscription that is pending confirmation"


@pytest.fixture(scope="module")
def provider() -> Generator[Driver]:
    with driving(lambda _profile, _region: clients(), region=REGION) as driver:
        yield driver


def given(protocol: str, **more: Any) -> dict[str, Any]:
    return {"topic": TOPIC, "protocol": protocol, "endpoint": "e", "confirmationTimeoutInMinutes": 1, **more}


def tells(world: World, pending: str) -> None:
    answer = {"Attributes": {"PendingConfirmation": pending}}
    world.expect("sns", "get_subscription_attributes", {"SubscriptionArn": ARN}, answer)


def test_a_create_subscribes_with_all_attributes() -> None:
    world = World()
    sent = {
        "TopicArn": TOPIC,
        "Protocol": "sqs",
        "Endpoint": "e",
        "Attributes": {"RawMessageDelivery": "true", "FilterPolicy": '{"a":[1]}'},
        "ReturnSubscriptionArn": True,
    }
    world.expect("sns", "subscribe", sent, {"SubscriptionArn": ARN})
    asked = given("sqs", rawMessageDelivery=True, filterPolicy='{ "a": [1] }')
    assert subscription.create(world.context(), asked) == ARN
    world.done()


@pytest.mark.parametrize("protocol", ["email", "email-json", "http", "https"])
def test_what_a_person_confirms_is_not_waited_for(protocol: str) -> None:
    world = World()
    subscription.settle(world.context(), ARN, given(protocol))
    world.done()


@pytest.mark.parametrize("asked", [given("sqs"), given("https", endpointAutoConfirms=True)])
def test_what_confirms_itself_is_waited_for(asked: dict[str, Any]) -> None:
    world = World()
    tells(world, "true")
    tells(world, "false")
    subscription.settle(world.context(), ARN, asked)
    assert world.clock.slept == [0.1]
    world.done()


@pytest.mark.parametrize(("asked", "seconds"), [(given("sqs"), 120), (given("https", endpointAutoConfirms=True), 60)])
def test_fails_when_nothing_confirms(asked: dict[str, Any], seconds: int) -> None:
    world = World()
    for _ in range(30):
        tells(world, "true")
    with pytest.raises(ProviderError, match="timeout while waiting"):
        subscription.settle(world.context(), ARN, asked)
    assert seconds <= world.clock.now < seconds + 20


@pytest.mark.parametrize(
    ("scope", "order"),
    [
        ("MessageBody", ["FilterPolicyScope", "FilterPolicy"]),
        ("MessageAttributes", ["FilterPolicy", "FilterPolicyScope"]),
    ],
)
def test_the_scope_is_written_where_it_fits_the_filter(scope: str, order: list[str]) -> None:
    world = World()
    values = {"FilterPolicyScope": scope, "FilterPolicy": '{"a":[1]}'}
    for name in order:
        sent = {"SubscriptionArn": ARN, "AttributeName": name, "AttributeValue": values[name]}
        world.expect("sns", "set_subscription_attributes", sent, {})
    new = given("sqs", filterPolicy='{"a": [1]}', filterPolicyScope=scope)
    change = Update(id=ARN, old={}, new=new, changed=frozenset({"filterPolicy", "filterPolicyScope"}))
    subscription.update(world.context(), change)
    world.done()


def test_a_delete_waits_until_the_subscription_is_no_longer_seen() -> None:
    world = World()
    world.expect("sns", "unsubscribe", {"SubscriptionArn": ARN}, {})
    seen = {"Attributes": {"SubscriptionArn": ARN}}
    world.expect("sns", "get_subscription_attributes", {"SubscriptionArn": ARN}, seen)
    world.refuse("sns", "get_subscription_attributes", "NotFound", status=404)
    subscription.delete(world.context(), ARN, {})
    assert world.clock.slept == [0.1]
    world.done()


@pytest.mark.parametrize(
    ("code", "message", "ignored"),
    [("InvalidParameter", PENDING, True), ("InvalidParameter", "other", False), ("NotFound", "no", True)],
)
def test_a_pending_one_counts_as_deleted(code: str, message: str, ignored: bool) -> None:
    assert subscription.TYPE.delete_ignores is not None
    assert subscription.TYPE.delete_ignores(client_error(code, message)) is ignored


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"protocol": "pigeon"}, "to be one of"),
        ({"topic": "t"}, "invalid ARN"),
        ({"filterPolicyScope": "MessageBody"}, "filter_policy is required when filter_policy_scope is set"),
        ({"filterPolicy": "no json"}, "invalid JSON"),
    ],
)
def test_fails_when_a_value_is_not_allowed(provider: Driver, more: dict[str, Any], says: str) -> None:
    with pytest.raises(InputsRefusedError, match=says):
        provider.check(TOKEN, "s", {**given("sqs"), **more})


@pytest.mark.parametrize(("name", "value"), [("topic", f"{TOPIC}2"), ("protocol", "lambda"), ("endpoint", "f")])
def test_where_it_goes_replaces(provider: Driver, name: str, value: str) -> None:
    inputs = provider.check(TOKEN, "s", given("sqs"))
    made = Resource(TOKEN, "s", ARN, inputs, inputs)
    assert provider.diff(made, {**given("sqs"), name: value}).replaces == [name]
