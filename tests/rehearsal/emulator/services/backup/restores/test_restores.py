from typing import Any

import pytest

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, refusal
from tests.rehearsal.emulator.services.backup.backing_up import DAY, HOUR, TABLE, TABLE_ARN, back_up
from tests.rehearsal.emulator.services.backup.copying import Pair, make_pair, order, restore, takes

pytestmark = pytest.mark.emulator

_ASKED = {"targetTableName": "again", "encryptionType": "Default"}


@pytest.fixture
def pair(emulator: Emulator, backup: Any) -> Pair:
    """Prod with a point of its table."""
    return make_pair(emulator, backup, RecoveryPointTags={"tier": "gold"})


def _start(pair: Pair, **changes: Any) -> str:
    asked = {"RecoveryPointArn": pair.point, "IamRoleArn": ROLE, "Metadata": _ASKED}
    return pair.source.start_restore_job(**(asked | changes))["RestoreJobId"]


def _job(pair: Pair, job_id: str) -> dict[str, Any]:
    return pair.source.describe_restore_job(RestoreJobId=job_id)


def _tables(emulator: Emulator) -> list[str]:
    return emulator.client("dynamodb").list_tables()["TableNames"]


def test_a_restore_makes_a_table_with_the_items_of_the_point(pair: Pair) -> None:
    dynamodb = pair.emulator.client("dynamodb")
    dynamodb.put_item(TableName=TABLE, Item={"id": {"S": "later"}})
    pair.emulator.advance(60)
    job = restore(pair.source, pair.point)
    assert (job["Status"], job["SourceResourceArn"], job["AccountId"]) == ("COMPLETED", TABLE_ARN, PROD)
    assert job["CreatedResourceArn"] == f"arn:aws:dynamodb:{REGION}:{PROD}:table/again"
    items = dynamodb.scan(TableName="again")["Items"]
    assert sorted(item["id"]["S"] for item in items) == ["0", "1", "2"]
    table = dynamodb.describe_table(TableName="again")["Table"]
    assert table["TableStatus"] == "ACTIVE"
    assert table["RestoreSummary"]["SourceBackupArn"] == pair.point
    point = pair.source.describe_recovery_point(BackupVaultName=VAULT, RecoveryPointArn=pair.point)
    assert point["LastRestoreTime"] == job["CompletionDate"]


def test_a_table_comes_back_without_the_settings_that_aws_loses(pair: Pair) -> None:
    dynamodb = pair.emulator.client("dynamodb")
    dynamodb.update_continuous_backups(
        TableName=TABLE, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    dynamodb.update_time_to_live(TableName=TABLE, TimeToLiveSpecification={"Enabled": True, "AttributeName": "ttl"})
    dynamodb.update_table(TableName=TABLE, DeletionProtectionEnabled=True)
    restore(pair.source, back_up(pair.source)["RecoveryPointArn"])
    backups = dynamodb.describe_continuous_backups(TableName="again")["ContinuousBackupsDescription"]
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "DISABLED"
    ttl = dynamodb.describe_time_to_live(TableName="again")["TimeToLiveDescription"]
    assert ttl["TimeToLiveStatus"] == "DISABLED"
    assert not dynamodb.describe_table(TableName="again")["Table"].get("DeletionProtectionEnabled")


def test_tags_come_back_when_they_are_asked_for(pair: Pair) -> None:
    dynamodb = pair.emulator.client("dynamodb")
    _start(pair, CopySourceTagsToRestoredResource=True)
    _start(pair, Metadata=_ASKED | {"targetTableName": "bare"})
    found = {
        name: dynamodb.list_tags_of_resource(ResourceArn=f"arn:aws:dynamodb:{REGION}:{PROD}:table/{name}")["Tags"]
        for name in ("again", "bare")
    }
    assert found == {"again": [{"Key": "tier", "Value": "gold"}], "bare": []}


def test_metadata_are_read_in_any_case_and_returned_as_given(pair: Pair) -> None:
    asked = {"TARGETTABLENAME": "again", "EncryptionType": "Default", "aws:backup:request-id": "1"}
    job = restore(pair.source, pair.point, **asked)
    assert job["Status"] == "COMPLETED"
    assert pair.source.get_restore_job_metadata(RestoreJobId=job["RestoreJobId"])["Metadata"] == asked


def test_a_table_takes_no_request_until_the_restore_has_ended(pair: Pair) -> None:
    takes(pair.emulator, "restore", HOUR)
    started = _start(pair)
    dynamodb = pair.emulator.client("dynamodb")
    assert (_job(pair, started)["Status"], _job(pair, started)["PercentDone"]) == ("RUNNING", "0.00%")
    assert dynamodb.describe_table(TableName="again")["Table"]["TableStatus"] == "CREATING"
    pair.emulator.advance(HOUR)
    assert (_job(pair, started)["Status"], _job(pair, started)["PercentDone"]) == ("COMPLETED", "100.00%")
    assert dynamodb.describe_table(TableName="again")["Table"]["TableStatus"] == "ACTIVE"


def test_a_cold_point_takes_twice_as_long(emulator: Emulator, backup: Any) -> None:
    pair = make_pair(emulator, backup, Lifecycle={"MoveToColdStorageAfterDays": 8})
    takes(emulator, "restore", HOUR)
    emulator.advance(8 * DAY)
    started = _start(pair)
    emulator.advance(HOUR)
    assert _job(pair, started)["Status"] == "RUNNING"
    emulator.advance(HOUR)
    assert _job(pair, started)["Status"] == "COMPLETED"


@pytest.mark.parametrize("ends", ["FAILED", "ABORTED"])
def test_a_restore_that_ends_badly_leaves_no_table(pair: Pair, ends: str) -> None:
    order(pair.emulator, "restore", ends, message="as ordered", after_seconds=60)
    started = _start(pair)
    assert _job(pair, started)["Status"] == "RUNNING"
    pair.emulator.advance(61)
    job = _job(pair, started)
    assert (job["Status"], job["StatusMessage"], "CreatedResourceArn" in job) == (ends, "as ordered", False)
    assert _tables(pair.emulator) == [TABLE]


def test_a_restore_that_never_ends_goes_on(pair: Pair) -> None:
    order(pair.emulator, "restore", "NEVER")
    started = _start(pair)
    pair.emulator.advance(9 * DAY)
    assert _job(pair, started)["Status"] == "RUNNING"


def test_the_same_request_again_starts_no_second_restore(pair: Pair) -> None:
    first = _start(pair, IdempotencyToken="one")
    assert _start(pair, IdempotencyToken="one") == first
    other = _ASKED | {"targetTableName": "other"}
    assert refusal(_start, pair=pair, IdempotencyToken="one", Metadata=other) == "InvalidParameterValueException"
    assert _start(pair, IdempotencyToken="two", Metadata=other) != first


def test_a_copy_is_restored_where_it_is(pair: Pair) -> None:
    copied = pair.copy()["DestinationRecoveryPointArn"]
    assert refusal(_start, pair=pair, RecoveryPointArn=copied) in {"AccessDeniedException", "ResourceNotFoundException"}
    role = "arn:aws:iam::333333333333:role/OrganizationAccountAccessRole"
    assert refusal(pair.central.start_restore_job, RecoveryPointArn=pair.point, IamRoleArn=role, Metadata=_ASKED) in {
        "AccessDeniedException",
        "ResourceNotFoundException",
    }


def test_restores_are_listed_by_every_filter_for_30_days(pair: Pair) -> None:
    good = _start(pair)
    pair.emulator.advance(DAY)
    bad = _start(pair)
    created = _job(pair, bad)["CreationDate"]
    expected: list[tuple[dict[str, object], list[str]]] = [
        ({}, [bad, good]),
        ({"ByStatus": "FAILED"}, [bad]),
        ({"ByStatus": "COMPLETED"}, [good]),
        ({"ByResourceType": "DynamoDB", "ByAccountId": PROD}, [bad, good]),
        ({"ByCreatedBefore": created, "ByCompleteBefore": created}, [good]),
        ({"ByCreatedAfter": created}, []),
        ({"ByCompleteAfter": created}, []),
        ({"ByRestoreTestingPlanArn": "none"}, []),
        ({"ByParentJobId": "none"}, []),
    ]
    for filters, jobs in expected:
        found = pair.source.list_restore_jobs(**filters)["RestoreJobs"]
        assert [job["RestoreJobId"] for job in found] == jobs, filters
    pair.emulator.advance(30 * DAY - HOUR)
    assert [job["RestoreJobId"] for job in pair.source.list_restore_jobs()["RestoreJobs"]] == [bad]


def test_restores_are_listed_by_their_resource(pair: Pair) -> None:
    good = _start(pair)
    created = _job(pair, good)["RecoveryPointCreationDate"]
    expected: list[tuple[dict[str, object], int]] = [
        ({"ResourceArn": TABLE_ARN}, 1),
        ({"ResourceArn": TABLE_ARN, "ByStatus": "COMPLETED"}, 1),
        ({"ResourceArn": TABLE_ARN, "ByStatus": "FAILED"}, 0),
        ({"ResourceArn": TABLE_ARN, "ByRecoveryPointCreationDateAfter": created}, 0),
        ({"ResourceArn": TABLE_ARN, "ByRecoveryPointCreationDateBefore": created}, 0),
        ({"ResourceArn": f"{TABLE_ARN}2"}, 0),
    ]
    for filters, count in expected:
        found = pair.source.list_restore_jobs_by_protected_resource(**filters)["RestoreJobs"]
        assert len(found) == count, filters


def test_fails_when_the_restore_job_does_not_exist(pair: Pair) -> None:
    for call in (pair.source.describe_restore_job, pair.source.get_restore_job_metadata):
        assert refusal(call, RestoreJobId="absent") == "ResourceNotFoundException"
    assert pair.central.list_restore_jobs()["RestoreJobs"] == []
