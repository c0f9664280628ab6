import json
from typing import Any

import pytest

from tests.emulator_people import allow, deny, document, make_role, refuses
from tests.emulator_process import BACKUP, PROD, REGION, Emulator
from tests.rehearsal.emulator.services.asking import TABLE
from tests.rehearsal.emulator.services.dynamodb.holding import ARN, NAME, item, put, switch_on

pytestmark = pytest.mark.emulator


@pytest.fixture
def reader(emulator: Emulator) -> str:
    """A role of another account whose own policies allow it everything."""
    return make_role(emulator, "reader", allow("*"), account=BACKUP)


def _let_in(dynamodb: Any, role: str, *actions: str) -> str:
    policy = document(allow([*actions], [ARN, f"{ARN}/index/*"], Principal={"AWS": role}))
    return dynamodb.put_resource_policy(ResourceArn=ARN, Policy=policy)["RevisionId"]


def test_a_policy_is_kept_with_its_revision(dynamodb: Any, reader: str) -> None:
    first = _let_in(dynamodb, reader, "dynamodb:GetItem")
    kept = dynamodb.get_resource_policy(ResourceArn=ARN)
    assert kept["RevisionId"] == first
    assert json.loads(kept["Policy"])["Statement"][0]["Principal"] == {"AWS": reader}
    assert _let_in(dynamodb, reader, "dynamodb:GetItem") == first
    assert _let_in(dynamodb, reader, "dynamodb:PutItem") != first
    assert dynamodb.delete_resource_policy(ResourceArn=ARN)["RevisionId"] != first
    with refuses("PolicyNotFoundException"):
        dynamodb.get_resource_policy(ResourceArn=ARN)


def test_fails_when_the_revision_is_another(dynamodb: Any, reader: str) -> None:
    policy = document(allow("dynamodb:GetItem", ARN, Principal={"AWS": reader}))
    revision = dynamodb.put_resource_policy(ResourceArn=ARN, Policy=policy, ExpectedRevisionId="NO_POLICY")
    for wrong in ("NO_POLICY", "1"):
        with refuses("PolicyNotFoundException"):
            dynamodb.put_resource_policy(ResourceArn=ARN, Policy=policy, ExpectedRevisionId=wrong)
    right = revision["RevisionId"]
    dynamodb.put_resource_policy(ResourceArn=ARN, Policy=policy, ExpectedRevisionId=right)


@pytest.mark.parametrize(
    "policy",
    ["nonsense", "{}", document(), document(allow("dynamodb:GetItem", ARN))],
)
def test_fails_when_the_policy_is_none(dynamodb: Any, policy: str) -> None:
    with refuses("ValidationException"):
        dynamodb.put_resource_policy(ResourceArn=ARN, Policy=policy)


def test_another_account_reaches_a_table_by_its_arn_when_the_policy_allows(
    emulator: Emulator, dynamodb: Any, reader: str
) -> None:
    _let_in(dynamodb, reader, "dynamodb:GetItem", "dynamodb:Scan", "dynamodb:BatchGetItem", "dynamodb:DescribeTable")
    put(dynamodb, item("a"))
    there = emulator.client("dynamodb", role_arn=reader)
    there.create_table(**TABLE)
    assert there.get_item(TableName=ARN, Key=item("a"))["Item"] == item("a")
    assert there.scan(TableName=ARN)["Items"] == [item("a")]
    assert there.batch_get_item(RequestItems={ARN: {"Keys": [item("a")]}})["Responses"]
    assert there.describe_table(TableName=ARN)["Table"]["TableArn"] == ARN
    assert there.scan(TableName=NAME)["Items"] == []


def test_fails_when_the_policy_does_not_allow_the_action_or_the_principal(
    emulator: Emulator, dynamodb: Any, reader: str
) -> None:
    there = emulator.client("dynamodb", role_arn=reader)
    with refuses("AccessDeniedException"):
        there.get_item(TableName=ARN, Key=item("a"))
    _let_in(dynamodb, reader, "dynamodb:GetItem")
    with refuses("AccessDeniedException"):
        there.put_item(TableName=ARN, Item=item("a"))
    other = make_role(emulator, "other", allow("*"), account=BACKUP)
    with refuses("AccessDeniedException"):
        emulator.client("dynamodb", role_arn=other).get_item(TableName=ARN, Key=item("a"))


def test_fails_when_the_own_policies_of_the_principal_do_not_allow(emulator: Emulator, dynamodb: Any) -> None:
    powerless = make_role(emulator, "powerless", account=BACKUP)
    _let_in(dynamodb, powerless, "dynamodb:GetItem")
    with refuses("AccessDeniedException"):
        emulator.client("dynamodb", role_arn=powerless).get_item(TableName=ARN, Key=item("a"))


def test_a_policy_lets_its_own_account_in_and_shuts_it_out(emulator: Emulator, dynamodb: Any) -> None:
    powerless = make_role(emulator, "powerless")
    client = emulator.client("dynamodb", role_arn=powerless)
    put(dynamodb, item("a"))
    _let_in(dynamodb, powerless, "dynamodb:GetItem")
    assert client.get_item(TableName=NAME, Key=item("a"))["Item"] == item("a")
    shut = document(deny("dynamodb:GetItem", ARN, Principal="*"))
    dynamodb.put_resource_policy(ResourceArn=ARN, Policy=shut)
    with refuses("AccessDeniedException"):
        dynamodb.get_item(TableName=NAME, Key=item("a"))


def test_fails_when_the_operation_stays_in_the_account(emulator: Emulator, dynamodb: Any, reader: str) -> None:
    _let_in(dynamodb, reader, "dynamodb:*")
    there = emulator.client("dynamodb", role_arn=reader)
    assert there.scan(TableName=ARN)["Count"] == 0
    with refuses("AccessDeniedException"):
        there.create_backup(TableName=ARN, BackupName="stolen")
    with refuses("AccessDeniedException"):
        switch_on(there, ARN)


def test_fails_when_the_table_is_asked_for_in_another_region(emulator: Emulator, dynamodb: Any, reader: str) -> None:
    _let_in(dynamodb, reader, "dynamodb:Scan")
    session = emulator.session(reader)
    assert emulator.client_with(session, "dynamodb", REGION).scan(TableName=ARN)["Count"] == 0
    with refuses("ValidationException"):
        emulator.client_with(session, "dynamodb", "eu-west-1").scan(TableName=ARN)


def test_fails_when_tables_of_two_accounts_are_named(emulator: Emulator, dynamodb: Any, reader: str) -> None:
    _let_in(dynamodb, reader, "dynamodb:BatchGetItem")
    there = emulator.client("dynamodb", role_arn=reader)
    there.create_table(**TABLE)
    keys = {"Keys": [item("a")]}
    assert there.batch_get_item(RequestItems={ARN: keys})["Responses"]
    with refuses("ValidationException"):
        there.batch_get_item(RequestItems={ARN: keys, ARN.replace(PROD, BACKUP): keys})


def test_a_policy_goes_with_its_table_and_comes_back_with_no_restore(dynamodb: Any, reader: str) -> None:
    _let_in(dynamodb, reader, "dynamodb:GetItem")
    arn = dynamodb.create_backup(TableName=NAME, BackupName="kept")["BackupDetails"]["BackupArn"]
    dynamodb.delete_table(TableName=NAME)
    dynamodb.restore_table_from_backup(BackupArn=arn, TargetTableName=NAME)
    with refuses("PolicyNotFoundException"):
        dynamodb.get_resource_policy(ResourceArn=ARN)
