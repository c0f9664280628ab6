from dataclasses import replace
from datetime import timedelta

import pytest

from strongroom.aws.backups import BackupJob
from strongroom.aws.jobs import JobState
from strongroom.evidence.places.sights import Kind
from tests.strongroom.evidence.kept import HOUR, RECEIPTS, Kept, looked, only, told


def job(kept: Kept, state: JobState, message: str | None = None, ago: timedelta = HOUR) -> BackupJob:
    return BackupJob(
        "job-7",
        state,
        message,
        None,
        kept.at - ago,
        None,
        kept.own.tables[RECEIPTS].arn,
        kept.wanted.vaults.local,
    )


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.EXPIRED, JobState.ABORTED, JobState.PARTIAL])
def test_a_job_of_the_last_day_that_did_not_end_well_is_wrong(state: JobState) -> None:
    kept = Kept()
    kept.own.backups.append(job(kept, state, "the role is gone"))
    report = looked(kept)
    assert told(report) == [(Kind.WRONG, "jobs", RECEIPTS)]
    assert f"ended {state}: the role is gone" in only(report)
    kept.own.backups[-1] = job(kept, state, ago=timedelta(days=1, seconds=1))
    assert told(looked(kept)) == []


def test_a_job_that_was_completed_with_a_message_is_a_warning() -> None:
    kept = Kept()
    kept.own.backups.append(job(kept, JobState.COMPLETED, "some attributes were left out"))
    assert told(looked(kept)) == [(Kind.WARNING, "jobs", RECEIPTS)]


@pytest.mark.parametrize("state", [JobState.RUNNING, JobState.CREATED, JobState.COMPLETED])
def test_a_job_that_runs_or_ended_well_is_no_news(state: JobState) -> None:
    kept = Kept()
    kept.own.backups.append(job(kept, state))
    assert told(looked(kept)) == []


def test_no_job_at_all_is_missing_for_every_table_and_never_healthy() -> None:
    kept = Kept()
    kept.own.backups.clear()
    report = looked(kept)
    assert told(report) == [(Kind.MISSING, "jobs", table.name) for table in kept.settings.tables]
    assert "no backup job in 39.0 h" in report.failures[0].sentence


def test_jobs_into_another_vault_do_not_count() -> None:
    kept = Kept()
    kept.own.backups = [replace(one, vault="Default") for one in kept.own.backups]
    assert len(told(looked(kept))) == len(kept.settings.tables)
