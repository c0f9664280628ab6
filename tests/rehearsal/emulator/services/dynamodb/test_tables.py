from typing import Any

import pytest

from tests.emulator_people import allow, make_role, refuses
from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.asking import TABLE, make_key
from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator


def _under(key: str) -> dict[str, object]:
    return {"SSESpecification": {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key}}


def test_a_table_can_be_under_a_key_or_its_alias(emulator: Emulator, dynamodb: Any) -> None:
    key = make_key(emulator)
    emulator.client("kms").create_alias(AliasName="alias/tables", TargetKeyId=key)
    for number, name in enumerate((key, key.rpartition("/")[2], "alias/tables")):
        dynamodb.create_table(**TABLE | {"TableName": f"receipts-{number}"} | _under(name))
    dynamodb.update_table(TableName="receipts", **_under(key))


def test_fails_when_the_key_of_a_table_is_absent_or_going(emulator: Emulator, dynamodb: Any) -> None:
    key = make_key(emulator)
    emulator.client("kms").schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    for name in (key, f"{key[:-4]}0000", "alias/absent"):
        asked = TABLE | {"TableName": "encrypted"} | _under(name)
        assert refusal(dynamodb.create_table, **asked) == "ValidationException"
        assert refusal(dynamodb.update_table, TableName="receipts", **_under(name)) == "ValidationException"
    assert dynamodb.list_tables()["TableNames"] == ["receipts"]


def test_the_key_of_a_table_is_shown_by_its_arn(emulator: Emulator, dynamodb: Any) -> None:
    key = make_key(emulator)
    dynamodb.update_table(TableName="receipts", **_under(key.rpartition("/")[2]))
    assert dynamodb.describe_table(TableName="receipts")["Table"]["SSEDescription"]["KMSMasterKeyArn"] == key


def test_a_table_is_dated_by_the_clock(emulator: Emulator, dynamodb: Any) -> None:
    first = dynamodb.describe_table(TableName="receipts")["Table"]["CreationDateTime"]
    emulator.advance(3600)
    made = dynamodb.create_table(**TABLE | {"TableName": "later"})["TableDescription"]
    assert (made["CreationDateTime"] - first).total_seconds() > 3599


def test_who_makes_a_table_under_a_key_may_use_the_key(emulator: Emulator) -> None:
    key = make_key(emulator)
    powerful = make_role(emulator, "powerful", allow(["dynamodb:*", "kms:*"]))
    emulator.client("dynamodb", role_arn=powerful).create_table(**TABLE | _under(key))


def test_fails_when_who_makes_a_table_may_not_use_its_key(emulator: Emulator) -> None:
    key = make_key(emulator)
    client = emulator.client("dynamodb", role_arn=make_role(emulator, "powerless", allow("dynamodb:*")))
    with refuses("AccessDeniedException"):
        client.create_table(**TABLE | _under(key))
    client.create_table(**TABLE)
    with refuses("AccessDeniedException"):
        client.update_table(TableName="receipts", **_under(key))


def test_everybody_may_use_the_key_that_aws_manages(emulator: Emulator) -> None:
    client = emulator.client("dynamodb", role_arn=make_role(emulator, "powerless", allow("dynamodb:*")))
    made = client.create_table(**TABLE | _under("alias/aws/dynamodb"))["TableDescription"]
    assert ":key/" in made["SSEDescription"]["KMSMasterKeyArn"]
