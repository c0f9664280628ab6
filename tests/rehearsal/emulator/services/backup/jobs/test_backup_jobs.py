from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_process import BACKUP, PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, make_role, refusal, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import (
    DAY,
    HOUR,
    TABLE_ARN,
    advance,
    back_up,
    make_table,
    order,
    points,
    start,
    takes,
)

pytestmark = pytest.mark.emulator


@pytest.fixture
def ready(emulator: Emulator, backup: Any) -> Any:
    """AWS Backup of prod with a vault, a table and the role of a job."""
    make_table(emulator)
    make_role(emulator)
    return backup


def test_a_job_makes_a_point_of_the_table(ready: Any) -> None:
    asked = {"DeleteAfterDays": 35}
    job = back_up(ready, Lifecycle=asked)
    assert (job["State"], job["PercentDone"], job["MessageCategory"]) == ("COMPLETED", "100.0", "SUCCESS")
    assert job["RecoveryPointArn"].startswith(f"arn:aws:backup:{REGION}:{PROD}:recovery-point:")
    assert (job["AccountId"], job["BackupVaultArn"], job["ResourceName"]) == (PROD, vault_arn(), "receipts")
    assert (job["RecoveryPointLifecycle"], job["ResourceType"], job["IamRoleArn"]) == (asked, "DynamoDB", ROLE)
    assert job["StartBy"] - job["CreationDate"] == timedelta(hours=8)
    assert [point["RecoveryPointArn"] for point in points(ready)] == [job["RecoveryPointArn"]]


def test_a_point_holds_the_size_of_the_items(ready: Any) -> None:
    assert back_up(ready)["BackupSizeInBytes"] == points(ready)[0]["BackupSizeInBytes"] > 0


def test_a_job_that_takes_time_runs_until_then(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 600)
    job = start(ready)
    running = ready.describe_backup_job(BackupJobId=job)
    assert (running["State"], running["PercentDone"], "CompletionDate" in running) == ("RUNNING", "0.0", False)
    assert [point["Status"] for point in points(ready)] == ["CREATING"]
    advance(emulator, 599)
    assert ready.describe_backup_job(BackupJobId=job)["State"] == "RUNNING"
    advance(emulator, 1)
    done = ready.describe_backup_job(BackupJobId=job)
    assert (done["State"], [point["Status"] for point in points(ready)]) == ("COMPLETED", ["COMPLETED"])
    assert timedelta(seconds=600) <= done["CompletionDate"] - done["CreationDate"] < timedelta(seconds=610)


def test_the_same_token_starts_one_job(ready: Any) -> None:
    assert start(ready, IdempotencyToken="once") == start(ready, IdempotencyToken="once")
    assert len(ready.list_backup_jobs()["BackupJobs"]) == 1


def test_fails_when_a_token_comes_with_other_parameters(ready: Any) -> None:
    start(ready, IdempotencyToken="once")
    asked = {"BackupVaultName": VAULT, "ResourceArn": TABLE_ARN, "IamRoleArn": ROLE, "IdempotencyToken": "once"}
    code = refusal(ready.start_backup_job, **asked, Lifecycle={"DeleteAfterDays": 1})
    assert code == "InvalidParameterValueException"


@pytest.mark.parametrize(
    "changes",
    [
        {"StartWindowMinutes": 59},
        {"StartWindowMinutes": 52_560_001, "CompleteWindowMinutes": 52_560_001},
        {"StartWindowMinutes": 61, "CompleteWindowMinutes": 60},
        {"Lifecycle": {"DeleteAfterDays": 0}},
        {"Lifecycle": {"DeleteAfterDays": 36_501}},
        {"Lifecycle": {"MoveToColdStorageAfterDays": 0}},
        {"Lifecycle": {"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 97}},
        {"RecoveryPointTags": {"aws:mine": "x"}},
        {"BackupOptions": {"WindowsVSS": "enabled"}},
        {"ResourceArn": f"arn:aws:dynamodb:{REGION}:{BACKUP}:table/receipts"},
        {"ResourceArn": f"arn:aws:dynamodb:us-east-1:{PROD}:table/receipts"},
        {"ResourceArn": f"arn:aws:sns:{REGION}:{PROD}:topic"},
        {"IamRoleArn": f"arn:aws:iam::{PROD}:role/absent"},
        {"IamRoleArn": f"arn:aws:iam::{BACKUP}:role/backup"},
    ],
)
def test_fails_when_a_parameter_is_none_that_a_job_takes(ready: Any, changes: dict[str, Any]) -> None:
    asked = {"BackupVaultName": VAULT, "ResourceArn": TABLE_ARN, "IamRoleArn": ROLE} | changes
    assert refusal(ready.start_backup_job, **asked) == "InvalidParameterValueException"
    assert ready.list_backup_jobs()["BackupJobs"] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"StartWindowMinutes": 60, "CompleteWindowMinutes": 60},
        {"StartWindowMinutes": 52_560_000, "CompleteWindowMinutes": 52_560_000},
        {"Lifecycle": {"DeleteAfterDays": 1}},
        {"Lifecycle": {"DeleteAfterDays": 36_500}},
        {"Lifecycle": {"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98}},
        {"RecoveryPointTags": {"mine": "x"}},
    ],
)
def test_parameters_are_taken_at_their_bounds(ready: Any, changes: dict[str, Any]) -> None:
    assert back_up(ready, **changes)["State"] == "COMPLETED"


def test_fails_when_the_role_does_not_trust_aws_backup(emulator: Emulator, ready: Any) -> None:
    role = make_role(emulator, "other", "lambda.amazonaws.com")
    asked = {"BackupVaultName": VAULT, "ResourceArn": TABLE_ARN, "IamRoleArn": role}
    assert refusal(ready.start_backup_job, **asked) == "InvalidParameterValueException"


def test_fails_when_the_vault_does_not_exist(ready: Any) -> None:
    asked = {"BackupVaultName": "absent", "ResourceArn": TABLE_ARN, "IamRoleArn": ROLE}
    assert refusal(ready.start_backup_job, **asked) == "ResourceNotFoundException"


def test_fails_when_the_resource_is_a_bucket(ready: Any) -> None:
    asked = {"BackupVaultName": VAULT, "ResourceArn": "arn:aws:s3:::files", "IamRoleArn": ROLE}
    assert refusal(ready.start_backup_job, **asked) == "NotImplemented"


def test_fails_when_the_job_does_not_exist(ready: Any) -> None:
    for call in (ready.describe_backup_job, ready.stop_backup_job):
        assert refusal(call, BackupJobId="absent") == "ResourceNotFoundException"


def test_a_job_on_a_table_that_does_not_exist_fails(ready: Any) -> None:
    job = back_up(ready, ResourceArn=TABLE_ARN.replace("receipts", "absent"))
    assert (job["State"], job["StatusMessage"]) == ("FAILED", "Table not found.")
    assert points(ready) == []


@pytest.mark.parametrize("seconds", [0, 30])
def test_a_job_fails_by_order(emulator: Emulator, ready: Any, seconds: int) -> None:
    takes(emulator, seconds)
    order(emulator, "FAILED", message="An internal error occurred.")
    job = start(ready)
    advance(emulator, seconds)
    ended = ready.describe_backup_job(BackupJobId=job)
    assert (ended["State"], ended["StatusMessage"]) == ("FAILED", "An internal error occurred.")
    assert points(ready) == []
    assert back_up(ready)["State"] == ("RUNNING" if seconds else "COMPLETED")


def test_a_job_ends_partially_by_order(emulator: Emulator, ready: Any) -> None:
    order(emulator, "PARTIAL")
    assert back_up(ready)["State"] == "PARTIAL"
    assert [point["Status"] for point in points(ready)] == ["PARTIAL"]


def test_a_job_never_ends_by_order(emulator: Emulator, ready: Any) -> None:
    order(emulator, "NEVER")
    job = start(ready, StartWindowMinutes=60, CompleteWindowMinutes=60)
    advance(emulator, 40 * DAY)
    assert ready.describe_backup_job(BackupJobId=job)["State"] == "RUNNING"


def test_a_job_expires_by_order_at_the_end_of_its_start_window(emulator: Emulator, ready: Any) -> None:
    order(emulator, "EXPIRED")
    job = start(ready, StartWindowMinutes=60)
    advance(emulator, HOUR - 60)
    assert ready.describe_backup_job(BackupJobId=job)["State"] == "PENDING"
    advance(emulator, 61)
    assert ready.describe_backup_job(BackupJobId=job)["State"] == "EXPIRED"


def test_a_second_job_on_a_table_waits_for_the_first(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 600)
    first, second = start(ready), start(ready)
    assert ready.describe_backup_job(BackupJobId=second)["State"] == "PENDING"
    advance(emulator, 600)
    assert ready.describe_backup_job(BackupJobId=first)["State"] == "COMPLETED"
    assert ready.describe_backup_job(BackupJobId=second)["State"] == "RUNNING"
    advance(emulator, 600)
    assert ready.describe_backup_job(BackupJobId=second)["State"] == "COMPLETED"


def test_a_second_job_expires_when_the_first_outlasts_its_window(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 2 * HOUR)
    start(ready)
    second = start(ready, StartWindowMinutes=60)
    advance(emulator, HOUR + 60)
    ended = ready.describe_backup_job(BackupJobId=second)
    assert ended["State"] == "EXPIRED"
    assert ended["StatusMessage"] == "Backup job failed because there was a running job for the same resource."
    advance(emulator, HOUR)
    assert back_up(ready)["State"] == "RUNNING"


def test_jobs_on_two_tables_run_beside_each_other(emulator: Emulator, ready: Any) -> None:
    other = make_table(emulator, "payments")
    takes(emulator, 600)
    jobs = start(ready), start(ready, ResourceArn=other)
    assert [ready.describe_backup_job(BackupJobId=job)["State"] for job in jobs] == ["RUNNING", "RUNNING"]


@pytest.mark.parametrize(("minutes", "state"), [(61, "EXPIRED"), (60, "COMPLETED")])
def test_a_job_ends_within_its_completion_window(emulator: Emulator, ready: Any, minutes: int, state: str) -> None:
    takes(emulator, minutes * 60 - 30)
    job = start(ready, StartWindowMinutes=60, CompleteWindowMinutes=60)
    advance(emulator, 2 * HOUR)
    ended = ready.describe_backup_job(BackupJobId=job)
    assert ended["State"] == state
    assert ended.get("StatusMessage") == (None if state == "COMPLETED" else "Backup job expired before completion.")
    assert len(points(ready)) == (state == "COMPLETED")


def test_a_jobs_completion_window_counts_the_wait(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 60 * 60)
    start(ready)
    second = start(ready, StartWindowMinutes=90, CompleteWindowMinutes=100)
    advance(emulator, 3 * HOUR)
    assert ready.describe_backup_job(BackupJobId=second)["State"] == "EXPIRED"


def test_a_job_that_expires_by_order_keeps_no_other_waiting(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 600)
    first = start(ready)
    assert ready.describe_backup_job(BackupJobId=first)["State"] == "RUNNING"
    order(emulator, "EXPIRED")
    doomed, third = start(ready), start(ready)
    advance(emulator, 600)
    assert ready.describe_backup_job(BackupJobId=doomed)["State"] == "PENDING"
    assert ready.describe_backup_job(BackupJobId=third)["State"] == "RUNNING"


def test_a_job_is_stopped(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 600)
    job = start(ready)
    ready.stop_backup_job(BackupJobId=job)
    stopped = ready.describe_backup_job(BackupJobId=job)
    assert (stopped["State"], stopped["StatusMessage"]) == ("ABORTED", "Backup job was stopped by user.")
    assert points(ready) == []
    advance(emulator, 700)
    assert ready.describe_backup_job(BackupJobId=job)["State"] == "ABORTED"
    takes(emulator, 0)
    assert back_up(ready)["State"] == "COMPLETED"


def test_fails_when_a_job_that_has_ended_is_stopped(ready: Any) -> None:
    job = back_up(ready)["BackupJobId"]
    assert refusal(ready.stop_backup_job, BackupJobId=job) == "InvalidRequestException"


def test_a_job_is_listed_for_30_days(emulator: Emulator, ready: Any) -> None:
    job = start(ready)
    advance(emulator, 30 * DAY - 600)
    assert [one["BackupJobId"] for one in ready.list_backup_jobs()["BackupJobs"]] == [job]
    advance(emulator, 601)
    assert ready.list_backup_jobs()["BackupJobs"] == []
    assert refusal(ready.describe_backup_job, BackupJobId=job) == "ResourceNotFoundException"


def test_jobs_are_listed_by_every_filter(emulator: Emulator, ready: Any) -> None:
    ready.create_backup_vault(BackupVaultName="other")
    first = back_up(ready)
    advance(emulator, HOUR)
    second = back_up(ready, BackupVaultName="other", ResourceArn=TABLE_ARN.replace("receipts", "absent"))
    between = first["CreationDate"] + timedelta(minutes=30)
    for asked, found in (
        ({}, [second, first]),
        ({"ByResourceArn": TABLE_ARN}, [first]),
        ({"ByState": "FAILED"}, [second]),
        ({"ByBackupVaultName": "other"}, [second]),
        ({"ByCreatedBefore": between}, [first]),
        ({"ByCreatedAfter": between}, [second]),
        ({"ByCompleteBefore": between}, [first]),
        ({"ByCompleteAfter": between}, [second]),
        ({"ByResourceType": "DynamoDB"}, [second, first]),
        ({"ByResourceType": "EBS"}, []),
        ({"ByAccountId": PROD}, [second, first]),
        ({"ByAccountId": BACKUP}, []),
        ({"ByMessageCategory": "SUCCESS"}, [first]),
        ({"ByMessageCategory": "*"}, [second, first]),
        ({"ByParentJobId": "none"}, []),
    ):
        listed = ready.list_backup_jobs(**asked)["BackupJobs"]
        assert [job["BackupJobId"] for job in listed] == [job["BackupJobId"] for job in found], asked


def test_jobs_are_listed_in_pages(ready: Any) -> None:
    made = [start(ready) for _ in range(3)]
    pages = ready.get_paginator("list_backup_jobs").paginate(PaginationConfig={"PageSize": 2})
    found = [[job["BackupJobId"] for job in page["BackupJobs"]] for page in pages]
    assert found == [[made[2], made[1]], [made[0]]]


def _air_gapped(backup: Any) -> str:
    asked = {"MinRetentionDays": 7, "MaxRetentionDays": 90}
    return backup.create_logically_air_gapped_backup_vault(BackupVaultName="gapped", **asked)["BackupVaultArn"]


def test_a_job_makes_its_point_in_an_air_gapped_vault(ready: Any) -> None:
    arn = _air_gapped(ready)
    job = back_up(ready, LogicallyAirGappedBackupVaultArn=arn, Lifecycle={"DeleteAfterDays": 7})
    assert (job["State"], job["BackupVaultArn"]) == ("COMPLETED", arn)
    (point,) = points(ready, "gapped")
    assert (point["VaultType"], points(ready)) == ("LOGICALLY_AIR_GAPPED_BACKUP_VAULT", [])


def test_a_job_fails_when_its_life_is_outside_the_air_gapped_vaults(ready: Any) -> None:
    arn = _air_gapped(ready)
    assert back_up(ready, LogicallyAirGappedBackupVaultArn=arn)["State"] == "FAILED"


def test_a_point_of_the_tables_own_stays_out_of_an_air_gapped_vault(ready: Any) -> None:
    ready.update_region_settings(ResourceTypeManagementPreference={"DynamoDB": False})
    job = back_up(ready, LogicallyAirGappedBackupVaultArn=_air_gapped(ready))
    assert (job["State"], job["BackupVaultName"]) == ("COMPLETED", VAULT)


def test_fails_when_an_air_gapped_vault_is_none_or_stands_alone(ready: Any) -> None:
    _air_gapped(ready)
    asked = {"BackupVaultName": VAULT, "ResourceArn": TABLE_ARN, "IamRoleArn": ROLE}
    for changes in (
        {"BackupVaultName": "gapped"},
        {"LogicallyAirGappedBackupVaultArn": vault_arn()},
        {"LogicallyAirGappedBackupVaultArn": vault_arn("absent")},
        {"LogicallyAirGappedBackupVaultArn": vault_arn("gapped", BACKUP)},
    ):
        assert refusal(ready.start_backup_job, **asked | changes) == "InvalidParameterValueException", changes
