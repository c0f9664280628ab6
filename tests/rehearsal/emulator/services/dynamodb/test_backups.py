from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_people import refuses
from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.asking import TAGS
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
    switch_on,
    window,
)

pytestmark = pytest.mark.emulator


def _back_up(dynamodb: Any, name: str = "before-the-change") -> Any:
    return dynamodb.create_backup(TableName=NAME, BackupName=name)["BackupDetails"]


def _listed(dynamodb: Any, **asked: object) -> list[str]:
    return [one["BackupName"] for one in dynamodb.list_backups(**asked)["BackupSummaries"]]


def test_a_backup_holds_the_items_of_its_moment(dynamodb: Any) -> None:
    put(dynamodb, EVERY_TYPE, item("a"))
    before = held(dynamodb)
    backup = _back_up(dynamodb)
    dynamodb.delete_item(TableName=NAME, Key=item("a"))
    dynamodb.restore_table_from_backup(BackupArn=backup["BackupArn"], TargetTableName="back")
    assert held(dynamodb, "back") == before
    detail = dynamodb.describe_backup(BackupArn=backup["BackupArn"])["BackupDescription"]
    assert detail["SourceTableDetails"]["ItemCount"] == 2
    assert detail["SourceTableDetails"]["TableArn"] == ARN
    assert detail["BackupDetails"]["BackupSizeBytes"] > 100


def test_a_table_from_a_backup_has_lost_its_settings(dynamodb: Any) -> None:
    dynamodb.tag_resource(ResourceArn=ARN, Tags=TAGS)
    dynamodb.update_table(
        TableName=NAME,
        DeletionProtectionEnabled=True,
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    dynamodb.update_time_to_live(TableName=NAME, TimeToLiveSpecification={"Enabled": True, "AttributeName": "e"})
    switch_on(dynamodb)
    arn = _back_up(dynamodb)["BackupArn"]
    made = dynamodb.restore_table_from_backup(BackupArn=arn, TargetTableName="back")["TableDescription"]
    assert made["RestoreSummary"]["SourceBackupArn"] == arn
    back = described(dynamodb, "back")
    assert back["DeletionProtectionEnabled"] is False
    assert "StreamSpecification" not in back
    assert dynamodb.list_tags_of_resource(ResourceArn=back["TableArn"])["Tags"] == []
    assert window(dynamodb, "back")["PointInTimeRecoveryStatus"] == "DISABLED"
    ttl = dynamodb.describe_time_to_live(TableName="back")["TimeToLiveDescription"]
    assert ttl["TimeToLiveStatus"] == "DISABLED"


def test_fails_when_the_target_exists_or_the_backup_does_not(dynamodb: Any) -> None:
    arn = _back_up(dynamodb)["BackupArn"]
    with refuses("TableAlreadyExistsException"):
        dynamodb.restore_table_from_backup(BackupArn=arn, TargetTableName=NAME)
    with refuses("BackupNotFoundException"):
        dynamodb.restore_table_from_backup(BackupArn=f"{arn}0", TargetTableName="back")


def test_fails_when_the_table_of_a_backup_is_absent(dynamodb: Any) -> None:
    with refuses("TableNotFoundException"):
        dynamodb.create_backup(TableName="absent", BackupName="never")


def test_a_deleted_table_with_recovery_leaves_a_backup_for_35_days(emulator: Emulator, dynamodb: Any) -> None:
    put(dynamodb, EVERY_TYPE)
    before = held(dynamodb)
    switch_on(dynamodb)
    dynamodb.delete_table(TableName=NAME)
    assert _listed(dynamodb) == []
    listed = dynamodb.list_backups(BackupType="SYSTEM", TableName=NAME)["BackupSummaries"]
    assert [one["BackupName"] for one in listed] == [f"{NAME}$DeletedTableBackup"]
    assert listed[0]["BackupExpiryDateTime"] - listed[0]["BackupCreationDateTime"] == 35 * DAY
    dynamodb.restore_table_from_backup(BackupArn=listed[0]["BackupArn"], TargetTableName=NAME)
    assert held(dynamodb) == before
    advance(emulator, 35 * DAY - timedelta(minutes=1))
    assert len(_listed(dynamodb, BackupType="ALL")) == 1
    advance(emulator, timedelta(minutes=2))
    assert _listed(dynamodb, BackupType="ALL") == []


def test_a_deleted_table_without_recovery_leaves_no_backup(dynamodb: Any) -> None:
    dynamodb.delete_table(TableName=NAME)
    assert _listed(dynamodb, BackupType="ALL") == []


def test_backups_are_listed_page_by_page(emulator: Emulator, dynamodb: Any) -> None:
    for number in range(5):
        _back_up(dynamodb, f"backup-{number}")
        advance(emulator, timedelta(seconds=1))
    first = dynamodb.list_backups(Limit=3)
    assert len(first["BackupSummaries"]) == 3
    assert _listed(dynamodb, ExclusiveStartBackupArn=first["LastEvaluatedBackupArn"]) == ["backup-3", "backup-4"]
    assert _listed(dynamodb, TimeRangeLowerBound=first["BackupSummaries"][1]["BackupCreationDateTime"])[0] != "backup-0"
