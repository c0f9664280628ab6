from typing import Any

import pytest

from rehearsal.provider.types import dynamodb_table
from tests.rehearsal.provider.rules import change
from tests.rehearsal.provider.stubbed import REGION

TYPE = dynamodb_table.TYPE
KEY = f"arn:aws:kms:{REGION}:111111111111:key/k"
GIVEN: dict[str, Any] = {
    "name": "receipts",
    "billingMode": "PAY_PER_REQUEST",
    "hashKey": "pk",
    "attributes": [{"name": "pk", "type": "S"}],
}
QUIET: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"pointInTimeRecovery": {"enabled": False}}, {}),
    ({}, {"pointInTimeRecovery": {"enabled": False}}),
    (
        {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35}},
        {"pointInTimeRecovery": {"enabled": True}},
    ),
    ({"pointInTimeRecovery": {"enabled": True}}, {}),
    (
        {"pointInTimeRecovery": {"enabled": False}},
        {"pointInTimeRecovery": {"enabled": False, "recoveryPeriodInDays": 7}},
    ),
    ({"serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY}}, {}),
    ({}, {"serverSideEncryption": {"enabled": False}}),
    ({"ttl": {"enabled": True, "attributeName": "expires"}}, {}),
    ({}, {"ttl": {"enabled": False}}),
    ({}, {"attributes": [{"name": "pk", "type": "N"}]}),
    ({}, {"deletionProtectionEnabled": False}),
]


@pytest.mark.parametrize(("old", "new"), QUIET)
def test_what_the_real_provider_does_not_see_is_no_difference(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert change(TYPE, {**GIVEN, **old}, {**GIVEN, **new}) == (set(), set())


SEEN: list[tuple[dict[str, Any], dict[str, Any], set[str]]] = [
    ({}, {"name": "others"}, {"name"}),
    ({}, {"hashKey": "id"}, {"hashKey"}),
    ({}, {"rangeKey": "sk"}, {"rangeKey"}),
    (
        {},
        {"localSecondaryIndexes": [{"name": "l", "rangeKey": "sk", "projectionType": "ALL"}]},
        {"localSecondaryIndexes"},
    ),
    ({"pointInTimeRecovery": {"enabled": False}}, {"pointInTimeRecovery": {"enabled": True}}, set()),
    (
        {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35}},
        {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 34}},
        set(),
    ),
    ({"deletionProtectionEnabled": True}, {}, set()),
    ({"ttl": {"enabled": True, "attributeName": "expires"}}, {"ttl": {"enabled": False}}, set()),
    (
        {"serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY}},
        {"serverSideEncryption": {"enabled": False}},
        set(),
    ),
    ({}, {"tableClass": "STANDARD_INFREQUENT_ACCESS"}, set()),
]


@pytest.mark.parametrize(("old", "new", "replaces"), SEEN)
def test_other_changes_are_seen_and_some_replace(old: dict[str, Any], new: dict[str, Any], replaces: set[str]) -> None:
    changed, replacing = change(TYPE, {**GIVEN, **old}, {**GIVEN, **new})
    assert changed == set(old) | set(new)
    assert replacing == replaces
