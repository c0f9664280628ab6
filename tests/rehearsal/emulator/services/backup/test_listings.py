"""Lists before anything ran are empty, and looking up what is not there fails."""

from typing import Any

import pytest

from tests.rehearsal.emulator.services.backup.asking import VAULT, refusal, vault_arn

pytestmark = pytest.mark.emulator

_POINT = vault_arn().replace("backup-vault", "recovery-point")
_GONE = "ResourceNotFoundException"


@pytest.mark.parametrize(
    ("operation", "member", "asked"),
    [
        ("list_recovery_points_by_backup_vault", "RecoveryPoints", {"BackupVaultName": VAULT}),
        ("list_recovery_points_by_resource", "RecoveryPoints", {"ResourceArn": "arn:aws:dynamodb:::table/receipts"}),
        ("list_protected_resources", "Results", {}),
        ("list_protected_resources_by_backup_vault", "Results", {"BackupVaultName": VAULT}),
        ("list_backup_jobs", "BackupJobs", {}),
        ("list_copy_jobs", "CopyJobs", {}),
        ("list_restore_jobs", "RestoreJobs", {}),
    ],
)
def test_nothing_is_listed_before_anything_ran(backup: Any, operation: str, member: str, asked: dict[str, str]) -> None:
    assert getattr(backup, operation)(**asked)[member] == []


@pytest.mark.parametrize(
    ("operation", "asked"),
    [
        ("list_recovery_points_by_backup_vault", {"BackupVaultName": "absent"}),
        ("list_protected_resources_by_backup_vault", {"BackupVaultName": "absent"}),
        ("describe_recovery_point", {"BackupVaultName": VAULT, "RecoveryPointArn": _POINT}),
        ("describe_backup_job", {"BackupJobId": "absent"}),
        ("describe_copy_job", {"CopyJobId": "absent"}),
        ("describe_restore_job", {"RestoreJobId": "absent"}),
    ],
)
def test_fails_when_what_is_asked_for_does_not_exist(backup: Any, operation: str, asked: dict[str, str]) -> None:
    assert refusal(getattr(backup, operation), **asked) == _GONE


def test_fails_when_the_local_aws_backup_lacks_the_operation(backup: Any) -> None:
    assert refusal(backup.list_frameworks) == "NotImplemented"
