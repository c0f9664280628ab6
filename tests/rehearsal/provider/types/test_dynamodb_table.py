from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal.provider.errors import ProviderError
from rehearsal.provider.types import dynamodb_table
from rehearsal.provider.types.dynamodb_index import global_sent, local_sent
from tests.rehearsal.provider.fakes import client_error
from tests.rehearsal.provider.rules import sent
from tests.rehearsal.provider.stubbed import REGION, World

TYPE = dynamodb_table.TYPE
ARN = f"arn:aws:dynamodb:{REGION}:111111111111:table/receipts"
KEY = f"arn:aws:kms:{REGION}:111111111111:key/k"
GIVEN: dict[str, Any] = {
    "name": "receipts",
    "billingMode": "PAY_PER_REQUEST",
    "hashKey": "pk",
    "attributes": [{"name": "pk", "type": "S"}],
}
SENT: dict[str, Any] = {
    "TableName": "receipts",
    "BillingMode": "PAY_PER_REQUEST",
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    "DeletionProtectionEnabled": False,
    "TableClass": "STANDARD",
}
NAMED = {"TableName": "receipts"}


def table(**changes: Any) -> dict[str, Any]:
    """DescribeTable's answer."""
    described = {
        "TableName": "receipts",
        "TableArn": ARN,
        "TableStatus": "ACTIVE",
        "KeySchema": SENT["KeySchema"],
        "AttributeDefinitions": SENT["AttributeDefinitions"],
        "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"},
        "ProvisionedThroughput": {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0},
        "CreationDateTime": datetime(2026, 11, 22, tzinfo=UTC),
    }
    return {"Table": {**described, **changes}}


def active(world: World, times: int = 2) -> None:
    """Script that the table is seen active."""
    for _ in range(times):
        world.expect("dynamodb", "describe_table", NAMED, table())


def recovery(world: World, status: str, days: int | None = None) -> None:
    """Script an answer on point-in-time recovery."""
    description = {"PointInTimeRecoveryStatus": status} | ({"RecoveryPeriodInDays": days} if days else {})
    answer = {"ContinuousBackupsStatus": "ENABLED", "PointInTimeRecoveryDescription": description}
    world.expect("dynamodb", "describe_continuous_backups", NAMED, {"ContinuousBackupsDescription": answer})


def expiry(world: World, status: str, attribute: str = "expires") -> None:
    """Script an answer on the time to live."""
    answer = {"TimeToLiveStatus": status, "AttributeName": attribute}
    world.expect("dynamodb", "describe_time_to_live", NAMED, {"TimeToLiveDescription": answer})


def test_a_create_sends_all_that_create_table_takes() -> None:
    world = World()
    request = {
        **SENT,
        "SSESpecification": {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": KEY},
        "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        "DeletionProtectionEnabled": True,
        "Tags": [{"Key": "a", "Value": "b"}],
    }
    world.refuse("dynamodb", "create_table", "LimitExceededException", "tables that can be created simultaneously")
    world.expect("dynamodb", "create_table", request, {})
    given = {
        **GIVEN,
        "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY},
        "streamEnabled": True,
        "streamViewType": "NEW_AND_OLD_IMAGES",
        "deletionProtectionEnabled": True,
        "tags": {"a": "b"},
    }
    assert dynamodb_table.create(world.context(), sent(TYPE, given)) == "receipts"
    world.done()


def test_a_provisioned_table_sends_its_units_and_its_indexes() -> None:
    world = World()
    attributes = [{"name": "pk", "type": "S"}, {"name": "day", "type": "N"}]
    units = {"readCapacity": 1, "writeCapacity": 1}
    given = {
        **GIVEN,
        "billingMode": "PROVISIONED",
        "attributes": attributes,
        "readCapacity": 2,
        "writeCapacity": 3,
        "globalSecondaryIndexes": [{"name": "global", "hashKey": "day", "projectionType": "ALL", **units}],
        "localSecondaryIndexes": [{"name": "local", "rangeKey": "day", "projectionType": "ALL"}],
    }
    completed = sent(TYPE, given)
    request = {
        **SENT,
        "BillingMode": "PROVISIONED",
        "AttributeDefinitions": [{"AttributeName": one["name"], "AttributeType": one["type"]} for one in attributes],
        "ProvisionedThroughput": {"ReadCapacityUnits": 2, "WriteCapacityUnits": 3},
        "GlobalSecondaryIndexes": [global_sent(completed["globalSecondaryIndexes"][0], "PROVISIONED")],
        "LocalSecondaryIndexes": [local_sent(completed["localSecondaryIndexes"][0], "pk")],
    }
    world.expect("dynamodb", "create_table", request, {})
    dynamodb_table.create(world.context(), completed)
    world.done()


def test_a_new_table_is_waited_for_and_then_given_expiry_and_recovery() -> None:
    world = World()
    world.expect("dynamodb", "describe_table", NAMED, table(TableStatus="CREATING"))
    active(world)
    expires = {"AttributeName": "expires", "Enabled": True}
    world.expect("dynamodb", "update_time_to_live", {**NAMED, "TimeToLiveSpecification": expires}, {})
    expiry(world, "ENABLING")
    expiry(world, "ENABLED")
    world.refuse(
        "dynamodb", "update_continuous_backups", "ContinuousBackupsUnavailableException", "Backups are being enabled"
    )
    wanted = {"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": 14}
    world.expect("dynamodb", "update_continuous_backups", {**NAMED, "PointInTimeRecoverySpecification": wanted}, {})
    recovery(world, "ENABLED", 14)
    given = {
        **GIVEN,
        "ttl": {"enabled": True, "attributeName": "expires"},
        "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 14},
    }
    dynamodb_table.settle(world.context(), "receipts", sent(TYPE, given))
    assert world.clock.slept[0] == 5.0
    world.done()


def test_fails_when_the_new_table_ends_in_another_state() -> None:
    world = World()
    world.expect("dynamodb", "describe_table", NAMED, table(TableStatus="ARCHIVED"))
    with pytest.raises(ProviderError, match="unexpected state 'ARCHIVED', wanted target 'ACTIVE'"):
        dynamodb_table.settle(world.context(), "receipts", sent(TYPE, GIVEN))


def readable(world: World, **changes: Any) -> None:
    """Script what one read asks."""
    world.expect("dynamodb", "describe_table", NAMED, table(**changes))
    recovery(world, "ENABLED", 35)
    expiry(world, "ENABLED")
    world.expect(
        "dynamodb",
        "list_tags_of_resource",
        {"ResourceArn": ARN},
        {"Tags": [{"Key": "a", "Value": "b"}], "NextToken": "2"},
    )
    world.expect(
        "dynamodb",
        "list_tags_of_resource",
        {"ResourceArn": ARN, "NextToken": "2"},
        {"Tags": [{"Key": "c", "Value": "d"}]},
    )


def test_a_read_tells_the_table_its_recovery_its_expiry_and_every_page_of_tags() -> None:
    world = World()
    readable(world, DeletionProtectionEnabled=True, LatestStreamArn=f"{ARN}/stream/1", LatestStreamLabel="1")
    read = dynamodb_table.read(world.context(), "receipts", {})
    assert read["arn"] == ARN
    assert read["pointInTimeRecovery"] == {"enabled": True, "recoveryPeriodInDays": 35}
    assert read["ttl"] == {"enabled": True, "attributeName": "expires"}
    assert read["tagsAll"] == {"a": "b", "c": "d"}
    assert (read["deletionProtectionEnabled"], read["streamArn"]) == (True, f"{ARN}/stream/1")
    world.done()


@pytest.mark.parametrize(("default", "told"), [(KEY, ""), (KEY.replace("/k", "/l"), KEY), (None, KEY)])
def test_awss_default_key_reads_as_no_key(default: str | None, told: str) -> None:
    world = World()
    readable(world, SSEDescription={"Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": KEY})
    if default:
        answer = {"KeyMetadata": {"KeyId": "k", "Arn": default}}
        world.expect("kms", "describe_key", {"KeyId": "alias/aws/dynamodb"}, answer)
    else:
        world.refuse("kms", "describe_key", "AccessDeniedException")
    read = dynamodb_table.read(world.context(), "receipts", {})
    assert read["serverSideEncryption"] == {"enabled": True, "kmsKeyArn": told}


def test_a_delete_waits_for_whatever_is_being_done_to_the_table() -> None:
    world = World()
    world.refuse("dynamodb", "delete_table", "ResourceInUseException", "a backup is being made")
    world.expect("dynamodb", "delete_table", NAMED, {})
    world.expect("dynamodb", "describe_table", NAMED, table(TableStatus="DELETING"))
    world.refuse("dynamodb", "describe_table", "ResourceNotFoundException")
    dynamodb_table.delete(world.context(), "receipts", {})
    world.done()


def test_fails_when_a_protected_table_is_deleted() -> None:
    world = World()
    world.refuse("dynamodb", "delete_table", "ValidationException", "deletion protection is enabled")
    with pytest.raises(ClientError, match="deletion protection"):
        dynamodb_table.delete(world.context(), "receipts", {})


def test_only_a_missing_table_is_gone_and_deleted() -> None:
    assert TYPE.gone(client_error("ResourceNotFoundException"))
    assert not TYPE.gone(client_error("AccessDeniedException"))
    assert TYPE.delete_ignores
    assert TYPE.delete_ignores(
        client_error("ResourceNotFoundException", "Requested resource not found: Table: receipts")
    )
    assert not TYPE.delete_ignores(client_error("ResourceNotFoundException", "Requested resource not found"))
