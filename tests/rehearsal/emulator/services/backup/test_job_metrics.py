"""What CloudWatch counts of backup jobs and points."""

from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT
from tests.rehearsal.emulator.services.backup.backing_up import DAY, back_up, order
from tests.rehearsal.emulator.services.backup.hearing import counted

pytestmark = pytest.mark.emulator


@pytest.mark.parametrize(
    "dimensions",
    [{"BackupVaultName": VAULT}, {"ResourceType": "DynamoDB"}, {"BackupVaultName": VAULT, "ResourceType": "DynamoDB"}],
    ids=["vault", "type", "both"],
)
def test_metrics_are_pushed_every_five_minutes(emulator: Emulator, ready: Any, dimensions: dict[str, str]) -> None:
    back_up(ready)
    back_up(ready)
    order(emulator, "FAILED")
    back_up(ready)
    emulator.advance(301)
    for metric, value in (
        ("NumberOfBackupJobsCreated", 3),
        ("NumberOfBackupJobsRunning", 3),
        ("NumberOfBackupJobsCompleted", 2),
        ("NumberOfBackupJobsFailed", 1),
        ("NumberOfBackupJobsExpired", 0),
        ("NumberOfRecoveryPointsCompleted", 2),
    ):
        assert counted(emulator, metric, **dimensions) == value, metric


def test_metrics_count_the_ends_of_points(emulator: Emulator, ready: Any) -> None:
    back_up(ready, Lifecycle={"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98})
    emulator.advance(99 * DAY)
    assert counted(emulator, "NumberOfRecoveryPointsCold", BackupVaultName=VAULT) == 1
    assert counted(emulator, "NumberOfRecoveryPointsDeleting", BackupVaultName=VAULT) == 1
    assert counted(emulator, "NumberOfRecoveryPointsExpired", BackupVaultName=VAULT) == 0
