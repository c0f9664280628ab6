from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_people import refuses
from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.dynamodb.holding import (
    ARN,
    advance,
    described,
    held,
    item,
    put,
    restore,
    switch_on,
)

pytestmark = pytest.mark.emulator


def test_a_table_is_being_created_for_as_long_as_the_scenario_says(emulator: Emulator, dynamodb: Any) -> None:
    put(dynamodb, item("a"))
    switch_on(dynamodb)
    emulator.control("PUT", "durations", {"pitr": {"seconds": 600}})
    made = restore(dynamodb, UseLatestRestorableTime=True)
    assert made["TableStatus"] == "CREATING"
    assert made["RestoreSummary"]["RestoreInProgress"] is True
    assert made["RestoreSummary"]["SourceTableArn"] == ARN
    with refuses("ResourceNotFoundException"):
        dynamodb.get_item(TableName="restored", Key=item("a"))
    with refuses("ResourceNotFoundException"):
        dynamodb.batch_write_item(RequestItems={"restored": [{"PutRequest": {"Item": item("b")}}]})
    with refuses("ResourceNotFoundException"):
        dynamodb.execute_statement(Statement="SELECT * FROM restored")
    with refuses("ResourceInUseException"):
        dynamodb.delete_table(TableName="restored")
    with refuses("TableInUseException"):
        dynamodb.create_backup(TableName="restored", BackupName="early")
    with refuses("ContinuousBackupsUnavailableException"):
        switch_on(dynamodb, "restored")
    assert held(dynamodb) == {"a": item("a")}
    advance(emulator, timedelta(seconds=601))
    back = described(dynamodb, "restored")
    assert back["TableStatus"] == "ACTIVE"
    assert back["RestoreSummary"]["RestoreInProgress"] is False
    assert held(dynamodb, "restored") == {"a": item("a")}
    switch_on(dynamodb, "restored")
    dynamodb.delete_table(TableName="restored")
