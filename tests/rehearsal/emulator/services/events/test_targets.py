"""Who gets an event, by whose leave."""

import json
from typing import Any

import pytest

from tests.emulator_people import allow, make_role, trust
from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.events.aiming import EVENTS, RULE, aim, put
from tests.rehearsal.emulator.services.signals import allowing, encrypt, queue, subscribed, topic

pytestmark = pytest.mark.emulator


def for_events(**more: object) -> dict[str, object]:
    """A statement of a key's policy for EventBridge."""
    actions = ["kms:GenerateDataKey*", "kms:Decrypt"]
    return {"Effect": "Allow", "Principal": {"Service": EVENTS}, "Action": actions, "Resource": "*", **more}


def test_a_queue_gets_the_event_when_its_policy_lets_the_rule(emulator: Emulator, events: Any) -> None:
    heard = queue(emulator, "heard", EVENTS, condition={"ArnEquals": {"aws:SourceArn": RULE}})
    aim(events, Arn=heard.arn)
    put(events)
    [event] = heard.bodies()
    assert (event["source"], event["detail-type"], event["detail"], event["account"]) == (
        "shop",
        "order",
        {"n": 1},
        PROD,
    )


@pytest.mark.parametrize("services", [(), ("sns.amazonaws.com",)])
def test_an_event_is_lost_when_the_queue_s_policy_does_not_let_eventbridge(
    emulator: Emulator, events: Any, services: tuple[str, ...]
) -> None:
    heard = queue(emulator, "heard", *services)
    aim(events, Arn=heard.arn)
    put(events)
    assert heard.bodies() == []


def test_an_event_is_lost_when_the_queue_s_policy_names_another_rule(emulator: Emulator, events: Any) -> None:
    heard = queue(emulator, "heard", EVENTS, condition={"ArnEquals": {"aws:SourceArn": f"{RULE}-other"}})
    aim(events, Arn=heard.arn)
    put(events)
    assert heard.bodies() == []


def test_a_topic_gets_the_event_when_its_policy_lets_eventbridge_without_a_condition(
    emulator: Emulator, events: Any
) -> None:
    arn = topic(emulator, "orders", EVENTS)
    heard = subscribed(emulator, arn)
    aim(events, Arn=arn)
    put(events)
    assert [event["detail"] for event in heard.notifications()] == [{"n": 1}]


def test_an_event_is_lost_when_the_topic_s_policy_has_a_condition_for_eventbridge(
    emulator: Emulator, events: Any
) -> None:
    arn = topic(emulator, "orders", EVENTS, condition={"StringEquals": {"aws:SourceAccount": PROD}})
    heard = subscribed(emulator, arn)
    aim(events, Arn=arn)
    put(events)
    assert heard.bodies() == []


def test_an_encrypted_topic_gets_the_event_when_its_key_lets_eventbridge(emulator: Emulator, events: Any) -> None:
    arn = topic(emulator, "orders", EVENTS)
    heard = subscribed(emulator, arn)
    encrypt(emulator, arn, for_events())
    aim(events, Arn=arn)
    put(events)
    assert len(heard.bodies()) == 1


@pytest.mark.parametrize(
    "statements", [[], [for_events(Condition={"StringEquals": {"aws:SourceAccount": PROD}})]], ids=["none", "condition"]
)
def test_an_event_is_lost_when_the_topic_s_key_does_not_let_eventbridge(
    emulator: Emulator, events: Any, statements: list[object]
) -> None:
    arn = topic(emulator, "orders", EVENTS)
    heard = subscribed(emulator, arn)
    encrypt(emulator, arn, *statements)
    aim(events, Arn=arn)
    put(events)
    assert heard.bodies() == []


def test_a_role_of_the_target_takes_the_place_of_the_queue_s_policy(emulator: Emulator, events: Any) -> None:
    heard = queue(emulator, "heard")
    role = make_role(emulator, "sender", allow("sqs:SendMessage"), trusts=trust({"Service": EVENTS}))
    aim(events, Arn=heard.arn, RoleArn=role)
    put(events)
    assert len(heard.bodies()) == 1


def test_a_log_group_gets_the_event_when_a_policy_of_its_account_lets_eventbridge(
    emulator: Emulator, events: Any
) -> None:
    logs = emulator.client("logs")
    logs.create_log_group(logGroupName="/aws/events/orders")
    group = f"arn:aws:logs:{REGION}:{PROD}:log-group:/aws/events/orders"
    aim(events, Arn=group)
    put(events)
    assert logs.describe_log_streams(logGroupName="/aws/events/orders")["logStreams"] == []
    document = json.loads(allowing(f"{group}:*", "logs:PutLogEvents", EVENTS))
    document["Statement"][0]["Action"] = ["logs:PutLogEvents", "logs:CreateLogStream"]
    logs.put_resource_policy(policyName="events", policyDocument=json.dumps(document))
    put(events)
    [line] = logs.filter_log_events(logGroupName="/aws/events/orders")["events"]
    assert json.loads(line["message"])["detail"] == {"n": 1}
