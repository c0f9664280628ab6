from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT
from tests.rehearsal.emulator.services.backup.backing_up import DAY, HOUR, back_up, points, start, takes

pytestmark = pytest.mark.emulator

_SLACK = 60
"""Seconds that a test may have taken so far."""


def _lose_the_role(emulator: Emulator) -> None:
    iam = emulator.client("iam")
    policy = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
    iam.detach_role_policy(RoleName="backup", PolicyArn=policy)
    iam.delete_role(RoleName="backup")


def test_a_point_is_deleted_four_hours_after_its_end(emulator: Emulator, ready: Any) -> None:
    back_up(ready, Lifecycle={"DeleteAfterDays": 35})
    emulator.advance(35 * DAY + 4 * HOUR - _SLACK)
    assert [point["Status"] for point in points(ready)] == ["COMPLETED"]
    emulator.advance(_SLACK)
    assert points(ready) == []


def test_a_point_without_end_stays(emulator: Emulator, ready: Any) -> None:
    back_up(ready)
    emulator.advance(20_000 * DAY)
    assert len(points(ready)) == 1


def test_a_point_goes_cold_on_its_day(emulator: Emulator, ready: Any) -> None:
    asked = {"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98}
    point = {"BackupVaultName": VAULT, "RecoveryPointArn": back_up(ready, Lifecycle=asked)["RecoveryPointArn"]}
    emulator.advance(8 * DAY - _SLACK)
    assert ready.describe_recovery_point(**point)["StorageClass"] == "WARM"
    emulator.advance(_SLACK)
    assert ready.describe_recovery_point(**point)["StorageClass"] == "COLD"
    emulator.advance(91 * DAY)
    assert points(ready) == []


@pytest.mark.parametrize("lock", [{}, {"ChangeableForDays": 3}])
def test_a_lock_does_not_keep_a_point_past_its_end(emulator: Emulator, ready: Any, lock: dict[str, int]) -> None:
    back_up(ready, Lifecycle={"DeleteAfterDays": 35})
    ready.put_backup_vault_lock_configuration(BackupVaultName=VAULT, MinRetentionDays=35, **lock)
    emulator.advance(35 * DAY - _SLACK)
    assert len(points(ready)) == 1
    emulator.advance(5 * HOUR)
    assert points(ready) == []


def test_a_legal_hold_keeps_a_point_past_its_end(emulator: Emulator, ready: Any) -> None:
    back_up(ready, Lifecycle={"DeleteAfterDays": 35})
    hold = ready.create_legal_hold(Title="audit", Description="tax", RecoveryPointSelection={"VaultNames": [VAULT]})[
        "LegalHoldId"
    ]
    emulator.advance(400 * DAY)
    assert [point["Status"] for point in points(ready)] == ["COMPLETED"]
    ready.cancel_legal_hold(LegalHoldId=hold, CancelDescription="over")
    emulator.advance(DAY)
    assert points(ready) == []


def test_a_point_whose_role_is_gone_expires_and_stays(emulator: Emulator, ready: Any) -> None:
    back_up(ready, Lifecycle={"DeleteAfterDays": 35})
    _lose_the_role(emulator)
    emulator.advance(35 * DAY + 5 * HOUR)
    assert [point["Status"] for point in points(ready)] == ["EXPIRED"]
    emulator.advance(400 * DAY)
    assert [point["Status"] for point in points(ready)] == ["EXPIRED"]


def test_a_table_that_is_gone_keeps_its_points(emulator: Emulator, ready: Any) -> None:
    back_up(ready, Lifecycle={"DeleteAfterDays": 35})
    emulator.client("dynamodb").delete_table(TableName="receipts")
    emulator.advance(34 * DAY)
    assert len(points(ready)) == 1


def test_a_point_does_not_end_before_it_is_there(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 2 * DAY)
    job = start(ready, Lifecycle={"DeleteAfterDays": 1})
    emulator.advance(2 * DAY - _SLACK)
    assert [point["Status"] for point in points(ready)] == ["CREATING"]
    emulator.advance(_SLACK)
    assert ready.describe_backup_job(BackupJobId=job)["State"] == "COMPLETED"
    assert points(ready) == []
