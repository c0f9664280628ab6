from typing import Any

import pytest

from rehearsal.provider.types import dynamodb_table
from rehearsal.provider.types.dynamodb_table_check import plan
from rehearsal.provider.wire import UNKNOWN
from tests.rehearsal.provider.rules import refusals
from tests.rehearsal.provider.stubbed import World

GIVEN: dict[str, Any] = {
    "name": "receipts",
    "billingMode": "PAY_PER_REQUEST",
    "hashKey": "pk",
    "attributes": [{"name": "pk", "type": "S"}],
}
INDEX: dict[str, Any] = {"name": "by-owner", "hashKey": "owner", "projectionType": "ALL"}
HASH = {"attributeName": "a", "keyType": "HASH"}
RANGE = {"attributeName": "b", "keyType": "RANGE"}

WRONG: list[tuple[dict[str, Any], str]] = [
    ({"billingMode": "FREE"}, "got FREE"),
    ({"attributes": [{"name": "pk", "type": "X"}]}, "got X"),
    ({"readCapacity": 1}, "must be 0 or absent when billingMode is PAY_PER_REQUEST"),
    ({"billingMode": "PROVISIONED", "readCapacity": 1}, "must be at least 1 when billingMode is PROVISIONED"),
    ({"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 0}}, "(1 - 35), got 0"),
    ({"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 36}}, "(1 - 35), got 36"),
    ({"pointInTimeRecovery": {}}, '"enabled" is required'),
    ({"streamEnabled": True}, "streamViewType is required"),
    ({"streamViewType": "NEW_IMAGE"}, "must not be set when streamEnabled is false"),
    ({"ttl": {"enabled": True}}, "ttl.attributeName is required"),
    ({"globalSecondaryIndexes": [{**INDEX, "keySchemas": [HASH]}]}, "give exactly one of hashKey and keySchemas"),
    ({"globalSecondaryIndexes": [{**INDEX, "hashKey": None}]}, "give exactly one of hashKey and keySchemas"),
    ({"globalSecondaryIndexes": [{**INDEX, "hashKey": None, "keySchemas": [RANGE, HASH]}]}, "HASH keys first"),
    ({"globalSecondaryIndexes": [{**INDEX, "hashKey": None, "keySchemas": [HASH] * 5}]}, "at most 4 of each type"),
    ({"replicas": [{"regionName": "eu-west-1"}]}, "unknown property 'replicas'"),
]


@pytest.mark.parametrize(("changes", "sentence"), WRONG)
def test_fails_when_a_table_cannot_be_so(changes: dict[str, Any], sentence: str) -> None:
    assert sentence in refusals(dynamodb_table.TYPE, {**GIVEN, **changes})[0]


RIGHT: list[dict[str, Any]] = [
    {},
    {"billingMode": "PROVISIONED", "readCapacity": 1, "writeCapacity": 1},
    {"billingMode": "PROVISIONED", "readCapacity": UNKNOWN, "writeCapacity": 1},
    {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 1}},
    {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35}},
    {"streamEnabled": True, "streamViewType": "NEW_IMAGE"},
    {"streamEnabled": UNKNOWN, "streamViewType": "NEW_IMAGE"},
    {"ttl": {"enabled": False}},
    {"globalSecondaryIndexes": [INDEX]},
    {"globalSecondaryIndexes": [{**INDEX, "hashKey": None, "keySchemas": [HASH] * 4 + [RANGE] * 4}]},
    {"globalSecondaryIndexes": UNKNOWN},
]


@pytest.mark.parametrize("changes", RIGHT)
def test_a_table_that_can_be_so_passes(changes: dict[str, Any]) -> None:
    assert refusals(dynamodb_table.TYPE, {**GIVEN, **changes}) == []


def planned(held: list[str], **changes: Any) -> str | None:
    """What the plan says, when AWS holds global indexes on these attributes."""
    world = World()
    indexes = [{"IndexName": one, "KeySchema": [{"AttributeName": one, "KeyType": "HASH"}]} for one in held]
    if held:
        world.expect(
            "dynamodb", "describe_table", {"TableName": "receipts"}, {"Table": {"GlobalSecondaryIndexes": indexes}}
        )
    else:
        world.refuse("dynamodb", "describe_table", "ResourceNotFoundException")
    sentence = plan(world.context(), {}, {**GIVEN, **changes})
    world.done()
    return sentence


BOTH = [{"name": "pk", "type": "S"}, {"name": "owner", "type": "S"}]


def test_every_attribute_serves_a_key() -> None:
    unused = "all attributes must be indexed. Unused attributes: ['owner']"
    assert planned([], attributes=BOTH) == unused
    assert planned([], attributes=BOTH, globalSecondaryIndexes=[INDEX]) is None
    assert planned([], attributes=BOTH, rangeKey="owner") is None


def test_an_index_that_aws_holds_counts() -> None:
    assert planned(["owner"], attributes=BOTH) is None


def test_every_key_is_an_attribute() -> None:
    assert planned([], rangeKey="sk") == "all indexes must match a defined attribute. Unmatched indexes: ['sk']"
    local = {"name": "l", "rangeKey": "day", "projectionType": "ALL"}
    assert (
        planned([], localSecondaryIndexes=[local])
        == "all indexes must match a defined attribute. Unmatched indexes: ['day']"
    )


def test_what_is_not_known_is_not_judged() -> None:
    assert planned([], attributes=UNKNOWN) is None
    assert plan(World().context(), {}, {**GIVEN, "name": UNKNOWN}) is None
