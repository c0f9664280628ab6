"""What the topic of a vault hears of backup jobs and points."""

from typing import Any

import pytest

from tests.emulator_process import PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT
from tests.rehearsal.emulator.services.backup.backing_up import HOUR, TABLE_ARN, back_up, order, start
from tests.rehearsal.emulator.services.backup.hearing import as_told, of_the_vault

pytestmark = pytest.mark.emulator


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [
        (None, "An AWS Backup job was completed successfully."),
        ("FAILED", "An AWS Backup job failed."),
        ("EXPIRED", "An AWS Backup job failed to complete in time."),
    ],
)
def test_every_end_of_a_job_is_a_completion_in_its_state(
    emulator: Emulator, ready: Any, ends: str | None, sentence: str
) -> None:
    heard = of_the_vault(emulator, ready, "BACKUP_JOB_COMPLETED")
    if ends:
        order(emulator, ends)
    job = start(ready)
    emulator.advance(9 * HOUR)
    (message,) = heard.bodies()
    attributes = {name: value["Value"] for name, value in message["MessageAttributes"].items()}
    created = ready.describe_backup_job(BackupJobId=job)["CreationDate"]
    assert attributes == {
        "EventType": "BACKUP_JOB",
        "State": ends or "COMPLETED",
        "AccountId": PROD,
        "Id": job,
        "StartTime": as_told(created),
    }
    assert message["Subject"] == "Notification from AWS Backup"
    assert message["Message"].startswith(sentence)
    assert message["Message"].endswith(f" Resource ARN : {TABLE_ARN}. BackupJob ID : {job}")


def test_a_vault_tells_only_what_was_asked_for(emulator: Emulator, ready: Any) -> None:
    heard = of_the_vault(emulator, ready, "BACKUP_JOB_STARTED", "RECOVERY_POINT_MODIFIED")
    job = back_up(ready)
    point = {"BackupVaultName": VAULT, "RecoveryPointArn": job["RecoveryPointArn"]}
    assert [message["Message"].partition(".")[0] for message in heard.bodies()] == ["An AWS Backup job was started"]
    ready.update_recovery_point_lifecycle(**point, Lifecycle={"DeleteAfterDays": 35})
    (message,) = heard.bodies()
    assert message["MessageAttributes"]["EventType"]["Value"] == "RECOVERY_POINT"


def test_a_vault_never_tells_of_an_event_that_is_not_supported(emulator: Emulator, ready: Any) -> None:
    heard = of_the_vault(emulator, ready, "BACKUP_JOB_FAILED", "BACKUP_JOB_SUCCESSFUL", "BACKUP_JOB_EXPIRED")
    back_up(ready)
    order(emulator, "FAILED")
    back_up(ready)
    assert heard.bodies() == []
