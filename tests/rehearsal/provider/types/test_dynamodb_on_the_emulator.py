import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.provider.driver import CallFailedError, Driver
from tests.rehearsal.provider.journey import Journey

pytestmark = pytest.mark.emulator

TABLE = "aws:dynamodb/table:Table"
BARE = {
    "name": "journey",
    "hashKey": "pk",
    "attributes": [{"name": "pk", "type": "S"}],
    "billingMode": "PAY_PER_REQUEST",
}


def test_a_table_lives(provider: Driver, emulator: Emulator) -> None:
    key = emulator.client("kms").create_key()["KeyMetadata"]["Arn"]
    given = {
        **BARE,
        "rangeKey": "sk",
        "attributes": [{"name": "pk", "type": "S"}, {"name": "sk", "type": "N"}],
        "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 14},
        "serverSideEncryption": {"enabled": True, "kmsKeyArn": key},
        "streamEnabled": True,
        "streamViewType": "NEW_AND_OLD_IMAGES",
        "ttl": {"enabled": True, "attributeName": "expires"},
        "deletionProtectionEnabled": True,
        "tags": {"owner": "platform"},
    }
    changes = (
        {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35}},
        {"pointInTimeRecovery": {"enabled": False}},
        {"ttl": {"enabled": False, "attributeName": "expires"}},
        {"tags": {"owner": "others", "more": "yes"}},
        {"streamEnabled": False, "streamViewType": None},
        {"tableClass": "STANDARD_INFREQUENT_ACCESS"},
        {"deletionProtectionEnabled": False},
    )
    Journey(TABLE, given, changes).travel(provider)


def test_a_provisioned_table_with_indexes_lives(provider: Driver) -> None:
    by_owner = {"name": "by-owner", "hashKey": "owner", "projectionType": "ALL", "readCapacity": 1, "writeCapacity": 1}
    given = {
        "name": "journey-provisioned",
        "hashKey": "pk",
        "rangeKey": "sk",
        "attributes": [{"name": one, "type": "S"} for one in ("pk", "sk", "owner", "day")],
        "readCapacity": 2,
        "writeCapacity": 3,
        "globalSecondaryIndexes": [by_owner],
        "localSecondaryIndexes": [{"name": "by-day", "rangeKey": "day", "projectionType": "KEYS_ONLY"}],
    }
    changes = (
        {"readCapacity": 4},
        {"globalSecondaryIndexes": [{**by_owner, "readCapacity": 5}]},
        {"globalSecondaryIndexes": [by_owner, {**by_owner, "name": "second", "hashKey": "day"}]},
        {"globalSecondaryIndexes": [{**by_owner, "projectionType": "KEYS_ONLY"}]},
    )
    Journey(TABLE, given, changes).travel(provider)


def test_recovery_switched_off_by_hand_shows_and_is_mended(provider: Driver, emulator: Emulator) -> None:
    given = {**BARE, "name": "journey-drift", "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35}}
    made = provider.create(TABLE, "t", given)
    emulator.client("dynamodb").update_continuous_backups(
        TableName="journey-drift", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": False}
    )
    seen = provider.refresh(made)
    assert seen is not None
    assert provider.diff(seen, given).detail == {
        "pointInTimeRecovery.enabled": "UPDATE",
        "pointInTimeRecovery.recoveryPeriodInDays": "ADD",
    }
    mended = provider.update(seen, given)
    assert mended.state["pointInTimeRecovery"] == {"enabled": True, "recoveryPeriodInDays": 35}
    provider.delete(mended)


def test_fails_when_a_protected_table_is_deleted(provider: Driver) -> None:
    made = provider.create(TABLE, "t", {**BARE, "name": "journey-protected", "deletionProtectionEnabled": True})
    with pytest.raises(CallFailedError, match=r"deleting AWS DynamoDB Table \(journey-protected\): operation error"):
        provider.delete(made)
    provider.delete(provider.update(made, {**BARE, "name": "journey-protected"}))


def test_fails_when_the_name_is_taken(provider: Driver) -> None:
    made = provider.create(TABLE, "t", {**BARE, "name": "journey-twice"})
    with pytest.raises(CallFailedError, match=r"creating AWS DynamoDB Table .* ResourceInUseException"):
        provider.create(TABLE, "u", {**BARE, "name": "journey-twice"})
    provider.delete(made)
