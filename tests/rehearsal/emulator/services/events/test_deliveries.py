"""Events that do not arrive at once: tried again, kept in a dead-letter queue, or lost."""

from typing import Any

import pytest

from tests.emulator_people import allow, make_role, trust
from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.events.aiming import EVENTS, RULE, aim, dead_letter, put
from tests.rehearsal.emulator.services.signals import HOUR, queue

pytestmark = pytest.mark.emulator


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
    emulator.advance(HOUR)
    assert len(heard.bodies()) == 1


def test_an_event_goes_to_the_dead_letter_queue_after_the_last_attempt(emulator: Emulator, events: Any) -> None:
    heard, lost = queue(emulator, "heard", EVENTS), queue(emulator, "lost", EVENTS)
    emulator.control("POST", "orders", {"service": "sqs", "operation": "SendMessage", "do": "throttle", "times": 9})
    retry = {"MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 3600}
    aim(events, Arn=heard.arn, RetryPolicy=retry, DeadLetterConfig={"Arn": lost.arn})
    put(events)
    emulator.advance(HOUR)
    [message] = lost.messages()
    attributes = {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
    assert attributes["EXHAUSTED_RETRY_CONDITION"] == "MaximumRetryAttempts"
    assert attributes["RETRY_ATTEMPTS"] == "2"
