"""What is read of a table whose answers the local AWS does not give, and what is sent."""

from datetime import UTC, datetime
from typing import Any

import pytest

from strongroom.aws.dynamo_table_states import DynamoTableStates
from strongroom.aws.errors import DeniedError, FailedError
from strongroom.config.tables import StreamView
from tests.strongroom.aws.canned import Answer, Asked, Canned, always, refused, said

ARN = "arn:aws:dynamodb:eu-west-2:111111111111:table/receipts"
KEY = "arn:aws:kms:eu-west-2:111111111111:key/1"
TABLE: dict[str, Any] = {
    "TableArn": ARN,
    "TableStatus": "ACTIVE",
    "KeySchema": [{"AttributeName": "at", "KeyType": "RANGE"}, {"AttributeName": "id", "KeyType": "HASH"}],
    "AttributeDefinitions": [
        {"AttributeName": "at", "AttributeType": "N"},
        {"AttributeName": "id", "AttributeType": "S"},
        {"AttributeName": "index", "AttributeType": "B"},
    ],
    "CreationDateTime": 60,
    "DeletionProtectionEnabled": True,
    "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "OLD_IMAGE"},
    "SSEDescription": {"Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": KEY},
    "ItemCount": 7,
    "TableSizeBytes": 8,
}


def answers(ttl: str = "DISABLED", pitr: str = "DISABLED", **changes: object) -> Canned:
    """DynamoDB with one table."""
    days = {"RecoveryPeriodInDays": 7} if pitr == "ENABLED" else {}
    recovery = {"PointInTimeRecoveryStatus": pitr, **days}

    def answer(operation: str, _: Asked) -> Answer:
        return {
            "DescribeTable": said(Table=TABLE | changes),
            "DescribeTimeToLive": said(TimeToLiveDescription={"TimeToLiveStatus": ttl, "AttributeName": "expires"}),
            "DescribeContinuousBackups": said(
                ContinuousBackupsDescription={
                    "ContinuousBackupsStatus": "ENABLED",
                    "PointInTimeRecoveryDescription": recovery,
                }
            ),
            "ListTagsOfResource": said(Tags=[{"Key": "a", "Value": "b"}]),
        }[operation]

    return Canned("dynamodb", answer)


def test_a_table_is_read_with_all_its_settings() -> None:
    found = DynamoTableStates(answers("ENABLED", "ENABLED").client).state("receipts")
    assert found
    assert [(part.name, part.kind, part.type) for part in found.keys] == [("id", "HASH", "S"), ("at", "RANGE", "N")]
    assert (found.stream, found.kms_key_arn, found.deletion_protection) == (StreamView.OLD_IMAGE, KEY, True)
    assert (found.item_count, found.size_bytes, found.pitr_days, found.tags) == (7, 8, 7, {"a": "b"})
    assert found.created == datetime(1970, 1, 1, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "attribute", "changing"),
    [
        ("ENABLED", "expires", False),
        ("ENABLING", "expires", True),
        ("DISABLING", None, True),
        ("DISABLED", None, False),
    ],
)
def test_expiry_that_is_being_switched_is_told(status: str, attribute: str | None, changing: bool) -> None:
    found = DynamoTableStates(answers(status).client).state("receipts")
    assert found
    assert (found.ttl_attribute, found.ttl_changing) == (attribute, changing)


@pytest.mark.parametrize("status", ["CREATING", "DELETING", "ARCHIVED"])
def test_settings_are_not_asked_for_where_dynamodb_would_refuse(status: str) -> None:
    canned = answers("ENABLED", "ENABLED", TableStatus=status)
    found = DynamoTableStates(canned.client).state("receipts")
    assert found
    assert (found.status, found.ttl_attribute, found.pitr_days, found.tags) == (status, None, None, {})
    assert canned.operations() == ["DescribeTable"]


def test_a_stream_that_is_off_is_none() -> None:
    found = DynamoTableStates(answers(StreamSpecification={"StreamEnabled": False}).client).state("receipts")
    assert found
    assert found.stream is None


def test_recovery_in_time_is_off_whatever_continuous_backups_say() -> None:
    assert DynamoTableStates(answers().client).pitr_window("receipts") is None


def test_fails_when_a_window_has_no_ends() -> None:
    with pytest.raises(FailedError, match="without EarliestRestorableDateTime"):
        DynamoTableStates(answers(pitr="ENABLED").client).pitr_window("receipts")


def test_fails_when_a_table_may_not_be_read() -> None:
    with pytest.raises(DeniedError, match="reading table receipts: AccessDeniedException"):
        DynamoTableStates(Canned("dynamodb", always(refused("AccessDeniedException"))).client).state("receipts")


@pytest.mark.parametrize(
    ("at", "key", "told"),
    [
        (None, None, {"UseLatestRestorableTime": True, "SSESpecificationOverride": {"Enabled": False}}),
        (
            datetime(2026, 11, 22, tzinfo=UTC),
            KEY,
            {
                "RestoreDateTime": datetime(2026, 11, 22, tzinfo=UTC),
                "SSESpecificationOverride": {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": KEY},
            },
        ),
    ],
    ids=["latest under a key of AWS's own", "an instant under a key of the account"],
)
def test_a_restore_always_says_when_and_under_which_key(
    at: datetime | None, key: str | None, told: dict[str, object]
) -> None:
    canned = Canned("dynamodb", always(said(TableDescription={})))
    DynamoTableStates(canned.client).restore_to("receipts", "again", at, key)
    asked = {"SourceTableName": "receipts", "TargetTableName": "again", **told}
    assert canned.asked == [("RestoreTableToPointInTime", asked)]


def test_the_days_of_recovery_are_sent_with_the_switch() -> None:
    canned = Canned("dynamodb", always(said(ContinuousBackupsDescription={})))
    DynamoTableStates(canned.client).set_pitr("receipts", 7)
    wanted = {"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": 7}
    assert canned.asked[0][1]["PointInTimeRecoverySpecification"] == wanted
