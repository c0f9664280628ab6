"""Events that go to the bus of another account."""

from typing import Any, Final

import pytest

from tests.emulator_people import allow, make_role, trust
from tests.emulator_process import BACKUP, CI, PROD, REGION, Emulator
from tests.rehearsal.emulator.services.events.aiming import EVENTS, PATTERN, RULE, aim, dead_letter, put
from tests.rehearsal.emulator.services.signals import Queue, queue

pytestmark = pytest.mark.emulator

BUS: Final = f"arn:aws:events:{REGION}:{BACKUP}:event-bus/default"


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
