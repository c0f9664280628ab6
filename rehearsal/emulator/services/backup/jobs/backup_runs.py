"""How a backup job goes on by itself: it waits, fails or makes its point, until it ends."""

from datetime import UTC, datetime, timedelta
from typing import Final

from rehearsal.emulator import durations, orders
from rehearsal.emulator.services.backup.engine import step
from rehearsal.emulator.services.backup.job_records import BackupJob, Ending, Point
from rehearsal.emulator.services.backup.jobs import backup_rights
from rehearsal.emulator.services.backup.jobs.backup_ends import ENDS, EXPIRES, end_job, ending_of, let_the_next_begin
from rehearsal.emulator.services.backup.jobs.backup_jobs import ABORTS, BEGINS
from rehearsal.emulator.services.backup.jobs.job_news import tell
from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.points.points import add_point, point_arn
from rehearsal.emulator.services.backup.records import Vault
from rehearsal.emulator.services.backup.tables import Table, table_of
from rehearsal.emulator.services.dynamodb.frozen import Frozen, freeze

_BUSY: Final = "Backup job failed because there was a running job for the same resource."
_LATE: Final = "Backup job expired before completion."
_STOPPED: Final = "Backup job was stopped by user."
_NEVER: Final = "NEVER"


@step(BEGINS)
def begin(work: Work, job_id: str) -> None:
    """Let a job begin, or wait behind the one that backs the same resource up; a job that is none any more may not."""
    job = work.store.backup_jobs.get(work.place, job_id)
    if job is None or job["State"] not in {"CREATED", "PENDING"}:
        return
    queue = work.store.waiting.get(work.place, job["ResourceArn"]) or []
    if queue and queue[0] != job_id:
        work.store.waiting.put(work.place, job["ResourceArn"], [*queue, job_id])
        _wait(work, job, ending_of("EXPIRED", _BUSY), _instant(job["StartBy"]))
        return
    outcome = orders.outcome("backup", job["ResourceArn"])
    if outcome and outcome.state == "EXPIRED":
        at = _instant(job["StartBy"]) if outcome.after is None else work.now + outcome.after
        _wait(work, job, ending_of("EXPIRED", outcome.message), at)
        let_the_next_begin(work, job)
        return
    _run(work, job, outcome)


@step(EXPIRES)
def expire(work: Work, job_id: str) -> None:
    """End a job that could not begin in its window."""
    job = work.store.backup_jobs.get(work.place, job_id)
    if job and job["State"] == "PENDING" and "Ending" in job:
        end_job(work, job, job["Ending"])


@step(ENDS)
def end(work: Work, job_id: str) -> None:
    """End a job that runs, as it was known to since it began."""
    job = work.store.backup_jobs.get(work.place, job_id)
    if job and job["State"] == "RUNNING" and "Ending" in job:
        end_job(work, job, job["Ending"])


@step(ABORTS)
def abort(work: Work, job_id: str) -> None:
    """End a job that was stopped."""
    job = work.store.backup_jobs.get(work.place, job_id)
    if job and job["State"] == "ABORTING":
        end_job(work, job, ending_of("ABORTED", _STOPPED))


def _wait(work: Work, job: BackupJob, ending: Ending, until: datetime) -> None:
    waiting: BackupJob = {**job, "State": "PENDING", "Ending": ending}
    work.store.backup_jobs.put(work.place, job["BackupJobId"], waiting)
    work.store.dues.set(work.place, EXPIRES, job["BackupJobId"], until)
    if job["State"] != "PENDING":
        tell(work, waiting)


def _run(work: Work, job: BackupJob, outcome: orders.Outcome | None) -> None:
    vault = work.store.vaults.get(work.place, job["BackupVaultName"])
    table = table_of(work.place, job["ResourceName"])
    means = backup_rights.Means(vault, table, advanced=job["RecoveryPointArn"] is not None)
    failure = backup_rights.failure(work, job, means)
    frozen = None if failure else freeze(work.place.account, work.place.region, job["ResourceName"])
    if vault is None or table is None or frozen is None:
        end_job(work, job, ending_of("FAILED", failure))
        return
    arn = job["RecoveryPointArn"] or point_arn(work, job["ResourceArn"], advanced=False)
    ending, ends = _course(work, job, outcome, frozen.size_bytes)
    running: BackupJob = {
        **job,
        "State": "RUNNING",
        "StatusMessage": None,
        "RecoveryPointArn": arn,
        "BackupSizeInBytes": frozen.size_bytes,
        "Ending": ending,
    }
    work.store.backup_jobs.put(work.place, job["BackupJobId"], running)
    work.store.dues.drop(work.place, EXPIRES, job["BackupJobId"])
    tell(work, running)
    add_point(work, _point(work, running, vault, table, frozen))
    if ends == work.now:
        end_job(work, running, ending)
        return
    queue = work.store.waiting.get(work.place, job["ResourceArn"])
    work.store.waiting.put(work.place, job["ResourceArn"], queue or [job["BackupJobId"]])
    if ends:
        work.store.dues.set(work.place, ENDS, job["BackupJobId"], ends)


def _course(work: Work, job: BackupJob, outcome: orders.Outcome | None, size: int) -> tuple[Ending, datetime | None]:
    """Return how a job that begins now will end and when; None: never."""
    takes = durations.of("backup", job["ResourceArn"], size)
    if outcome is None:
        late = _latest(work, job)
        is_late = work.now + takes > late
        return (ending_of("EXPIRED", _LATE), late) if is_late else (ending_of("COMPLETED", None), work.now + takes)
    if outcome.state == _NEVER:
        return ending_of("COMPLETED", None), None
    return ending_of(outcome.state, outcome.message), work.now + (takes if outcome.after is None else outcome.after)


def _latest(work: Work, job: BackupJob) -> datetime:
    """A rule counts the completion window from the job's beginning, a request from its creation."""
    window = timedelta(seconds=job["CompleteBy"] - job["CreationDate"])
    return work.now + window if job["CreatedBy"] else _instant(job["CreationDate"]) + window


def _point(work: Work, job: BackupJob, vault: Vault, table: Table, frozen: Frozen) -> Point:
    advanced = ":recovery-point:" in (job["RecoveryPointArn"] or "")
    return {
        "RecoveryPointArn": job["RecoveryPointArn"] or "",
        "BackupVaultName": vault["BackupVaultName"],
        "BackupVaultArn": vault["BackupVaultArn"],
        "SourceBackupVaultArn": None,
        "ResourceArn": job["ResourceArn"],
        "ResourceName": job["ResourceName"],
        "ResourceType": job["ResourceType"],
        "CreatedBy": job["CreatedBy"],
        "IamRoleArn": job["IamRoleArn"],
        "Status": "CREATING",
        "StatusMessage": None,
        "CreationDate": work.timestamp,
        "InitiationDate": job["CreationDate"],
        "CompletionDate": None,
        "BackupSizeInBytes": frozen.size_bytes,
        "Lifecycle": job["Lifecycle"],
        "StorageClass": "WARM",
        "EncryptionKeyArn": vault["EncryptionKeyArn"] if advanced else table.key_arn or "",
        "LastRestoreTime": None,
        "Tags": {**(table.tags if advanced else {}), **job["Tags"]},
        "Advanced": advanced,
        "LegalHolds": [],
        "Frozen": frozen,
    }


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
