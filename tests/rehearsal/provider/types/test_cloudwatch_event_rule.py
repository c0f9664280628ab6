from collections.abc import Generator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal.provider.schema import TagChange, Update
from rehearsal.provider.types import cloudwatch_event_rule as rules
from tests.rehearsal.provider.driver import Driver, InputsRefusedError, Resource, driving
from tests.rehearsal.provider.fakes import clients
from tests.rehearsal.provider.stubbed import REGION, World

RULE = "aws:cloudwatch/eventRule:EventRule"
BUS_ARN = f"arn:aws:events:{REGION}:111111111111:event-bus/b"
ARN = f"arn:aws:events:{REGION}:111111111111:rule/r"
GIVEN: dict[str, Any] = {"name": "r", "eventBusName": "default", "eventPattern": '{ "source": [] }', "tagsAll": {}}
SENT: dict[str, Any] = {"Name": "r", "EventBusName": "default", "EventPattern": '{"source":[]}'}
DESCRIBED: dict[str, Any] = {"Name": "r", "Arn": ARN, "State": "ENABLED"}


@pytest.fixture(scope="module")
def provider() -> Generator[Driver]:
    with driving(lambda _profile, _region: clients(), region=REGION) as driver:
        yield driver


@pytest.mark.parametrize(
    ("more", "sent"),
    [
        ({}, {}),
        ({"state": "DISABLED"}, {"State": "DISABLED"}),
        ({"isEnabled": False}, {"State": "DISABLED"}),
        ({"isEnabled": True}, {"State": "ENABLED"}),
        ({"tagsAll": {"a": "1"}}, {"Tags": [{"Key": "a", "Value": "1"}]}),
    ],
)
def test_the_state_is_sent_only_when_the_program_sets_it(more: dict[str, Any], sent: dict[str, Any]) -> None:
    world = World()
    world.expect("events", "put_rule", {**SENT, **sent}, {})
    assert rules.create(world.context(), {**GIVEN, **more}) == "r"
    world.expect("events", "put_rule", {**SENT, **sent}, {})
    change = Update(id="r", old={"state": "DISABLED"}, new={**GIVEN, **more}, changed=frozenset())
    rules.update(world.context(), change)
    world.done()


def test_a_role_that_was_just_made_is_waited_for() -> None:
    world = World()
    world.refuse("events", "put_rule", "ValidationException", "role r cannot be assumed by principal events")
    world.expect("events", "put_rule", SENT, {})
    rules.create(world.context(), GIVEN)
    assert world.clock.slept == [0.1]


def test_fails_at_once_when_the_rule_is_wrong() -> None:
    world = World()
    world.refuse("events", "put_rule", "ValidationException", "bad pattern")
    with pytest.raises(ClientError):
        rules.create(world.context(), GIVEN)
    assert world.clock.slept == []


@pytest.mark.parametrize(
    ("bus", "resource_id"),
    [("default", "r"), ("b", "b/r"), (BUS_ARN, f"{BUS_ARN}/r"), ("aws.partner/x/y", "aws.partner/x/y/r")],
)
def test_the_id_holds_the_bus_unless_it_is_the_default(bus: str, resource_id: str) -> None:
    world = World()
    world.expect("events", "put_rule", {**SENT, "EventBusName": bus}, {})
    assert rules.create(world.context(), {**GIVEN, "eventBusName": bus}) == resource_id
    assert rules.split(resource_id) == (bus, "r")
    imported = rules.imported(resource_id)
    assert imported.id == resource_id
    assert imported.known == {"eventBusName": bus, "name": "r"}


def test_a_create_waits_until_the_rule_is_seen() -> None:
    world = World()
    world.refuse("events", "describe_rule", "ResourceNotFoundException")
    world.expect("events", "describe_rule", {"Name": "r", "EventBusName": "default"}, DESCRIBED)
    rules.settle(world.context(), "r", GIVEN)
    assert world.clock.slept == [0.1]


@pytest.mark.parametrize(("found", "told"), [({}, "old"), ({"EventPattern": "new"}, "new")])
def test_a_pattern_removed_by_hand_is_not_noticed(found: dict[str, Any], told: str) -> None:
    world = World()
    world.expect("events", "describe_rule", {"Name": "r", "EventBusName": "default"}, {**DESCRIBED, **found})
    world.expect("events", "list_tags_for_resource", {"ResourceARN": ARN}, {"Tags": []})
    read = rules.read(world.context(), "r", {"eventPattern": "old"})
    assert read["eventPattern"] == told
    assert (read["state"], read["isEnabled"]) == ("ENABLED", True)


@pytest.mark.parametrize(("state", "more"), [({}, {}), ({"forceDestroy": True}, {"Force": True})])
def test_a_delete_waits_for_the_targets_to_go(state: dict[str, Any], more: dict[str, Any]) -> None:
    world = World()
    world.refuse("events", "delete_rule", "ValidationException", "Rule can't be deleted since it has targets.")
    world.expect("events", "delete_rule", {"Name": "r", "EventBusName": "default", **more}, {})
    rules.delete(world.context(), "r", state)
    assert world.clock.slept == [0.1]
    world.done()


def test_tags_are_taken_away_before_they_are_put() -> None:
    world = World()
    world.expect("events", "untag_resource", {"ResourceARN": ARN, "TagKeys": ["a"]}, {})
    world.expect("events", "tag_resource", {"ResourceARN": ARN, "Tags": [{"Key": "b", "Value": "1"}]}, {})
    rules.tag(world.context(), TagChange(id="r", state={"arn": ARN}, put={"b": "1"}, remove=["a"]))
    world.done()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "one of `event_pattern,schedule_expression` must be specified"),
        ({"eventPattern": "no json"}, "invalid JSON"),
        ({"eventPattern": "{}", "name": "r" * 65}, "1 to 64"),
        ({"eventPattern": "{}", "name": "a/b"}, "1 to 64"),
        ({"eventPattern": "{}", "state": "ON"}, "to be one of"),
        ({"eventPattern": "{}", "state": "ENABLED", "isEnabled": True}, "conflicts with isEnabled"),
        ({"scheduleExpression": "r" * 257}, "expected length"),
        ({"eventPattern": "{}", "description": "d" * 513}, "expected length"),
    ],
)
def test_fails_when_a_value_is_not_allowed(provider: Driver, given: dict[str, Any], says: str) -> None:
    with pytest.raises(InputsRefusedError, match=says):
        provider.check(RULE, "r", given)


@pytest.mark.parametrize(
    "given", [{"eventPattern": "{}", "name": "r" * 64}, {"scheduleExpression": "r" * 256, "description": "d" * 512}]
)
def test_the_last_allowed_value_is_allowed(provider: Driver, given: dict[str, Any]) -> None:
    inputs = provider.check(RULE, "r", given)
    assert inputs["eventBusName"] == "default"
    assert inputs["forceDestroy"] is False


def test_a_name_or_a_bus_replaces_and_a_dropped_state_is_no_change(provider: Driver) -> None:
    given = {"name": "r", "eventPattern": "{}", "state": "DISABLED"}
    inputs = provider.check(RULE, "r", given)
    made = Resource(RULE, "r", "r", inputs, inputs)
    assert provider.diff(made, {**given, "name": "s"}).replaces == ["name"]
    assert provider.diff(made, {**given, "eventBusName": "b"}).replaces == ["eventBusName"]
    assert provider.diff(made, {"name": "r", "eventPattern": "{ }"}).diffs == []
