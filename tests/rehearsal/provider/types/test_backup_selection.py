from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal.provider.lifecycle import imported
from rehearsal.provider.types import backup_selection
from tests.rehearsal.provider.fakes import client_error
from tests.rehearsal.provider.rules import change, refusals, sent
from tests.rehearsal.provider.stubbed import REGION, World

TYPE = backup_selection.TYPE
ROLE = "arn:aws:iam::111111111111:role/backup"
TABLE = f"arn:aws:dynamodb:{REGION}:111111111111:table/receipts"
GIVEN: dict[str, Any] = {
    "name": "tables",
    "planId": "p-1",
    "iamRoleArn": ROLE,
    "resources": [TABLE],
    "selectionTags": [{"type": "STRINGEQUALS", "key": "backup", "value": "daily"}],
    "conditions": [{"stringEquals": [{"key": "aws:ResourceTag/a", "value": "b"}]}],
}
SELECTION = {
    "SelectionName": "tables",
    "IamRoleArn": ROLE,
    "Resources": [TABLE],
    "ListOfTags": [{"ConditionType": "STRINGEQUALS", "ConditionKey": "backup", "ConditionValue": "daily"}],
    "Conditions": {"StringEquals": [{"ConditionKey": "aws:ResourceTag/a", "ConditionValue": "b"}]},
}
WHERE = {"BackupPlanId": "p-1", "SelectionId": "s-1"}


@pytest.mark.parametrize(
    "sentence", ["Role cannot be assumed by AWS Backup", "the role is not authorized to call tag:GetResources"]
)
def test_a_create_waits_for_a_new_role(sentence: str) -> None:
    world, request = World(), {"BackupPlanId": "p-1", "BackupSelection": SELECTION}
    world.refuse("backup", "create_backup_selection", "InvalidParameterValueException", sentence)
    world.expect("backup", "create_backup_selection", request, {"SelectionId": "s-1"})
    assert backup_selection.create(world.context(), sent(TYPE, GIVEN)) == "s-1"
    world.done()


def test_fails_at_once_when_the_create_is_wrong_otherwise() -> None:
    world = World()
    world.refuse("backup", "create_backup_selection", "InvalidParameterValueException", "invalid ARN")
    with pytest.raises(ClientError):
        backup_selection.create(world.context(), sent(TYPE, GIVEN))


def test_a_new_selection_is_polled_until_it_can_be_read() -> None:
    world = World()
    world.refuse("backup", "get_backup_selection", "ResourceNotFoundException")
    world.expect("backup", "get_backup_selection", WHERE, {"BackupSelection": SELECTION})
    backup_selection.settle(world.context(), "s-1", GIVEN)
    world.done()


def test_a_read_tells_what_was_sent() -> None:
    world = World()
    world.expect("backup", "get_backup_selection", WHERE, {"BackupSelection": SELECTION})
    assert backup_selection.read(world.context(), "s-1", {"planId": "p-1"}) == {**GIVEN, "notResources": []}


def test_tags_and_conditions_that_were_removed_by_hand_stay_unseen() -> None:
    world = World()
    bare = {"SelectionName": "tables", "IamRoleArn": ROLE}
    world.expect("backup", "get_backup_selection", WHERE, {"BackupSelection": bare})
    read = backup_selection.read(world.context(), "s-1", GIVEN)
    assert (read["selectionTags"], read["conditions"]) == (GIVEN["selectionTags"], GIVEN["conditions"])
    assert read["resources"] == []


@pytest.mark.parametrize("code", ["ResourceNotFoundException", "AccessDeniedException", "ThrottlingException"])
def test_any_error_of_a_read_counts_as_gone(code: str) -> None:
    assert TYPE.gone(client_error(code))


def test_a_delete_ignores_every_wrong_parameter_and_no_denial() -> None:
    assert TYPE.delete_ignores
    assert TYPE.delete_ignores(client_error("InvalidParameterValueException"))
    assert TYPE.delete_ignores(client_error("ResourceNotFoundException"))
    assert not TYPE.delete_ignores(client_error("AccessDeniedException"))


@pytest.mark.parametrize(
    "name", ["name", "planId", "iamRoleArn", "resources", "selectionTags", "conditions", "notResources"]
)
def test_every_change_replaces(name: str) -> None:
    others: dict[str, Any] = {
        "name": "others",
        "planId": "p-2",
        "iamRoleArn": f"{ROLE}2",
        "resources": [f"{TABLE}2"],
        "selectionTags": [],
        "conditions": [{"stringLikes": [{"key": "aws:ResourceTag/a", "value": "b"}]}],
        "notResources": [TABLE],
    }
    assert change(TYPE, GIVEN, {**GIVEN, name: others[name]}) == ({name}, {name})


def test_taking_conditions_away_is_no_difference_and_taking_tags_away_is() -> None:
    assert change(TYPE, GIVEN, {name: value for name, value in GIVEN.items() if name != "conditions"}) == (set(), set())
    assert change(TYPE, GIVEN, {name: value for name, value in GIVEN.items() if name != "selectionTags"})[0] == {
        "selectionTags"
    }


def test_an_import_id_is_plan_and_selection() -> None:
    assert imported(TYPE, "p-1|s-1", "eu-west-2") == ("s-1", {"planId": "p-1", "region": "eu-west-2"})


def test_fails_when_a_tag_is_compared_otherwise() -> None:
    tags = [{"type": "STRINGLIKE", "key": "a", "value": "b"}]
    assert "got STRINGLIKE" in refusals(TYPE, {**GIVEN, "selectionTags": tags})[0]
