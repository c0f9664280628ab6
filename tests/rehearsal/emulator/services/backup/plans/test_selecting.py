from typing import Any, cast

import pytest

from rehearsal.emulator.services.backup.plans.selecting import named_in, selects
from rehearsal.emulator.services.backup.shapes import BackupSelection

_ARN = "arn:aws:dynamodb:eu-west-2:111111111111:table/receipts"
_OTHER = "arn:aws:dynamodb:eu-west-2:111111111111:table/payments"
_TAGS = {"backup": "daily", "stage": "production"}


def _selection(**chosen: Any) -> BackupSelection:
    selection = {"SelectionName": "tables", "IamRoleArn": "arn:aws:iam::111111111111:role/backup", **chosen}
    return cast("BackupSelection", selection)


def _tag(key: str, value: str) -> dict[str, str]:
    return {"ConditionType": "STRINGEQUALS", "ConditionKey": key, "ConditionValue": value}


def _conditions(kind: str, *pairs: tuple[str, str]) -> dict[str, list[dict[str, str]]]:
    return {kind: [{"ConditionKey": f"aws:ResourceTag/{key}", "ConditionValue": value} for key, value in pairs]}


@pytest.mark.parametrize(
    ("chosen", "taken"),
    [
        ({"Resources": [_ARN]}, True),
        ({"Resources": [_OTHER]}, False),
        ({"Resources": [_OTHER, _ARN]}, True),
        ({"Resources": ["*"]}, True),
        ({"Resources": ["arn:aws:dynamodb:*:*:table/*"]}, True),
        ({"Resources": ["arn:aws:dynamodb:*:*:table/rec*"]}, True),
        ({"Resources": ["arn:aws:dynamodb:*:*:table/pay*"]}, False),
        ({"Resources": ["arn:aws:dynamodb:us-east-1:*:table/*"]}, False),
        ({"Resources": ["arn:aws:s3:::*"]}, False),
        ({"Resources": ["*"], "NotResources": [_ARN]}, False),
        ({"Resources": ["*"], "NotResources": [_OTHER]}, True),
        ({"Resources": [_ARN], "NotResources": ["arn:aws:dynamodb:*:*:table/rec*"]}, False),
        ({"NotResources": [_ARN]}, False),
        ({"NotResources": [_OTHER]}, True),
        ({"ListOfTags": [_tag("backup", "daily")]}, True),
        ({"ListOfTags": [_tag("aws:ResourceTag/backup", "daily")]}, True),
        ({"ListOfTags": [_tag("backup", "weekly")]}, False),
        ({"ListOfTags": [_tag("backup", "DAILY")]}, False),
        ({"ListOfTags": [_tag("backup", "weekly"), _tag("stage", "production")]}, True),
        ({"Resources": [_OTHER], "ListOfTags": [_tag("backup", "daily")]}, True),
        ({"Resources": [_ARN], "ListOfTags": [_tag("backup", "weekly")]}, True),
        ({"Resources": [_OTHER], "ListOfTags": [_tag("backup", "weekly")]}, False),
        ({"ListOfTags": [_tag("backup", "daily")], "NotResources": [_ARN]}, False),
        ({"Conditions": _conditions("StringEquals", ("backup", "daily"))}, True),
        ({"Conditions": _conditions("StringEquals", ("backup", "daily"), ("stage", "test"))}, False),
        ({"Conditions": _conditions("StringEquals", ("backup", "daily"), ("stage", "production"))}, True),
        ({"Conditions": _conditions("StringEquals", ("absent", "daily"))}, False),
        ({"Conditions": _conditions("StringNotEquals", ("backup", "daily"))}, False),
        ({"Conditions": _conditions("StringNotEquals", ("backup", "weekly"))}, True),
        ({"Conditions": _conditions("StringNotEquals", ("absent", "daily"))}, True),
        ({"Conditions": _conditions("StringLike", ("stage", "prod*"))}, True),
        ({"Conditions": _conditions("StringLike", ("stage", "*rod*"))}, True),
        ({"Conditions": _conditions("StringLike", ("stage", "prod"))}, False),
        ({"Conditions": _conditions("StringLike", ("stage", "production"))}, True),
        ({"Conditions": _conditions("StringLike", ("stage", "PROD*"))}, False),
        ({"Conditions": _conditions("StringLike", ("absent", "*"))}, False),
        ({"Conditions": _conditions("StringNotLike", ("stage", "prod*"))}, False),
        ({"Conditions": _conditions("StringNotLike", ("stage", "test*"))}, True),
        ({"Resources": [_ARN], "Conditions": _conditions("StringEquals", ("backup", "weekly"))}, False),
        ({"Resources": [_OTHER], "Conditions": _conditions("StringEquals", ("backup", "daily"))}, False),
    ],
)
def test_a_selection_takes_in_what_it_names(chosen: dict[str, Any], *, taken: bool) -> None:
    assert selects(_selection(**chosen), _ARN, _TAGS, opted_in=True) is taken


@pytest.mark.parametrize(
    ("chosen", "taken"),
    [
        ({"Resources": [_ARN]}, True),
        ({"Resources": ["arn:aws:dynamodb:*:*:table/*"]}, True),
        ({"Resources": ["*"]}, False),
        ({"Resources": ["arn:aws:*:*:*:*"]}, False),
        ({"ListOfTags": [_tag("backup", "daily")]}, False),
        ({"Resources": [_ARN], "ListOfTags": [_tag("backup", "daily")]}, True),
        ({"Conditions": _conditions("StringEquals", ("backup", "daily"))}, False),
    ],
)
def test_a_type_that_is_not_opted_in_is_taken_in_by_name_alone(chosen: dict[str, Any], *, taken: bool) -> None:
    assert selects(_selection(**chosen), _ARN, _TAGS, opted_in=False) is taken


def test_resources_are_spelled_out_without_wildcard_and_not_excluded() -> None:
    patterns = ["arn:aws:dynamodb:*:*:table/*", "*"]
    assert named_in(_selection(Resources=[_ARN, *patterns, _OTHER], NotResources=["*/pay*"])) == [_ARN]
    assert named_in(_selection()) == []
