from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_process import BACKUP, Emulator
from tests.rehearsal.emulator.services.asking import TABLE, make_key
from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator

_DAY = int(timedelta(days=1).total_seconds())


@pytest.fixture
def dynamodb(emulator: Emulator) -> Any:
    """DynamoDB of prod with one table in it."""
    client = emulator.client("dynamodb")
    client.create_table(**TABLE)
    return client


def _switch(dynamodb: Any, **asked: object) -> Any:
    answer = dynamodb.update_continuous_backups(
        TableName="receipts", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True} | asked
    )
    return answer["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]


def _shown(dynamodb: Any) -> Any:
    answer = dynamodb.describe_continuous_backups(TableName="receipts")
    return answer["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]


def test_a_table_is_not_restorable_until_it_is_switched_on(dynamodb: Any) -> None:
    assert _shown(dynamodb) == {"PointInTimeRecoveryStatus": "DISABLED"}


@pytest.mark.parametrize("days", [1, 7, 35])
def test_the_recovery_period_is_kept(dynamodb: Any, days: int) -> None:
    assert _switch(dynamodb, RecoveryPeriodInDays=days)["RecoveryPeriodInDays"] == days
    shown = _shown(dynamodb)
    assert (shown["PointInTimeRecoveryStatus"], shown["RecoveryPeriodInDays"]) == ("ENABLED", days)
    assert shown["EarliestRestorableDateTime"] <= shown["LatestRestorableDateTime"]


def test_the_recovery_period_is_35_days_when_none_is_given(dynamodb: Any) -> None:
    assert _switch(dynamodb)["RecoveryPeriodInDays"] == 35


def test_fails_when_the_recovery_period_is_longer_than_35_days(dynamodb: Any) -> None:
    specification = {"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": 36}
    call = dynamodb.update_continuous_backups
    code = refusal(call, TableName="receipts", PointInTimeRecoverySpecification=specification)
    assert code == "ValidationException"
    assert _shown(dynamodb)["PointInTimeRecoveryStatus"] == "DISABLED"


def test_the_window_reaches_back_to_the_switch_and_no_further_than_the_period(
    emulator: Emulator, dynamodb: Any
) -> None:
    switched = _switch(dynamodb, RecoveryPeriodInDays=7)["EarliestRestorableDateTime"]
    emulator.control("POST", "clock", {"advance_seconds": 3 * _DAY})
    assert _shown(dynamodb)["EarliestRestorableDateTime"] == switched
    emulator.control("POST", "clock", {"advance_seconds": 10 * _DAY})
    shown = _shown(dynamodb)
    assert shown["EarliestRestorableDateTime"] > switched
    window = shown["LatestRestorableDateTime"] - shown["EarliestRestorableDateTime"]
    assert window == timedelta(days=7) - timedelta(minutes=5)


def test_a_new_period_keeps_the_history_and_switching_off_loses_it(emulator: Emulator, dynamodb: Any) -> None:
    switched = _switch(dynamodb)["EarliestRestorableDateTime"]
    emulator.control("POST", "clock", {"advance_seconds": _DAY})
    assert _switch(dynamodb, RecoveryPeriodInDays=7)["EarliestRestorableDateTime"] == switched
    assert _switch(dynamodb, PointInTimeRecoveryEnabled=False) == {"PointInTimeRecoveryStatus": "DISABLED"}
    assert _switch(dynamodb)["EarliestRestorableDateTime"] > switched


def test_a_table_made_again_is_not_restorable(dynamodb: Any) -> None:
    _switch(dynamodb)
    dynamodb.delete_table(TableName="receipts")
    dynamodb.create_table(**TABLE)
    assert _shown(dynamodb)["PointInTimeRecoveryStatus"] == "DISABLED"


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


def test_recovery_periods_are_kept_by_account(emulator: Emulator, dynamodb: Any) -> None:
    _switch(dynamodb, RecoveryPeriodInDays=7)
    other = emulator.client("dynamodb", account=BACKUP)
    other.create_table(**TABLE)
    assert _shown(other)["PointInTimeRecoveryStatus"] == "DISABLED"
