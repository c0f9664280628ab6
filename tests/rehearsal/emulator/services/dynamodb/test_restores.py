from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.emulator_people import allow, make_role, refuses
from tests.emulator_process import BACKUP, REGION, Emulator
from tests.rehearsal.emulator.services.dynamodb.holding import (
    ARN,
    DAY,
    EVERY_TYPE,
    NAME,
    advance,
    described,
    held,
    item,
    put,
    restore,
    switch_on,
    window,
)

pytestmark = pytest.mark.emulator

_ELSEWHERE = "eu-west-1"
_OWNED = {"Enabled": False}
_RESTORING = ["dynamodb:RestoreTable*"]
_WRITTEN = ("BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem")
_FILLING = [f"dynamodb:{name}" for name in _WRITTEN]


@pytest.fixture
def three_days(emulator: Emulator, dynamodb: Any) -> list[datetime]:
    """Three states of the table a day apart; returns an instant in each."""
    instants = list[datetime]()
    put(dynamodb, item("kept"), item("changed", v=0), EVERY_TYPE)
    switch_on(dynamodb)
    advance(emulator, timedelta(seconds=2))
    instants.append(emulator.now())
    advance(emulator, DAY)
    put(dynamodb, item("changed", v=1), item("made"))
    dynamodb.delete_item(TableName=NAME, Key=item("kept"))
    advance(emulator, timedelta(seconds=2))
    instants.append(emulator.now())
    advance(emulator, DAY)
    dynamodb.delete_item(TableName=NAME, Key=item("made"))
    put(dynamodb, item("kept", again=1))
    advance(emulator, timedelta(minutes=6))
    return instants


def test_a_table_comes_back_as_it_was_at_a_second(dynamodb: Any, three_days: list[datetime]) -> None:
    restore(dynamodb, "first", RestoreDateTime=three_days[0])
    restore(dynamodb, "second", RestoreDateTime=three_days[1])
    first, second = held(dynamodb, "first"), held(dynamodb, "second")
    assert first == {"kept": item("kept"), "changed": item("changed", v=0), "every type": first["every type"]}
    assert second == {"made": item("made"), "changed": item("changed", v=1), "every type": first["every type"]}


def test_a_table_comes_back_as_it_is_with_the_latest_time(dynamodb: Any, three_days: list[datetime]) -> None:
    assert three_days
    restore(dynamodb, UseLatestRestorableTime=True)
    assert held(dynamodb, "restored") == held(dynamodb)


def test_every_type_comes_back_as_it_was(dynamodb: Any, three_days: list[datetime]) -> None:
    before = held(dynamodb)["every type"]
    put(dynamodb, item("every type"))
    restore(dynamodb, RestoreDateTime=three_days[0])
    back = held(dynamodb, "restored")["every type"]
    assert back == before
    assert {name: value for name, value in back.items() if name != "small"} == {
        name: value for name, value in EVERY_TYPE.items() if name != "small"
    }


def test_writes_of_every_kind_are_undone(emulator: Emulator, dynamodb: Any) -> None:
    put(dynamodb, item("a"), item("b"), item("c"))
    switch_on(dynamodb)
    advance(emulator, timedelta(seconds=2))
    instant = emulator.now()
    advance(emulator, timedelta(seconds=2))
    dynamodb.update_item(
        TableName=NAME,
        Key=item("a"),
        UpdateExpression="SET v = :v",
        ExpressionAttributeValues={":v": {"S": "new"}},
    )
    dynamodb.batch_write_item(
        RequestItems={NAME: [{"PutRequest": {"Item": item("d")}}, {"DeleteRequest": {"Key": item("b")}}]}
    )
    dynamodb.transact_write_items(TransactItems=[{"Put": {"TableName": NAME, "Item": item("c", v=2)}}])
    dynamodb.execute_statement(Statement="INSERT INTO receipts VALUE {'id': 'e'}")
    dynamodb.execute_statement(Statement="UPDATE receipts SET w = 'x' WHERE id = 'c'")
    dynamodb.execute_statement(Statement="DELETE FROM receipts WHERE id = 'a'")
    advance(emulator, timedelta(minutes=6))
    restore(dynamodb, RestoreDateTime=instant)
    assert held(dynamodb, "restored") == {name: item(name) for name in "abc"}


def test_a_history_is_as_long_as_it_has_to_be(dynamodb: Any, three_days: list[datetime]) -> None:
    for number in range(100):
        put(dynamodb, item("changed", v=number))
    restore(dynamodb, RestoreDateTime=three_days[1])
    assert held(dynamodb, "restored")["changed"] == item("changed", v=1)


@pytest.mark.parametrize("off", [timedelta(hours=-1), timedelta(days=2, hours=1)])
def test_fails_when_the_time_is_outside_the_window(dynamodb: Any, three_days: list[datetime], off: timedelta) -> None:
    with refuses("InvalidRestoreTimeException"):
        restore(dynamodb, RestoreDateTime=three_days[0] + off)


def test_fails_when_the_time_is_four_minutes_ago_and_not_when_it_is_the_latest(
    emulator: Emulator, dynamodb: Any, three_days: list[datetime]
) -> None:
    assert three_days
    with refuses("InvalidRestoreTimeException"):
        restore(dynamodb, RestoreDateTime=emulator.now() - timedelta(minutes=4))
    restore(dynamodb, RestoreDateTime=window(dynamodb)["LatestRestorableDateTime"])


def test_fails_when_the_time_has_left_the_window(dynamodb: Any, three_days: list[datetime]) -> None:
    switch_on(dynamodb, RecoveryPeriodInDays=1)
    with refuses("InvalidRestoreTimeException"):
        restore(dynamodb, RestoreDateTime=three_days[0])
    switch_on(dynamodb, RecoveryPeriodInDays=35)
    with refuses("InvalidRestoreTimeException"):
        restore(dynamodb, RestoreDateTime=three_days[0])


def test_fails_when_recovery_is_off_and_history_is_gone_when_it_is_on_again(
    dynamodb: Any, three_days: list[datetime]
) -> None:
    dynamodb.update_continuous_backups(
        TableName=NAME, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": False}
    )
    with refuses("PointInTimeRecoveryUnavailableException"):
        restore(dynamodb, RestoreDateTime=three_days[0])
    switch_on(dynamodb)
    with refuses("InvalidRestoreTimeException"):
        restore(dynamodb, RestoreDateTime=three_days[0])


def test_fails_when_the_source_is_absent(dynamodb: Any) -> None:
    with refuses("TableNotFoundException"):
        restore(dynamodb, SourceTableName="absent", UseLatestRestorableTime=True)


def test_fails_when_the_target_exists(dynamodb: Any) -> None:
    switch_on(dynamodb)
    with refuses("TableAlreadyExistsException"):
        restore(dynamodb, NAME, UseLatestRestorableTime=True)


def test_fails_when_no_time_is_given_and_when_two_are(emulator: Emulator, dynamodb: Any) -> None:
    switch_on(dynamodb)
    with refuses("ValidationException"):
        restore(dynamodb)
    with refuses("ValidationException"):
        restore(dynamodb, UseLatestRestorableTime=True, RestoreDateTime=emulator.now())


def test_a_table_is_restored_into_another_region(emulator: Emulator, dynamodb: Any) -> None:
    put(dynamodb, EVERY_TYPE)
    switch_on(dynamodb)
    there = emulator.client("dynamodb", region=_ELSEWHERE)
    asked: dict[str, Any] = {"SourceTableArn": ARN, "TargetTableName": NAME, "UseLatestRestorableTime": True}
    there.restore_table_to_point_in_time(**asked, SSESpecificationOverride=_OWNED)
    assert held(there) == held(dynamodb)
    assert described(there, NAME)["TableArn"] == ARN.replace(REGION, _ELSEWHERE)


def test_fails_when_another_region_is_given_no_key(emulator: Emulator, dynamodb: Any) -> None:
    switch_on(dynamodb)
    there = emulator.client("dynamodb", region=_ELSEWHERE)
    with refuses("ValidationException"):
        there.restore_table_to_point_in_time(SourceTableArn=ARN, TargetTableName=NAME, UseLatestRestorableTime=True)


def test_fails_when_the_source_is_of_another_account(emulator: Emulator, dynamodb: Any) -> None:
    switch_on(dynamodb)
    other = emulator.client("dynamodb", account=BACKUP)
    with pytest.raises(other.exceptions.ClientError) as refused:
        other.restore_table_to_point_in_time(SourceTableArn=ARN, TargetTableName=NAME, UseLatestRestorableTime=True)
    assert refused.value.response["Error"]["Code"] in ("TableNotFoundException", "AccessDeniedException")


def test_who_restores_a_table_may_read_and_write_the_new_one(emulator: Emulator, dynamodb: Any) -> None:
    switch_on(dynamodb)
    arn = dynamodb.create_backup(TableName=NAME, BackupName="kept")["BackupDetails"]["BackupArn"]
    client = emulator.client("dynamodb", role_arn=make_role(emulator, "restorer", allow(_RESTORING + _FILLING)))
    restore(client, UseLatestRestorableTime=True)
    client.restore_table_from_backup(BackupArn=arn, TargetTableName="from-backup")


@pytest.mark.parametrize("missing", ["dynamodb:BatchWriteItem", "dynamodb:Query"])
def test_fails_when_who_restores_may_not_fill_the_new_table(emulator: Emulator, dynamodb: Any, missing: str) -> None:
    switch_on(dynamodb)
    arn = dynamodb.create_backup(TableName=NAME, BackupName="kept")["BackupDetails"]["BackupArn"]
    rights = [right for right in _RESTORING + _FILLING if right != missing]
    client = emulator.client("dynamodb", role_arn=make_role(emulator, "restorer", allow(rights)))
    with refuses("AccessDeniedException"):
        restore(client, UseLatestRestorableTime=True)
    with refuses("AccessDeniedException"):
        client.restore_table_from_backup(BackupArn=arn, TargetTableName="from-backup")
