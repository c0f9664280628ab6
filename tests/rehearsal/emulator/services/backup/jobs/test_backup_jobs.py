from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_process import BACKUP, PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, make_role, refusal, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import TABLE_ARN, back_up, make_air_gapped_vault, points, start

pytestmark = pytest.mark.emulator


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


def test_a_job_makes_its_point_in_an_air_gapped_vault(ready: Any) -> None:
    arn = make_air_gapped_vault(ready)
    job = back_up(ready, LogicallyAirGappedBackupVaultArn=arn, Lifecycle={"DeleteAfterDays": 7})
    assert (job["State"], job["BackupVaultArn"]) == ("COMPLETED", arn)
    (point,) = points(ready, "gapped")
    assert (point["VaultType"], points(ready)) == ("LOGICALLY_AIR_GAPPED_BACKUP_VAULT", [])


def test_a_job_fails_when_its_life_is_outside_the_air_gapped_vaults(ready: Any) -> None:
    arn = make_air_gapped_vault(ready)
    assert back_up(ready, LogicallyAirGappedBackupVaultArn=arn)["State"] == "FAILED"


def test_a_point_of_the_tables_own_stays_out_of_an_air_gapped_vault(ready: Any) -> None:
    ready.update_region_settings(ResourceTypeManagementPreference={"DynamoDB": False})
    job = back_up(ready, LogicallyAirGappedBackupVaultArn=make_air_gapped_vault(ready))
    assert (job["State"], job["BackupVaultName"]) == ("COMPLETED", VAULT)


def test_fails_when_an_air_gapped_vault_is_none_or_stands_alone(ready: Any) -> None:
    make_air_gapped_vault(ready)
    asked = {"BackupVaultName": VAULT, "ResourceArn": TABLE_ARN, "IamRoleArn": ROLE}
    for changes in (
        {"BackupVaultName": "gapped"},
        {"LogicallyAirGappedBackupVaultArn": vault_arn()},
        {"LogicallyAirGappedBackupVaultArn": vault_arn("absent")},
        {"LogicallyAirGappedBackupVaultArn": vault_arn("gapped", BACKUP)},
    ):
        assert refusal(ready.start_backup_job, **asked | changes) == "InvalidParameterValueException", changes
