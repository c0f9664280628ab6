"""What becomes of a test's table: it waits for a verdict, then it is deleted."""

from datetime import datetime, timedelta
from typing import Any, Final, NotRequired

from rehearsal.emulator import door
from rehearsal.emulator.services.backup.engine import step
from rehearsal.emulator.services.backup.job_records import RestoreJob
from rehearsal.emulator.services.backup.operations import Call, Work, operation
from rehearsal.emulator.services.backup.restores import restore_rules
from rehearsal.emulator.services.backup.restores.restores_listed import OfRestoreJob, restore_job_of
from rehearsal.emulator.services.backup.tables import table_of

TEST_TAG: Final = "awsbackup-restore-test"
"""A resource without it is not deleted: restore-testing.html, read 2026-11-22."""
_CLOSES: Final = "restore test is over"
_DYNAMODB: Final[Any] = door.module("services.dynamodb")
_DELETED: Final = 200


class PutVerdict(OfRestoreJob):
    """Input of PutRestoreValidationResult."""

    ValidationStatus: str
    ValidationStatusMessage: NotRequired[str]


@operation("PutRestoreValidationResult")
def put_restore_validation_result(call: Call, asked: PutVerdict) -> None:
    """Put the verdict on a test that has completed; with a final one its table is deleted."""
    job = restore_job_of(call, asked["RestoreJobId"])
    restore_rules.refuse_a_verdict_on_a_restore_that_is_no_test(job["TestingPlanArn"] is not None)
    restore_rules.refuse_a_verdict_before_the_end(job["Status"])
    restore_rules.refuse_to_change_a_verdict(job["ValidationStatus"])
    judged: RestoreJob = {
        **job,
        "ValidationStatus": asked["ValidationStatus"],
        "ValidationStatusMessage": asked.get("ValidationStatusMessage"),
    }
    call.store.restore_jobs.put(call.place, job["RestoreJobId"], judged)
    if asked["ValidationStatus"] != "VALIDATING" and job["DeletionStatus"] is None:
        call.store.dues.set(call.place, _CLOSES, job["RestoreJobId"], call.now)


def restored(work: Work, job: RestoreJob) -> None:
    """Let the window for a verdict begin, when the restore that has completed is a test."""
    hours = job["ValidationWindowHours"]
    if hours is not None:
        closes: datetime = work.now + timedelta(hours=hours)
        work.store.dues.set(work.place, _CLOSES, job["RestoreJobId"], closes)


@step(_CLOSES)
def close(work: Work, job_id: str) -> None:
    """Delete a test's table; a verdict that was begun and not given has timed out."""
    job = work.store.restore_jobs.get(work.place, job_id)
    if job is None:
        return
    status = "TIMED_OUT" if job["ValidationStatus"] == "VALIDATING" else job["ValidationStatus"]
    failure = _delete(work, job)
    closed: RestoreJob = {
        **job,
        "ValidationStatus": status,
        "DeletionStatus": "FAILED" if failure else "SUCCESSFUL",
        "DeletionStatusMessage": failure,
    }
    work.store.restore_jobs.put(work.place, job_id, closed)


def _delete(work: Work, job: RestoreJob) -> str | None:
    name = (job["CreatedResourceArn"] or "").rpartition("/")[2]
    table = table_of(work.place, name)
    if table is None:
        return None
    if TEST_TAG not in table.tags:
        return f"The resource {table.arn} has no tag {TEST_TAG}."
    with door.request_scope(work.place.account, work.place.region):
        status, _, body = _DYNAMODB._delete_table({"TableName": name})  # noqa: SLF001 - as AWS Backup's own role
    return None if status == _DELETED else str(body)
