"""What copies and restores tell: events on the bus, messages of vaults, and metrics."""

from typing import Any

import pytest

from tests.emulator_process import BACKUP, PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import TABLE_ARN
from tests.rehearsal.emulator.services.backup.copying import CENTRAL, Pair, make_pair, order, restore
from tests.rehearsal.emulator.services.backup.hearing import came, counted, of_the_vault, on_the_bus

pytestmark = pytest.mark.emulator


@pytest.fixture
def pair(emulator: Emulator, backup: Any) -> Pair:
    """Prod with a point of its table, and the backup account."""
    return make_pair(emulator, backup)


def test_each_state_of_a_copy_is_an_event_of_the_source_account(pair: Pair) -> None:
    heard = on_the_bus(pair.emulator)
    job = pair.copy()
    told = came(heard, "Copy Job")
    assert [one["detail"]["state"] for one in told] == ["CREATED", "RUNNING", "COMPLETED"]
    detail = told[-1]["detail"]
    assert (told[-1]["account"], told[-1]["resources"]) == (PROD, [pair.point])
    assert (detail["copyJobId"], detail["destinationRecoveryPointArn"]) == (
        job["CopyJobId"],
        job["DestinationRecoveryPointArn"],
    )
    assert (detail["sourceBackupVaultArn"], detail["destinationBackupVaultArn"], detail["resourceArn"]) == (
        vault_arn(),
        vault_arn(CENTRAL, BACKUP),
        TABLE_ARN,
    )


def test_a_failed_copy_tells_why(pair: Pair) -> None:
    heard = on_the_bus(pair.emulator)
    order(pair.emulator, "copy", "FAILED", message="as ordered")
    pair.copy()
    assert came(heard, "Copy Job")[-1]["detail"]["statusMessage"] == "as ordered"


def test_restores_tell_their_status_and_only_the_first_event_a_state(pair: Pair) -> None:
    heard = on_the_bus(pair.emulator)
    job = restore(pair.source, pair.point)
    told = [event["detail"] for event in came(heard, "Restore Job")]
    assert [(one.get("state"), one.get("status")) for one in told] == [
        ("CREATED", None),
        (None, "PENDING"),
        (None, "RUNNING"),
        (None, "COMPLETED"),
    ]
    assert (told[-1]["restoreJobId"], told[-1]["createdResourceArn"]) == (
        job["RestoreJobId"],
        job["CreatedResourceArn"],
    )


@pytest.mark.parametrize(
    ("ends", "asked", "states"),
    [
        ("COMPLETED", ["COPY_JOB_STARTED", "COPY_JOB_SUCCESSFUL"], ["RUNNING", "COMPLETED"]),
        ("COMPLETED", ["COPY_JOB_FAILED"], []),
        ("FAILED", ["COPY_JOB_FAILED"], ["FAILED"]),
    ],
)
def test_the_sources_vault_tells_its_topic_of_copies(
    pair: Pair, ends: str, asked: list[str], states: list[str]
) -> None:
    heard = of_the_vault(pair.emulator, pair.source, *asked)
    order(pair.emulator, "copy", ends)
    pair.copy()
    assert [one["MessageAttributes"]["State"]["Value"] for one in heard.bodies()] == states


@pytest.mark.parametrize(
    ("metric", "vault"),
    [
        ("NumberOfCopyJobsCreated", CENTRAL),
        ("NumberOfCopyJobsRunning", CENTRAL),
        ("NumberOfCopyJobsCompleted", CENTRAL),
        ("NumberOfRestoreJobsPending", VAULT),
        ("NumberOfRestoreJobsRunning", VAULT),
        ("NumberOfRestoreJobsCompleted", VAULT),
    ],
)
def test_jobs_are_counted_by_vault(pair: Pair, metric: str, vault: str) -> None:
    pair.copy()
    restore(pair.source, pair.point)
    pair.emulator.advance(600)
    assert counted(pair.emulator, metric, BackupVaultName=vault) == 1
