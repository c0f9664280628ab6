from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.backup.asking import refusal
from tests.rehearsal.emulator.services.backup.backing_up import (
    DAY,
    HOUR,
    TABLE_ARN,
    back_up,
    make_table,
    order,
    points,
    start,
    takes,
)

pytestmark = pytest.mark.emulator


def test_a_job_that_takes_time_runs_until_then(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 600)
    job = start(ready)
    running = ready.describe_backup_job(BackupJobId=job)
    assert (running["State"], running["PercentDone"], "CompletionDate" in running) == ("RUNNING", "0.0", False)
    assert [point["Status"] for point in points(ready)] == ["CREATING"]
    emulator.advance(599)
    assert ready.describe_backup_job(BackupJobId=job)["State"] == "RUNNING"
    emulator.advance(1)
    done = ready.describe_backup_job(BackupJobId=job)
    assert (done["State"], [point["Status"] for point in points(ready)]) == ("COMPLETED", ["COMPLETED"])
    assert timedelta(seconds=600) <= done["CompletionDate"] - done["CreationDate"] < timedelta(seconds=610)


def test_a_job_on_a_table_that_does_not_exist_fails(ready: Any) -> None:
    job = back_up(ready, ResourceArn=TABLE_ARN.replace("receipts", "absent"))
    assert (job["State"], job["StatusMessage"]) == ("FAILED", "Table not found.")
    assert points(ready) == []


@pytest.mark.parametrize("seconds", [0, 30])
def test_a_job_fails_by_order(emulator: Emulator, ready: Any, seconds: int) -> None:
    takes(emulator, seconds)
    order(emulator, "FAILED", message="An internal error occurred.")
    job = start(ready)
    emulator.advance(seconds)
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
    emulator.advance(40 * DAY)
    assert ready.describe_backup_job(BackupJobId=job)["State"] == "RUNNING"


def test_a_job_expires_by_order_at_the_end_of_its_start_window(emulator: Emulator, ready: Any) -> None:
    order(emulator, "EXPIRED")
    job = start(ready, StartWindowMinutes=60)
    emulator.advance(HOUR - 60)
    assert ready.describe_backup_job(BackupJobId=job)["State"] == "PENDING"
    emulator.advance(61)
    assert ready.describe_backup_job(BackupJobId=job)["State"] == "EXPIRED"


def test_a_second_job_on_a_table_waits_for_the_first(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 600)
    first, second = start(ready), start(ready)
    assert ready.describe_backup_job(BackupJobId=second)["State"] == "PENDING"
    emulator.advance(600)
    assert ready.describe_backup_job(BackupJobId=first)["State"] == "COMPLETED"
    assert ready.describe_backup_job(BackupJobId=second)["State"] == "RUNNING"
    emulator.advance(600)
    assert ready.describe_backup_job(BackupJobId=second)["State"] == "COMPLETED"


def test_a_second_job_expires_when_the_first_outlasts_its_window(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 2 * HOUR)
    start(ready)
    second = start(ready, StartWindowMinutes=60)
    emulator.advance(HOUR + 60)
    ended = ready.describe_backup_job(BackupJobId=second)
    assert ended["State"] == "EXPIRED"
    assert ended["StatusMessage"] == "Backup job failed because there was a running job for the same resource."
    emulator.advance(HOUR)
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
    emulator.advance(2 * HOUR)
    ended = ready.describe_backup_job(BackupJobId=job)
    assert ended["State"] == state
    assert ended.get("StatusMessage") == (None if state == "COMPLETED" else "Backup job expired before completion.")
    assert len(points(ready)) == (state == "COMPLETED")


def test_a_jobs_completion_window_counts_the_wait(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 60 * 60)
    start(ready)
    second = start(ready, StartWindowMinutes=90, CompleteWindowMinutes=100)
    emulator.advance(3 * HOUR)
    assert ready.describe_backup_job(BackupJobId=second)["State"] == "EXPIRED"


def test_a_job_that_expires_by_order_keeps_no_other_waiting(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 600)
    first = start(ready)
    assert ready.describe_backup_job(BackupJobId=first)["State"] == "RUNNING"
    order(emulator, "EXPIRED")
    doomed, third = start(ready), start(ready)
    emulator.advance(600)
    assert ready.describe_backup_job(BackupJobId=doomed)["State"] == "PENDING"
    assert ready.describe_backup_job(BackupJobId=third)["State"] == "RUNNING"


def test_a_job_is_stopped(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 600)
    job = start(ready)
    ready.stop_backup_job(BackupJobId=job)
    stopped = ready.describe_backup_job(BackupJobId=job)
    assert (stopped["State"], stopped["StatusMessage"]) == ("ABORTED", "Backup job was stopped by user.")
    assert points(ready) == []
    emulator.advance(700)
    assert ready.describe_backup_job(BackupJobId=job)["State"] == "ABORTED"
    takes(emulator, 0)
    assert back_up(ready)["State"] == "COMPLETED"


def test_fails_when_a_job_that_has_ended_is_stopped(ready: Any) -> None:
    job = back_up(ready)["BackupJobId"]
    assert refusal(ready.stop_backup_job, BackupJobId=job) == "InvalidRequestException"
