"""A process that is killed has lost nothing of tables, their history, and what was under way."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.emulator_people import refuses
from tests.emulator_process import PROD, Emulator
from tests.rehearsal.emulator.services.asking import TABLE
from tests.rehearsal.emulator.services.dynamodb.exporting import export, lines, make_bucket
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
)

pytestmark = pytest.mark.emulator


def test_history_and_what_is_under_way_survive(own_emulator: Emulator) -> None:
    dynamodb = own_emulator.client("dynamodb")
    dynamodb.create_table(**TABLE)
    make_bucket(own_emulator, PROD)
    instants, wanted = list[datetime](), list[dict[str, Any]]()
    put(dynamodb, EVERY_TYPE)
    switch_on(dynamodb)
    for number in range(3):
        put(dynamodb, *(item(f"item-{one}", v=number) for one in range(25 + number)))
        dynamodb.delete_item(TableName=NAME, Key=item("item-0"))
        advance(own_emulator, timedelta(seconds=2))
        instants.append(own_emulator.now())
        wanted.append(held(dynamodb))
        advance(own_emulator, DAY)
    dynamodb.update_time_to_live(TableName=NAME, TimeToLiveSpecification={"Enabled": True, "AttributeName": "e"})
    expires = own_emulator.now() + timedelta(minutes=1)
    put(dynamodb, item("expiring") | {"e": {"N": f"{expires.timestamp():.0f}"}})
    own_emulator.control("PUT", "durations", {"pitr": {"seconds": 600}, "export": {"seconds": 600}})
    dynamodb.restore_table_to_point_in_time(
        SourceTableName=NAME, TargetTableName="under-way", RestoreDateTime=instants[0]
    )
    begun = export(dynamodb, ExportTime=instants[1])

    own_emulator.crash()
    dynamodb = own_emulator.client("dynamodb")
    assert described(dynamodb, "under-way")["TableStatus"] == "CREATING"
    with refuses("ResourceNotFoundException"):
        dynamodb.get_item(TableName="under-way", Key=item("item-1"))
    advance(own_emulator, timedelta(seconds=601))
    assert held(dynamodb, "under-way") == wanted[0]
    ended = dynamodb.describe_export(ExportArn=begun["ExportArn"])["ExportDescription"]
    assert len(lines(own_emulator.client("s3"), ended)) == len(wanted[1])

    for number, instant in enumerate(instants):
        dynamodb.restore_table_to_point_in_time(
            SourceTableArn=ARN, TargetTableName=f"restored-{number}", RestoreDateTime=instant
        )
    advance(own_emulator, timedelta(seconds=601))
    assert [held(dynamodb, f"restored-{number}") for number in range(3)] == wanted
    advance(own_emulator, 3 * DAY)
    assert "expiring" not in held(dynamodb)


def test_history_goes_back_with_a_reset(own_emulator: Emulator) -> None:
    dynamodb = own_emulator.client("dynamodb")
    dynamodb.create_table(**TABLE)
    put(dynamodb, item("sealed"))
    switch_on(dynamodb)
    own_emulator.control("POST", "seal")
    put(dynamodb, item("sealed", v=1), item("later"))
    advance(own_emulator, timedelta(minutes=10))
    arn = dynamodb.create_backup(TableName=NAME, BackupName="before")["BackupDetails"]["BackupArn"]
    assert arn
    own_emulator.reset()
    dynamodb = own_emulator.client("dynamodb")
    advance(own_emulator, timedelta(minutes=10))
    dynamodb.restore_table_to_point_in_time(SourceTableName=NAME, TargetTableName="back", UseLatestRestorableTime=True)
    assert held(dynamodb, "back") == {"sealed": item("sealed")}
    after = dynamodb.create_backup(TableName=NAME, BackupName="after")["BackupDetails"]["BackupArn"]
    dynamodb.restore_table_from_backup(BackupArn=after, TargetTableName="from-backup")
    assert held(dynamodb, "from-backup") == {"sealed": item("sealed")}
