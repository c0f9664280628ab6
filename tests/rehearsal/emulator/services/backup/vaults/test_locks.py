import json
from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_process import PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, refusal

pytestmark = pytest.mark.emulator

_DAY = int(timedelta(days=1).total_seconds())


def _lock(backup: Any, **days: int) -> Any:
    backup.put_backup_vault_lock_configuration(BackupVaultName=VAULT, **days)
    return backup.describe_backup_vault(BackupVaultName=VAULT)


def test_a_governance_lock_shows_its_bounds_and_no_date(backup: Any) -> None:
    shown = _lock(backup, MinRetentionDays=35, MaxRetentionDays=90)
    assert (shown["Locked"], shown["MinRetentionDays"], shown["MaxRetentionDays"]) == (True, 35, 90)
    assert "LockDate" not in shown


def test_a_governance_lock_can_be_removed_at_any_time(emulator: Emulator, backup: Any) -> None:
    _lock(backup, MinRetentionDays=35)
    emulator.advance(400 * _DAY)
    backup.delete_backup_vault_lock_configuration(BackupVaultName=VAULT)
    shown = backup.describe_backup_vault(BackupVaultName=VAULT)
    assert (shown["Locked"], "MinRetentionDays" in shown) == (False, False)


def test_a_compliance_lock_shows_the_date_on_the_virtual_clock(emulator: Emulator, backup: Any) -> None:
    emulator.advance(10 * _DAY)
    backup.create_backup_vault(BackupVaultName="later")
    made = backup.describe_backup_vault(BackupVaultName="later")["CreationDate"]
    backup.put_backup_vault_lock_configuration(BackupVaultName="later", ChangeableForDays=14)
    shown = backup.describe_backup_vault(BackupVaultName="later")
    assert timedelta(0) <= shown["LockDate"] - made - timedelta(days=14) < timedelta(minutes=1)
    assert shown["Locked"]


def test_a_compliance_lock_can_be_changed_until_its_date(emulator: Emulator, backup: Any) -> None:
    _lock(backup, MinRetentionDays=35, ChangeableForDays=3)
    emulator.advance(3 * _DAY - 600)
    assert _lock(backup, MinRetentionDays=7, ChangeableForDays=3)["MinRetentionDays"] == 7
    backup.delete_backup_vault_lock_configuration(BackupVaultName=VAULT)


def test_fails_when_a_compliance_lock_is_changed_or_removed_after_its_date(emulator: Emulator, backup: Any) -> None:
    _lock(backup, MinRetentionDays=35, ChangeableForDays=3)
    emulator.advance(3 * _DAY + 1)
    for call in (backup.put_backup_vault_lock_configuration, backup.delete_backup_vault_lock_configuration):
        assert refusal(call, BackupVaultName=VAULT) == "InvalidRequestException"
    root = emulator.root("backup")
    assert refusal(root.delete_backup_vault_lock_configuration, BackupVaultName=VAULT) == "InvalidRequestException"


def test_a_locked_vault_can_be_deleted_while_it_is_empty(emulator: Emulator, backup: Any) -> None:
    _lock(backup, ChangeableForDays=3)
    emulator.advance(4 * _DAY)
    backup.delete_backup_vault(BackupVaultName=VAULT)


@pytest.mark.parametrize(
    "bounds",
    [
        {"MinRetentionDays": 0},
        {"MaxRetentionDays": 36501},
        {"MinRetentionDays": 36, "MaxRetentionDays": 35},
    ],
)
def test_fails_when_no_life_fits_the_bounds(backup: Any, bounds: dict[str, int]) -> None:
    code = refusal(backup.put_backup_vault_lock_configuration, BackupVaultName=VAULT, **bounds)
    assert code == "InvalidParameterValueException"


@pytest.mark.parametrize(
    "bounds",
    [
        {"MinRetentionDays": 1},
        {"MaxRetentionDays": 36500},
        {"MinRetentionDays": 35, "MaxRetentionDays": 35},
    ],
)
def test_bounds_are_1_to_36500_days_in_order(backup: Any, bounds: dict[str, int]) -> None:
    shown = _lock(backup, **bounds)
    assert {name: shown[name] for name in bounds} == bounds


@pytest.mark.parametrize("days", [0, 2, 36501])
def test_fails_when_the_grace_time_is_outside_its_bounds(backup: Any, days: int) -> None:
    code = refusal(backup.put_backup_vault_lock_configuration, BackupVaultName=VAULT, ChangeableForDays=days)
    assert code == "InvalidParameterValueException"


@pytest.mark.parametrize("days", [3, 36500])
def test_a_grace_time_is_3_to_36500_days(backup: Any, days: int) -> None:
    assert _lock(backup, ChangeableForDays=days)["Locked"]


def test_fails_when_the_vault_of_a_lock_does_not_exist(backup: Any) -> None:
    for call in (backup.put_backup_vault_lock_configuration, backup.delete_backup_vault_lock_configuration):
        assert refusal(call, BackupVaultName="absent") == "ResourceNotFoundException"


def _locker(emulator: Emulator, condition: dict[str, dict[str, str]]) -> Any:
    iam = emulator.client("iam")
    trust = {"Effect": "Allow", "Principal": {"AWS": PROD}, "Action": "sts:AssumeRole"}
    rights = {"Effect": "Allow", "Action": "backup:*", "Resource": "*", "Condition": condition}
    iam.create_role(RoleName="locker", AssumeRolePolicyDocument=_document(trust))
    iam.put_role_policy(RoleName="locker", PolicyName="rights", PolicyDocument=_document(rights))
    return emulator.client("backup", role_arn=f"arn:aws:iam::{PROD}:role/locker")


def _document(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.mark.usefixtures("backup")
def test_rights_may_leave_out_compliance_locks(emulator: Emulator) -> None:
    locker = _locker(emulator, {"Null": {"backup:ChangeableForDays": "true"}})
    call = locker.put_backup_vault_lock_configuration
    assert refusal(call, BackupVaultName=VAULT, MinRetentionDays=7, ChangeableForDays=3) == "AccessDeniedException"
    locker.put_backup_vault_lock_configuration(BackupVaultName=VAULT, MinRetentionDays=7)


@pytest.mark.usefixtures("backup")
def test_rights_may_set_a_floor_to_a_locks_bounds(emulator: Emulator) -> None:
    locker = _locker(emulator, {"NumericGreaterThanEquals": {"backup:MinRetentionDays": "35"}})
    call = locker.put_backup_vault_lock_configuration
    assert refusal(call, BackupVaultName=VAULT, MinRetentionDays=34) == "AccessDeniedException"
    locker.put_backup_vault_lock_configuration(BackupVaultName=VAULT, MinRetentionDays=35)
