from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_people import allow
from tests.emulator_people import make_role as make_caller
from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, refusal
from tests.rehearsal.emulator.services.backup.backing_up import DAY, back_up, points, start, takes

pytestmark = pytest.mark.emulator


def _point(backup: Any, **life: int) -> dict[str, str]:
    return {"BackupVaultName": VAULT, "RecoveryPointArn": back_up(backup, Lifecycle=life)["RecoveryPointArn"]}


def _locked(backup: Any, **lock: int) -> None:
    backup.put_backup_vault_lock_configuration(BackupVaultName=VAULT, MinRetentionDays=1, **lock)


def test_a_life_is_changed_and_counted_from_the_creation(emulator: Emulator, ready: Any) -> None:
    point = _point(ready, DeleteAfterDays=35)
    emulator.advance(10 * DAY)
    life = {"MoveToColdStorageAfterDays": 20, "DeleteAfterDays": 110}
    answer = ready.update_recovery_point_lifecycle(**point, Lifecycle=life)
    created = ready.describe_recovery_point(**point)["CreationDate"]
    assert answer["Lifecycle"] == life
    assert answer["CalculatedLifecycle"] == {
        "MoveToColdStorageAt": created + timedelta(days=20),
        "DeleteAt": created + timedelta(days=110),
    }
    emulator.advance(40 * DAY)
    assert ready.describe_recovery_point(**point)["StorageClass"] == "COLD"


@pytest.mark.parametrize("life", [{}, {"DeleteAfterDays": -1, "MoveToColdStorageAfterDays": -1}])
def test_a_life_that_is_left_out_or_always_has_no_end(emulator: Emulator, ready: Any, life: dict[str, int]) -> None:
    point = _point(ready, DeleteAfterDays=35)
    assert "Lifecycle" not in ready.update_recovery_point_lifecycle(**point, Lifecycle=life)
    emulator.advance(400 * DAY)
    assert len(points(ready)) == 1


def test_a_life_that_is_over_by_now_ends_at_once(emulator: Emulator, ready: Any) -> None:
    point = _point(ready)
    emulator.advance(10 * DAY)
    ready.update_recovery_point_lifecycle(**point, Lifecycle={"DeleteAfterDays": 2})
    assert points(ready) == []


@pytest.mark.parametrize(
    "life",
    [
        {"DeleteAfterDays": 0},
        {"DeleteAfterDays": 36_501},
        {"MoveToColdStorageAfterDays": 0, "DeleteAfterDays": 90},
        {"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 97},
    ],
)
def test_fails_when_no_point_can_have_the_life(ready: Any, life: dict[str, int]) -> None:
    point = _point(ready)
    code = refusal(ready.update_recovery_point_lifecycle, **point, Lifecycle=life)
    assert code == "InvalidParameterValueException"


def test_fails_when_the_move_of_a_cold_point_is_changed(emulator: Emulator, ready: Any) -> None:
    point = _point(ready, MoveToColdStorageAfterDays=8, DeleteAfterDays=200)
    emulator.advance(9 * DAY)
    for life in ({"MoveToColdStorageAfterDays": 9, "DeleteAfterDays": 200}, {"DeleteAfterDays": 200}):
        code = refusal(ready.update_recovery_point_lifecycle, **point, Lifecycle=life)
        assert code == "InvalidRequestException"
    kept = {"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98}
    assert ready.update_recovery_point_lifecycle(**point, Lifecycle=kept)["Lifecycle"] == kept


@pytest.mark.parametrize("lock", [{}, {"ChangeableForDays": 3}])
@pytest.mark.parametrize("days", [0, 4])
def test_fails_when_a_point_of_a_locked_vault_is_changed_or_deleted(
    emulator: Emulator, ready: Any, lock: dict[str, int], days: int
) -> None:
    point = _point(ready, DeleteAfterDays=35)
    _locked(ready, **lock)
    emulator.advance(days * DAY)
    for backup in (ready, emulator.root("backup")):
        assert refusal(backup.delete_recovery_point, **point) == "InvalidRequestException"
        code = refusal(backup.update_recovery_point_lifecycle, **point, Lifecycle={"DeleteAfterDays": 1})
        assert code == "InvalidRequestException"
    assert len(points(ready)) == 1


def test_a_point_is_deleted_when_the_lock_is_taken_away(ready: Any) -> None:
    point = _point(ready)
    _locked(ready, ChangeableForDays=3)
    ready.delete_backup_vault_lock_configuration(BackupVaultName=VAULT)
    ready.delete_recovery_point(**point)
    assert points(ready) == []


def test_fails_when_a_point_under_legal_hold_is_deleted(ready: Any) -> None:
    point = _point(ready)
    hold = ready.create_legal_hold(
        Title="audit",
        Description="tax",
        RecoveryPointSelection={"VaultNames": [VAULT]},
    )["LegalHoldId"]
    assert refusal(ready.delete_recovery_point, **point) == "InvalidRequestException"
    ready.cancel_legal_hold(LegalHoldId=hold, CancelDescription="over")
    ready.delete_recovery_point(**point)
    assert points(ready) == []


def test_fails_when_a_point_that_is_being_made_is_changed_or_deleted(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 600)
    start(ready)
    point = {"BackupVaultName": VAULT, "RecoveryPointArn": points(ready)[0]["RecoveryPointArn"]}
    for call in (ready.delete_recovery_point, ready.update_recovery_point_lifecycle):
        assert refusal(call, **point) == "InvalidResourceStateException"
    emulator.advance(600)
    ready.delete_recovery_point(**point)
    assert points(ready) == []


@pytest.mark.parametrize("may_make_role", [False, True])
def test_a_point_whose_role_is_gone_expires_when_it_is_deleted(
    emulator: Emulator, ready: Any, *, may_make_role: bool
) -> None:
    point = _point(ready)
    iam = emulator.client("iam")
    policy = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
    iam.detach_role_policy(RoleName="backup", PolicyArn=policy)
    iam.delete_role(RoleName="backup")
    rights = ["backup:*", *(["iam:CreateServiceLinkedRole"] if may_make_role else [])]
    caller = emulator.client("backup", role_arn=make_caller(emulator, "operator", allow(rights)))
    answer = caller.delete_recovery_point(**point)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert [one["Status"] for one in points(ready)] == ([] if may_make_role else ["EXPIRED"])
    if not may_make_role:
        ready.delete_recovery_point(**point)
    assert points(ready) == []


def test_fails_when_a_snapshot_is_disassociated(ready: Any) -> None:
    point = _point(ready)
    assert refusal(ready.disassociate_recovery_point, **point) == "InvalidRequestException"
    assert refusal(ready.disassociate_recovery_point_from_parent, **point) == "InvalidRequestException"
    assert len(points(ready)) == 1
