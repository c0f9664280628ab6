from datetime import UTC, datetime
from typing import Any

import pytest

from rehearsal.provider.errors import ProviderError
from rehearsal.provider.types import s3_bucket_lifecycle_configuration as lifecycle
from rehearsal.provider.types import s3_lifecycle_rule as rule
from tests.rehearsal.provider.stubbed import World

GIVEN: dict[str, Any] = {"bucket": "b", "rules": [{"id": "r", "status": "Enabled", "expiration": {"days": 3}}]}
THEIRS: dict[str, Any] = {"ID": "r", "Status": "Enabled", "Expiration": {"Days": 3}, "Filter": {}}
SMALL = "all_storage_classes_128K"


def tells(world: World, *rules: dict[str, Any], size: str = SMALL) -> None:
    answer = {"Rules": list(rules), "TransitionDefaultMinimumObjectSize": size}
    world.expect("s3", "get_bucket_lifecycle_configuration", {"Bucket": "b"}, answer)


def test_a_create_sends_the_default_size_and_an_empty_filter() -> None:
    world = World()
    sent = {"Bucket": "b", "LifecycleConfiguration": {"Rules": [THEIRS]}, "TransitionDefaultMinimumObjectSize": SMALL}
    world.refuse("s3", "put_bucket_lifecycle_configuration", "NoSuchBucket", status=404)
    world.expect("s3", "put_bucket_lifecycle_configuration", sent, {})
    assert lifecycle.create(world.context(), GIVEN) == "b"
    world.done()


def test_a_write_waits_for_three_equal_answers_ten_seconds_apart() -> None:
    world = World()
    other = {**THEIRS, "Expiration": {"Days": 4}}
    for answer in (other, THEIRS, THEIRS, THEIRS):
        tells(world, answer)
    lifecycle.settle(world.context(), "b", GIVEN)
    assert world.clock.slept == [10.0, 10.0, 10.0]
    world.done()


@pytest.mark.parametrize(
    ("told", "size"), [({**THEIRS, "Status": "Disabled"}, SMALL), (THEIRS, "varies_by_storage_class")]
)
def test_fails_after_three_minutes_when_one_thing_does_not_come_back(told: dict[str, Any], size: str) -> None:
    world = World()
    for _ in range(30):
        tells(world, told, size=size)
    says = (
        r"creating S3 Bucket \(b\) Lifecycle Configuration: While waiting: timeout while waiting for state to become "
        r"'true' \(last state: 'false', timeout: 3m0s\)"
    )
    with pytest.raises(ProviderError, match=says):
        lifecycle.settle(world.context(), "b", GIVEN)
    assert 180 <= world.clock.now < 200


def test_the_size_that_the_program_gives_is_waited_for() -> None:
    world = World()
    for size in (SMALL, "varies_by_storage_class", "varies_by_storage_class", "varies_by_storage_class"):
        tells(world, THEIRS, size=size)
    given = {**GIVEN, "transitionDefaultMinimumObjectSize": "varies_by_storage_class"}
    lifecycle.settle(world.context(), "b", given)
    world.done()


def test_a_read_wants_two_equal_answers() -> None:
    world = World()
    for days in (9, 3, 3):
        tells(world, {**THEIRS, "Expiration": {"Days": days}})
    read = lifecycle.read(world.context(), "b", {})
    assert read == {**GIVEN, "transitionDefaultMinimumObjectSize": SMALL}
    world.done()


@pytest.mark.parametrize(
    ("given", "theirs"),
    [
        ({}, {"Filter": {}}),
        ({"filter": {}}, {"Filter": {"Prefix": ""}}),
        ({"filter": {"prefix": "a/"}}, {"Filter": {"Prefix": "a/"}}),
        ({"prefix": "a/"}, {"Prefix": "a/"}),
        ({"filter": {"tag": {"key": "k", "value": "v"}}}, {"Filter": {"Tag": {"Key": "k", "Value": "v"}}}),
        ({"filter": {"objectSizeGreaterThan": 5}}, {"Filter": {"ObjectSizeGreaterThan": 5}}),
        (
            {"filter": {"and": {"prefix": "a/", "tags": {"k": "v"}}}},
            {"Filter": {"And": {"Prefix": "a/", "Tags": [{"Key": "k", "Value": "v"}]}}},
        ),
        (
            {"expiration": {"expiredObjectDeleteMarker": True}},
            {"Filter": {}, "Expiration": {"ExpiredObjectDeleteMarker": True}},
        ),
        ({"expiration": {"days": 1, "expiredObjectDeleteMarker": False}}, {"Filter": {}, "Expiration": {"Days": 1}}),
        (
            {"transitions": [{"days": 0, "storageClass": "GLACIER"}]},
            {"Filter": {}, "Transitions": [{"Days": 0, "StorageClass": "GLACIER"}]},
        ),
        (
            {"noncurrentVersionTransitions": [{"noncurrentDays": 1, "storageClass": "GLACIER"}]},
            {"Filter": {}, "NoncurrentVersionTransitions": [{"NoncurrentDays": 1, "StorageClass": "GLACIER"}]},
        ),
    ],
)
def test_a_rule_is_spelled_as_s3_spells_it(given: dict[str, Any], theirs: dict[str, Any]) -> None:
    asked = rule.asked({"id": "r", "status": "Enabled", **given})
    assert asked == {"ID": "r", "Status": "Enabled", **theirs}


def test_a_found_rule_has_its_tags_as_a_map_its_times_as_texts_and_no_empty_filter() -> None:
    inside = {"Prefix": "a/", "Tags": [{"Key": "k", "Value": "v"}]}
    expiration = {"Date": datetime(2030, 1, 1, tzinfo=UTC)}
    assert rule.found({"ID": "r", "Filter": {"And": inside}, "Expiration": expiration}) == {
        "id": "r",
        "filter": {"and": {"prefix": "a/", "tags": {"k": "v"}}},
        "expiration": {"date": "2030-01-01T00:00:00Z"},
    }
    assert rule.found({"ID": "r", "Filter": {}}) == {"id": "r"}


def test_rules_are_the_same_in_any_order_and_with_an_instant_in_any_zone() -> None:
    one: dict[str, Any] = {"id": "1", "expiration": {"date": "2030-01-01T01:00:00+01:00"}}
    early, late = {"days": 1, "storageClass": "GLACIER_IR"}, {"days": 2, "storageClass": "GLACIER"}
    two: dict[str, Any] = {"id": "2", "filter": {"prefix": ""}, "transitions": [early, late]}
    same = [
        {"transitions": [late, dict(reversed(early.items()))], "id": "2"},
        {"id": "1", "expiration": {"date": "2030-01-01T00:00:00Z"}},
    ]
    assert rule.comparable([one, two]) == rule.comparable(same)
    assert rule.comparable([one]) != rule.comparable([{**one, "expiration": {"date": "2030-01-02T00:00:00Z"}}])


def test_an_instant_in_another_zone_is_no_change() -> None:
    date = rule.RULE.fields["expiration"].fields["date"]
    assert date.canonical("2030-01-01T01:00:00+01:00") == date.canonical("2030-01-01T00:00:00Z")
    assert date.canonical(None) is None
