from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_process import BACKUP, Emulator
from tests.rehearsal.emulator.services.asking import TABLE
from tests.rehearsal.emulator.services.backup.asking import refusal
from tests.rehearsal.emulator.services.dynamodb.holding import DAY, advance

pytestmark = pytest.mark.emulator


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
    advance(emulator, 3 * DAY)
    assert _shown(dynamodb)["EarliestRestorableDateTime"] == switched
    advance(emulator, 10 * DAY)
    shown = _shown(dynamodb)
    assert shown["EarliestRestorableDateTime"] > switched
    window = shown["LatestRestorableDateTime"] - shown["EarliestRestorableDateTime"]
    assert window == timedelta(days=7) - timedelta(minutes=5)


def test_a_new_period_keeps_the_history_and_switching_off_loses_it(emulator: Emulator, dynamodb: Any) -> None:
    switched = _switch(dynamodb)["EarliestRestorableDateTime"]
    advance(emulator, DAY)
    assert _switch(dynamodb, RecoveryPeriodInDays=7)["EarliestRestorableDateTime"] == switched
    assert _switch(dynamodb, PointInTimeRecoveryEnabled=False) == {"PointInTimeRecoveryStatus": "DISABLED"}
    assert _switch(dynamodb)["EarliestRestorableDateTime"] > switched


def test_a_table_made_again_is_not_restorable(dynamodb: Any) -> None:
    _switch(dynamodb)
    dynamodb.delete_table(TableName="receipts")
    dynamodb.create_table(**TABLE)
    assert _shown(dynamodb)["PointInTimeRecoveryStatus"] == "DISABLED"


def test_a_window_that_was_shorter_once_refills_slowly(emulator: Emulator, dynamodb: Any) -> None:
    _switch(dynamodb)
    advance(emulator, 20 * DAY)
    _switch(dynamodb, RecoveryPeriodInDays=5)
    grown = _switch(dynamodb, RecoveryPeriodInDays=35)
    assert emulator.now() - grown["EarliestRestorableDateTime"] < 5 * DAY + timedelta(minutes=1)


def test_fails_when_the_table_is_absent(dynamodb: Any) -> None:
    specification = {"PointInTimeRecoveryEnabled": True}
    code = refusal(
        dynamodb.update_continuous_backups, TableName="absent", PointInTimeRecoverySpecification=specification
    )
    assert code == "TableNotFoundException"
    assert refusal(dynamodb.describe_continuous_backups, TableName="absent") == "TableNotFoundException"


def test_recovery_periods_are_kept_by_account(emulator: Emulator, dynamodb: Any) -> None:
    _switch(dynamodb, RecoveryPeriodInDays=7)
    other = emulator.client("dynamodb", account=BACKUP)
    other.create_table(**TABLE)
    assert _shown(other)["PointInTimeRecoveryStatus"] == "DISABLED"
