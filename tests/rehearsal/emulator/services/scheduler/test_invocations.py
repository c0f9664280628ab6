"""What a schedule calls, as whom, and where goes what it could not call."""

import json
from typing import Any

import pytest

from tests.emulator_people import allow, deny, make_role, refuses, trust
from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.scheduler.scheduling import ITEM, PUT, SDK, create, ids, new_year, role, sending
from tests.rehearsal.emulator.services.signals import DAY, HOUR, MINUTE, Queue, queue, topic

pytestmark = pytest.mark.emulator


@pytest.mark.parametrize(
    "statements",
    [[], [allow("dynamodb:GetItem")], [allow("dynamodb:PutItem"), deny("dynamodb:PutItem")]],
    ids=["nothing", "another action", "an explicit deny"],
)
def test_a_universal_target_is_not_called_when_the_role_may_not(
    emulator: Emulator, scheduler: Any, table: Any, statements: list[dict[str, Any]]
) -> None:
    lost = queue(emulator, "lost")
    writer = role(emulator, *statements, allow("sqs:SendMessage"))
    target = {"Input": ITEM, "DeadLetterConfig": {"Arn": lost.arn}}
    create(scheduler, "rate(1 day)", PUT, writer, target=target)
    emulator.advance(MINUTE)
    assert ids(table) == []
    assert attributes(lost)["ERROR_CODE"] == "AccessDeniedException"


def test_names_are_taken_as_the_sdks_write_them(emulator: Emulator, scheduler: Any) -> None:
    heard = queue(emulator, "heard")
    given = {"MessageBody": "hello", "QueueUrl": heard.url}
    sender = role(emulator, allow("sqs:SendMessage"))
    create(scheduler, "rate(1 day)", f"{SDK}sqs:sendMessage", sender, target={"Input": json.dumps(given)})
    emulator.advance(MINUTE)
    assert [message["Body"] for message in heard.messages()] == ["hello"]


def test_a_target_with_wrong_parameters_goes_to_the_dead_letter_queue(
    emulator: Emulator, scheduler: Any, table: Any
) -> None:
    lost = queue(emulator, "lost")
    target = {"Input": '{"TableName": "absent", "Item": {"id": {"S": "1"}}}', "DeadLetterConfig": {"Arn": lost.arn}}
    arn = create(scheduler, "rate(1 day)", PUT, role(emulator, allow("*")), target=target)
    emulator.advance(MINUTE)
    found = attributes(lost)
    assert (found["ERROR_CODE"], found["SCHEDULE_ARN"], found["TARGET_ARN"]) == ("ResourceNotFoundException", arn, PUT)
    assert ids(table) == []


def test_nothing_reaches_a_dead_letter_queue_that_the_role_may_not_send_to(
    emulator: Emulator, scheduler: Any, table: Any
) -> None:
    lost = queue(emulator, "lost")
    target = {"Input": ITEM, "DeadLetterConfig": {"Arn": lost.arn}}
    create(scheduler, "rate(1 day)", PUT, role(emulator, allow("dynamodb:GetItem")), target=target)
    emulator.advance(MINUTE)
    assert (lost.messages(), ids(table)) == ([], [])


def test_a_call_that_is_throttled_is_tried_again_with_the_same_scheduled_time(
    emulator: Emulator, scheduler: Any, table: Any
) -> None:
    emulator.control("POST", "orders", {"service": "dynamodb", "operation": "PutItem", "do": "throttle", "times": 2})
    begin = new_year(emulator)
    create(scheduler, f"at({begin:%Y-%m-%dT%H:%M:%S})", PUT, role(emulator, allow("*")), target={"Input": ITEM})
    emulator.advance((begin - emulator.now()).total_seconds() + 1)
    assert ids(table) == []
    emulator.advance(HOUR)
    assert ids(table) == [f"{begin:%Y-%m-%dT%H:%M:%SZ}"]


def test_a_call_is_given_up_after_its_last_attempt(emulator: Emulator, scheduler: Any, table: Any) -> None:
    lost = queue(emulator, "lost")
    emulator.control("POST", "orders", {"service": "dynamodb", "operation": "PutItem", "do": "throttle", "times": 9})
    retry = {"MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 3600}
    target = {"Input": ITEM, "RetryPolicy": retry, "DeadLetterConfig": {"Arn": lost.arn}}
    create(scheduler, "rate(365 days)", PUT, role(emulator, allow("*")), target=target)
    emulator.advance(HOUR)
    found = attributes(lost)
    assert (found["EXHAUSTED_RETRY_CONDITION"], found["RETRY_ATTEMPTS"]) == ("MaximumRetryAttempts", "2")
    assert ids(table) == []


def test_a_role_that_stops_trusting_the_scheduler_ends_the_invocations(emulator: Emulator, scheduler: Any) -> None:
    heard = sending(emulator, scheduler, "cron(0 * * * ? *)")
    emulator.client("iam").update_assume_role_policy(
        RoleName="schedule", PolicyDocument=trust({"Service": "events.amazonaws.com"})
    )
    emulator.advance(DAY)
    assert heard.bodies() == []


def test_a_topic_is_a_target(emulator: Emulator, scheduler: Any) -> None:
    arn = topic(emulator, "orders", "events.amazonaws.com")
    heard = queue(emulator, "heard", "sns.amazonaws.com")
    emulator.client("sns").subscribe(TopicArn=arn, Protocol="sqs", Endpoint=heard.arn)
    create(scheduler, "rate(1 day)", arn, role(emulator, allow("sns:Publish")), target={"Input": "due"})
    emulator.advance(MINUTE)
    assert [body["Message"] for body in heard.bodies()] == ["due"]


def test_a_bus_is_a_target(emulator: Emulator, scheduler: Any) -> None:
    heard = queue(emulator, "heard", "events.amazonaws.com")
    events = emulator.client("events")
    events.put_rule(Name="orders", EventPattern='{"source": ["shop"]}')
    events.put_targets(Rule="orders", Targets=[{"Id": "queue", "Arn": heard.arn}])
    bus = f"arn:aws:events:{REGION}:{PROD}:event-bus/default"
    target = {"Input": '{"n": 1}', "EventBridgeParameters": {"Source": "shop", "DetailType": "order"}}
    create(scheduler, "rate(1 day)", bus, role(emulator, allow("events:PutEvents")), target=target)
    emulator.advance(MINUTE)
    assert [event["detail"] for event in heard.bodies()] == [{"n": 1}]


def test_fails_when_a_role_is_handed_over_without_pass_role(emulator: Emulator) -> None:
    target_role = role(emulator, allow("sqs:SendMessage"))
    person = make_role(emulator, "person", allow("scheduler:*"))
    with refuses("AccessDeniedException"):
        create(emulator.client("scheduler", role_arn=person), "rate(1 day)", f"{SDK}sqs:sendMessage", target_role)


def test_a_role_that_a_schedule_disarms_is_judged_anew_by_the_next_one(
    emulator: Emulator, scheduler: Any, table: Any
) -> None:
    writer = role(emulator, allow("dynamodb:PutItem"), name="writer")
    disarming = role(emulator, allow("iam:DeleteRolePolicy"), name="disarming")
    create(scheduler, "cron(30 2 1 1 ? *)", PUT, writer, target={"Input": ITEM})
    given = {"Input": '{"RoleName": "writer", "PolicyName": "test"}'}
    year = new_year(emulator).year
    once = f"at({year}-06-01T00:00:00)"
    create(scheduler, once, f"{SDK}iam:deleteRolePolicy", disarming, target=given, Name="disarm")
    emulator.advance(4 * 365 * DAY)
    assert ids(table)[-1] == f"{year}-01-01T02:30:00Z"


def attributes(lost: Queue) -> dict[str, str]:
    """Return the attributes of the one message in a dead-letter queue."""
    [message] = lost.messages()
    return {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
