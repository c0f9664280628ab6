import json
from typing import Any, Final

import pytest

from tests.emulator_people import allow, make_role, trust
from tests.emulator_process import BACKUP, CI, PROD, REGION, Emulator
from tests.rehearsal.emulator.services.asking import make_key
from tests.rehearsal.emulator.services.signals import HOUR, Queue, advance, allowing, queue, subscribed, topic

pytestmark = pytest.mark.emulator

EVENTS: Final = "events.amazonaws.com"
PATTERN: Final = json.dumps({"source": ["shop"]})
RULE: Final = f"arn:aws:events:{REGION}:{PROD}:rule/orders"
BUS: Final = f"arn:aws:events:{REGION}:{BACKUP}:event-bus/default"


@pytest.fixture
def events(emulator: Emulator) -> Any:
    """EventBridge of prod."""
    return emulator.client("events")


def aim(events: Any, **target: object) -> None:
    """Make the rule of orders with one target."""
    events.put_rule(Name="orders", EventPattern=PATTERN)
    events.put_targets(Rule="orders", Targets=[{"Id": "target", **target}])


def put(events: Any, **changes: object) -> Any:
    """Put one event of the shop."""
    entry = {"Source": "shop", "DetailType": "order", "Detail": '{"n": 1}', **changes}
    return events.put_events(Entries=[entry])["Entries"][0]


def encrypt(emulator: Emulator, arn: str, *statements: object) -> None:
    """Encrypt a topic under a key whose policy has statements besides the account's own."""
    kms, key = emulator.client("kms"), make_key(emulator)
    own = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{PROD}:root"}, "Action": "kms:*", "Resource": "*"}
    kms.put_key_policy(KeyId=key, Policy=json.dumps({"Version": "2012-10-17", "Statement": [own, *statements]}))
    emulator.client("sns").set_topic_attributes(TopicArn=arn, AttributeName="KmsMasterKeyId", AttributeValue=key)


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


@pytest.mark.parametrize(
    ("statement", "trusted", "code"),
    [
        (allow("sqs:ReceiveMessage"), EVENTS, "NO_PERMISSIONS"),
        (allow("sqs:SendMessage"), "scheduler.amazonaws.com", "FAILED_TO_ASSUME_ROLE"),
    ],
)
def test_an_event_goes_to_the_dead_letter_queue_when_the_role_may_not(
    emulator: Emulator, events: Any, statement: dict[str, Any], trusted: str, code: str
) -> None:
    heard, lost = queue(emulator, "heard"), queue(emulator, "lost", EVENTS)
    role = make_role(emulator, "sender", statement, trusts=trust({"Service": trusted}))
    aim(events, Arn=heard.arn, RoleArn=role, DeadLetterConfig={"Arn": lost.arn})
    put(events)
    assert heard.bodies() == []
    assert dead_letter(lost) == (code, RULE, heard.arn)


def test_an_event_goes_to_the_dead_letter_queue_when_the_target_is_gone(emulator: Emulator, events: Any) -> None:
    lost = queue(emulator, "lost", EVENTS)
    absent = f"arn:aws:sqs:{REGION}:{PROD}:absent"
    aim(events, Arn=absent, DeadLetterConfig={"Arn": lost.arn})
    put(events)
    assert dead_letter(lost) == ("NO_RESOURCE", RULE, absent)


def test_an_event_is_lost_when_the_dead_letter_queue_s_policy_does_not_let_eventbridge(
    emulator: Emulator, events: Any
) -> None:
    lost = queue(emulator, "lost")
    aim(events, Arn=f"arn:aws:sqs:{REGION}:{PROD}:absent", DeadLetterConfig={"Arn": lost.arn})
    put(events)
    assert lost.messages() == []


def test_an_event_is_tried_again_until_the_target_is_back(emulator: Emulator, events: Any) -> None:
    heard = queue(emulator, "heard", EVENTS)
    emulator.control("POST", "orders", {"service": "sqs", "operation": "SendMessage", "do": "throttle", "times": 3})
    aim(events, Arn=heard.arn)
    put(events)
    assert heard.bodies() == []
    advance(emulator, HOUR)
    assert len(heard.bodies()) == 1


def test_an_event_goes_to_the_dead_letter_queue_after_the_last_attempt(emulator: Emulator, events: Any) -> None:
    heard, lost = queue(emulator, "heard", EVENTS), queue(emulator, "lost", EVENTS)
    emulator.control("POST", "orders", {"service": "sqs", "operation": "SendMessage", "do": "throttle", "times": 9})
    retry = {"MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 3600}
    aim(events, Arn=heard.arn, RetryPolicy=retry, DeadLetterConfig={"Arn": lost.arn})
    put(events)
    advance(emulator, HOUR)
    [message] = lost.messages()
    attributes = {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
    assert attributes["EXHAUSTED_RETRY_CONDITION"] == "MaximumRetryAttempts"
    assert attributes["RETRY_ATTEMPTS"] == "2"


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


def test_fails_when_an_event_claims_to_be_of_an_aws_service(events: Any) -> None:
    assert put(events, Source="aws.backup")["ErrorCode"] == "NotAuthorizedForSourceException"


@pytest.mark.parametrize("change", [{"Detail": "{"}, {"Detail": "[1]"}])
def test_fails_when_the_detail_of_an_event_is_no_json_object(events: Any, change: dict[str, str]) -> None:
    assert put(events, **change)["ErrorCode"] == "MalformedDetail"


@pytest.mark.parametrize("absent", ["Source", "DetailType", "Detail"])
def test_fails_when_an_event_lacks_what_every_event_has(events: Any, absent: str) -> None:
    assert put(events, **{absent: ""})["ErrorCode"] == "InvalidArgument"


def dead_letter(lost: Queue) -> tuple[str, str, str]:
    """Return the error code, the rule and the target of the one message in a dead-letter queue."""
    [message] = lost.messages()
    attributes = {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
    return attributes["ERROR_CODE"], attributes["RULE_ARN"], attributes["TARGET_ARN"]


def open_the_bus(emulator: Emulator, principal: str = PROD) -> None:
    """Let an account put events on the backup account's bus."""
    emulator.client("events", account=BACKUP).put_permission(
        Principal=principal, StatementId="sources", Action="events:PutEvents"
    )


def listen_on_the_bus(emulator: Emulator) -> Queue:
    """Make a rule on the backup account's bus that hears of orders."""
    heard = queue(emulator, "heard", EVENTS, account=BACKUP)
    receiver = emulator.client("events", account=BACKUP)
    receiver.put_rule(Name="received", EventPattern=PATTERN)
    receiver.put_targets(Rule="received", Targets=[{"Id": "queue", "Arn": heard.arn}])
    return heard


def forwarder(emulator: Emulator, *statements: dict[str, Any]) -> str:
    """Make a role of prod that forwards events."""
    return make_role(emulator, "forwarder", *statements, trusts=trust({"Service": EVENTS}))


def test_a_bus_of_another_account_gets_the_event_when_its_policy_and_the_role_allow_it(
    emulator: Emulator, events: Any
) -> None:
    open_the_bus(emulator)
    heard = listen_on_the_bus(emulator)
    aim(events, Arn=BUS, RoleArn=forwarder(emulator, allow("events:PutEvents", BUS)))
    put(events)
    [event] = heard.bodies()
    assert (event["account"], event["detail"]) == (PROD, {"n": 1})


def test_an_event_does_not_arrive_when_the_other_account_s_bus_does_not_let_the_sender(
    emulator: Emulator, events: Any
) -> None:
    open_the_bus(emulator, CI)
    heard, lost = listen_on_the_bus(emulator), queue(emulator, "lost", EVENTS)
    role = forwarder(emulator, allow("events:PutEvents", BUS))
    aim(events, Arn=BUS, RoleArn=role, DeadLetterConfig={"Arn": lost.arn})
    put(events)
    assert heard.bodies() == []
    assert dead_letter(lost) == ("NO_PERMISSIONS", RULE, BUS)


def test_an_event_does_not_arrive_when_the_role_may_not_put_events(emulator: Emulator, events: Any) -> None:
    open_the_bus(emulator)
    heard = listen_on_the_bus(emulator)
    aim(events, Arn=BUS, RoleArn=forwarder(emulator, allow("events:PutRule", BUS)))
    put(events)
    assert heard.bodies() == []


def test_fails_when_a_bus_of_another_account_is_aimed_at_without_a_role(events: Any) -> None:
    with pytest.raises(events.exceptions.ClientError, match="RoleArn is required"):
        aim(events, Arn=BUS)


def test_an_event_is_not_forwarded_a_second_time(emulator: Emulator, events: Any) -> None:
    open_the_bus(emulator)
    listen_on_the_bus(emulator)
    lost = queue(emulator, "lost", EVENTS, account=BACKUP)
    back = f"arn:aws:events:{REGION}:{CI}:event-bus/default"
    role = make_role(
        emulator, "forwarder", allow("events:PutEvents"), account=BACKUP, trusts=trust({"Service": EVENTS})
    )
    target = {"Id": "next", "Arn": back, "RoleArn": role, "DeadLetterConfig": {"Arn": lost.arn}}
    emulator.client("events", account=BACKUP).put_targets(Rule="received", Targets=[target])
    aim(events, Arn=BUS, RoleArn=forwarder(emulator, allow("events:PutEvents", BUS)))
    put(events)
    assert dead_letter(lost)[0] == "THIRD_ACCOUNT_HOP_DETECTED"


def test_events_can_be_put_on_another_account_s_bus_that_allows_it(emulator: Emulator, events: Any) -> None:
    open_the_bus(emulator)
    heard = listen_on_the_bus(emulator)
    put(events, EventBusName=BUS)
    assert [event["account"] for event in heard.bodies()] == [PROD]


def test_fails_when_events_are_put_on_another_account_s_bus_that_does_not_allow_it(
    emulator: Emulator, events: Any
) -> None:
    open_the_bus(emulator, CI)
    with pytest.raises(events.exceptions.ClientError, match="not authorized to perform: events:PutEvents"):
        put(events, EventBusName=BUS)
