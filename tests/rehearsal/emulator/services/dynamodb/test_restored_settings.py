from typing import Any

import pytest

from tests.emulator_people import refuses
from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.asking import TABLE, TAGS, make_key
from tests.rehearsal.emulator.services.dynamodb.holding import (
    described,
    restore,
    switch_on,
    window,
)

pytestmark = pytest.mark.emulator


def test_a_restored_table_has_the_present_keys_capacity_and_encryption_and_nothing_else(
    emulator: Emulator, dynamodb: Any
) -> None:
    key = make_key(emulator)
    index = {
        "IndexName": "by-day",
        "KeySchema": [{"AttributeName": "day", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "KEYS_ONLY"},
    }
    throughput = {"ProvisionedThroughput": {"ReadCapacityUnits": 7, "WriteCapacityUnits": 8}}
    dynamodb.create_table(
        TableName="rich",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("id", "day")],
        KeySchema=TABLE["KeySchema"],
        GlobalSecondaryIndexes=[index | throughput],
        SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key},
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
        DeletionProtectionEnabled=True,
        TableClass="STANDARD_INFREQUENT_ACCESS",
        Tags=TAGS,
        **throughput,
    )
    dynamodb.update_time_to_live(
        TableName="rich", TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"}
    )
    switch_on(dynamodb, "rich")
    dynamodb.update_table(TableName="rich", ProvisionedThroughput={"ReadCapacityUnits": 9, "WriteCapacityUnits": 9})
    made = restore(dynamodb, SourceTableName="rich", UseLatestRestorableTime=True)
    back = described(dynamodb, "restored")
    assert back["SSEDescription"]["KMSMasterKeyArn"] == key
    assert back["ProvisionedThroughput"]["ReadCapacityUnits"] == 9
    assert back["GlobalSecondaryIndexes"][0]["IndexName"] == "by-day"
    assert back["GlobalSecondaryIndexes"][0]["ProvisionedThroughput"]["ReadCapacityUnits"] == 7
    assert back["DeletionProtectionEnabled"] is False
    assert "StreamSpecification" not in back
    assert "TableClassSummary" not in back
    assert dynamodb.list_tags_of_resource(ResourceArn=made["TableArn"])["Tags"] == []
    assert window(dynamodb, "restored") == {"PointInTimeRecoveryStatus": "DISABLED"}
    ttl = dynamodb.describe_time_to_live(TableName="restored")["TimeToLiveDescription"]
    assert ttl == {"TimeToLiveStatus": "DISABLED"}
    without = restore(
        dynamodb,
        "bare",
        SourceTableName="rich",
        UseLatestRestorableTime=True,
        GlobalSecondaryIndexOverride=[],
        BillingModeOverride="PAY_PER_REQUEST",
        SSESpecificationOverride={"Enabled": False},
    )
    assert without["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert "GlobalSecondaryIndexes" not in without
    assert "SSEDescription" not in without
    with refuses("ValidationException"):
        restore(
            dynamodb,
            "other",
            SourceTableName="rich",
            UseLatestRestorableTime=True,
            GlobalSecondaryIndexOverride=[index | {"IndexName": "by-night"}],
        )
