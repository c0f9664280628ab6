from collections.abc import Generator
from typing import Any

import pytest

from rehearsal.provider.errors import GoneError, ProviderError
from rehearsal.provider.types import cloudwatch_event_target as targets
from tests.rehearsal.provider.driver import Driver, InputsRefusedError, Resource, driving
from tests.rehearsal.provider.fakes import clients
from tests.rehearsal.provider.stubbed import REGION, World

TARGET = "aws:cloudwatch/eventTarget:EventTarget"
BUS_ARN = f"arn:aws:events:{REGION}:111111111111:event-bus/b"
TOPIC = f"arn:aws:sns:{REGION}:111111111111:t"
AIMED: dict[str, Any] = {"rule": "r", "eventBusName": "default", "targetId": "t", "arn": TOPIC}


@pytest.fixture(scope="module")
def provider() -> Generator[Driver]:
    with driving(lambda _profile, _region: clients(), region=REGION) as driver:
        yield driver


def test_fails_when_a_target_is_refused_inside_a_call_that_succeeds() -> None:
    world = World()
    failed = {"FailedEntryCount": 1, "FailedEntries": [{"TargetId": "t", "ErrorCode": "Bad", "ErrorMessage": "no"}]}
    sent = {"Rule": "r", "EventBusName": "default", "Targets": [{"Id": "t", "Arn": TOPIC}]}
    world.expect("events", "put_targets", sent, failed)
    with pytest.raises(ProviderError, match=r"creating EventBridge Target \(r-t\): t: Bad: no"):
        targets.create(world.context(), AIMED)
    world.expect(
        "events", "remove_targets", {"Rule": "r", "EventBusName": "default", "Ids": ["t"], "Force": True}, failed
    )
    with pytest.raises(ProviderError, match=r"deleting EventBridge Target \(r-t\): t: Bad: no"):
        targets.delete(world.context(), "r-t", {**AIMED, "forceDestroy": True})


def test_a_target_is_looked_for_on_every_page() -> None:
    world = World()
    asked = {"Rule": "r", "EventBusName": "default"}
    other = {"Targets": [{"Id": "u", "Arn": TOPIC}], "NextToken": "2"}
    world.expect("events", "list_targets_by_rule", asked, other)
    world.expect(
        "events", "list_targets_by_rule", {**asked, "NextToken": "2"}, {"Targets": [{"Id": "t", "Arn": TOPIC}]}
    )
    assert targets.read(world.context(), "r-t", AIMED)["arn"] == TOPIC
    world.expect("events", "list_targets_by_rule", asked, {})
    with pytest.raises(GoneError):
        targets.read(world.context(), "r-t", AIMED)


@pytest.mark.parametrize(
    ("text", "bus", "resource_id"),
    [("r/t", "default", "r-t"), ("b/r/t", "b", "b-r-t"), (f"{BUS_ARN}/r/t", BUS_ARN, f"{BUS_ARN}-r-t")],
)
def test_an_import_names_bus_rule_and_target(text: str, bus: str, resource_id: str) -> None:
    imported = targets.imported(text)
    assert imported.id == resource_id
    assert imported.known == {"eventBusName": bus, "rule": "r", "targetId": "t"}


@pytest.mark.parametrize("text", ["", "r", "r/", "/t"])
def test_fails_when_an_import_names_no_target(text: str) -> None:
    with pytest.raises(ProviderError, match="unexpected format for ID"):
        targets.imported(text)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"arn": "t"}, "invalid ARN"),
        ({"input": "{}", "inputPath": "$"}, "conflicts with"),
        ({"retryPolicy": {"maximumEventAgeInSeconds": 59}}, "in the range"),
        ({"retryPolicy": {"maximumRetryAttempts": 186}}, "in the range"),
        ({"ecsTarget": {"taskDefinitionArn": "t"}}, "unknown property 'ecsTarget'"),
    ],
)
def test_fails_when_a_target_is_not_allowed(provider: Driver, more: dict[str, Any], says: str) -> None:
    with pytest.raises(InputsRefusedError, match=says):
        provider.check(TARGET, "t", {"rule": "r", "arn": TOPIC, **more})


@pytest.mark.parametrize(("name", "value"), [("rule", "s"), ("eventBusName", "b"), ("targetId", "u")])
def test_where_a_target_hangs_replaces(provider: Driver, name: str, value: str) -> None:
    given = {"rule": "r", "arn": TOPIC, "targetId": "t"}
    inputs = provider.check(TARGET, "t", given)
    made = Resource(TARGET, "t", "r-t", inputs, inputs)
    assert provider.diff(made, {**given, name: value}).replaces == [name]
