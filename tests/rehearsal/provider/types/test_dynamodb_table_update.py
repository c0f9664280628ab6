from typing import Any

from rehearsal.provider.schema import Update
from rehearsal.provider.types import dynamodb_table
from rehearsal.provider.types.dynamodb_table_update import update
from tests.rehearsal.provider.rules import sent
from tests.rehearsal.provider.stubbed import World

NAMED = {"TableName": "receipts"}
ACTIVE = {"Table": {"TableStatus": "ACTIVE"}}
INDEX: dict[str, Any] = {
    "name": "by-owner",
    "hashKey": "owner",
    "projectionType": "ALL",
    "readCapacity": 1,
    "writeCapacity": 1,
}
GIVEN: dict[str, Any] = {
    "name": "receipts",
    "hashKey": "pk",
    "attributes": [{"name": "pk", "type": "S"}],
    "readCapacity": 1,
    "writeCapacity": 1,
}
STREAM = {"streamEnabled": True, "streamViewType": "NEW_IMAGE"}


def changed(world: World, old: dict[str, Any], new: dict[str, Any]) -> None:
    """Update a table from some inputs to others; every script must be played."""
    names = frozenset(name for name in {**old, **new} if old.get(name) != new.get(name))
    kind = dynamodb_table.TYPE
    before, after = sent(kind, {**GIVEN, **old}), sent(kind, {**GIVEN, **new})
    update(world.context(), Update(id="receipts", old=before, new=after, changed=names))
    world.done()


def call(world: World, **request: Any) -> None:
    """Script one UpdateTable and the wait after it."""
    world.expect("dynamodb", "update_table", {**NAMED, **request}, {})
    for _ in range(2):
        world.expect("dynamodb", "describe_table", NAMED, ACTIVE)


def test_capacity_protection_and_stream_go_in_one_call() -> None:
    world = World()
    call(
        world,
        BillingMode="PROVISIONED",
        ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 1},
        DeletionProtectionEnabled=True,
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    changed(world, {}, {"readCapacity": 5, "writeCapacity": 1, "deletionProtectionEnabled": True, **STREAM})


def test_going_on_demand_sends_no_units() -> None:
    world = World()
    call(world, BillingMode="PAY_PER_REQUEST")
    old = {"billingMode": "PROVISIONED"}
    changed(world, old, {"billingMode": "PAY_PER_REQUEST", "readCapacity": 0, "writeCapacity": 0})


def test_a_stream_changes_its_view_by_going_off_and_on() -> None:
    world = World()
    call(world, StreamSpecification={"StreamEnabled": False})
    call(world, StreamSpecification={"StreamEnabled": True, "StreamViewType": "OLD_IMAGE"})
    changed(world, STREAM, {**STREAM, "streamViewType": "OLD_IMAGE"})


def test_a_stream_goes_off() -> None:
    world = World()
    call(world, StreamSpecification={"StreamEnabled": False})
    changed(world, STREAM, {})


def test_the_class_goes_alone_and_first() -> None:
    world = World()
    call(world, TableClass="STANDARD_INFREQUENT_ACCESS")
    call(world, DeletionProtectionEnabled=True)
    changed(world, {}, {"tableClass": "STANDARD_INFREQUENT_ACCESS", "deletionProtectionEnabled": True})


def test_limits_that_are_taken_away_are_lifted() -> None:
    world = World()
    call(world, OnDemandThroughput={"MaxReadRequestUnits": -1, "MaxWriteRequestUnits": -1})
    changed(world, {"onDemandThroughput": {"maxReadRequestUnits": 5}}, {})


def index_seen(world: World, *statuses: str | None) -> None:
    """Script what is seen of the index, look by look."""
    for status in statuses:
        indexes = [{"IndexName": "by-owner", "IndexStatus": status}] if status else []
        world.expect(
            "dynamodb", "describe_table", NAMED, {"Table": {"TableStatus": "ACTIVE", "GlobalSecondaryIndexes": indexes}}
        )


MADE = {
    "IndexName": "by-owner",
    "KeySchema": [{"AttributeName": "owner", "KeyType": "HASH"}],
    "Projection": {"ProjectionType": "ALL"},
    "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
}
ATTRIBUTES = [{"AttributeName": "pk", "AttributeType": "S"}]


def test_a_new_index_is_made_and_waited_for() -> None:
    world = World()
    call(world, AttributeDefinitions=ATTRIBUTES, GlobalSecondaryIndexUpdates=[{"Create": MADE}])
    index_seen(world, "CREATING", "ACTIVE")
    changed(world, {}, {"globalSecondaryIndexes": [INDEX]})


def test_an_index_whose_keys_change_is_dropped_first_and_made_again_last() -> None:
    world = World()
    call(world, GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "by-owner"}}])
    index_seen(world, "DELETING", None)
    call(world, DeletionProtectionEnabled=True)
    call(world, AttributeDefinitions=ATTRIBUTES, GlobalSecondaryIndexUpdates=[{"Create": MADE}])
    index_seen(world, "ACTIVE")
    old = {"globalSecondaryIndexes": [{**INDEX, "hashKey": "other"}]}
    changed(world, old, {"globalSecondaryIndexes": [INDEX], "deletionProtectionEnabled": True})


def test_an_index_changes_its_units_in_place() -> None:
    world = World()
    units = {"ReadCapacityUnits": 9, "WriteCapacityUnits": 1}
    call(world, GlobalSecondaryIndexUpdates=[{"Update": {"IndexName": "by-owner", "ProvisionedThroughput": units}}])
    changed(world, {"globalSecondaryIndexes": [INDEX]}, {"globalSecondaryIndexes": [{**INDEX, "readCapacity": 9}]})


def test_encryption_expiry_and_recovery_follow_in_this_order() -> None:
    world, key = World(), "arn:aws:kms:eu-west-2:111111111111:key/k"
    call(world, SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key})
    world.expect("dynamodb", "describe_table", NAMED, {"Table": {"SSEDescription": {"Status": "UPDATING"}}})
    world.expect("dynamodb", "describe_table", NAMED, {"Table": {"SSEDescription": {"Status": "ENABLED"}}})
    off = {"AttributeName": "expires", "Enabled": False}
    world.expect("dynamodb", "update_time_to_live", {**NAMED, "TimeToLiveSpecification": off}, {})
    world.expect(
        "dynamodb", "describe_time_to_live", NAMED, {"TimeToLiveDescription": {"TimeToLiveStatus": "DISABLED"}}
    )
    without = {"PointInTimeRecoveryEnabled": False}
    world.expect("dynamodb", "update_continuous_backups", {**NAMED, "PointInTimeRecoverySpecification": without}, {})
    answer = {
        "ContinuousBackupsStatus": "ENABLED",
        "PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": "DISABLED"},
    }
    world.expect("dynamodb", "describe_continuous_backups", NAMED, {"ContinuousBackupsDescription": answer})
    old = {
        "ttl": {"enabled": True, "attributeName": "expires"},
        "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 9},
    }
    new = {
        "serverSideEncryption": {"enabled": True, "kmsKeyArn": key},
        "ttl": {"enabled": False},
        "pointInTimeRecovery": {"enabled": False, "recoveryPeriodInDays": 9},
    }
    changed(world, old, new)
