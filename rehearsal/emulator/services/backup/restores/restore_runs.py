"""How a restore job goes on by itself: it begins or fails, makes its table, and ends."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from rehearsal.emulator import door, durations, orders
from rehearsal.emulator.rules import Refused, differs
from rehearsal.emulator.services.backup.engine import step
from rehearsal.emulator.services.backup.job_records import Ending, Point, RestoreJob
from rehearsal.emulator.services.backup.jobs.jobs import LISTED_SECONDS
from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.points.points import replace_point
from rehearsal.emulator.services.backup.records import Vault
from rehearsal.emulator.services.backup.restores import restore_rights, restore_rules
from rehearsal.emulator.services.backup.restores.restore_metadata import specification
from rehearsal.emulator.services.backup.restores.restore_news import tell
from rehearsal.emulator.services.backup.restores.restores import BEGINS, found
from rehearsal.emulator.services.backup.testing.testing_ends import restored
from rehearsal.emulator.services.dynamodb.frozen import Frozen, Restored, drop_restored, finish_restore, restore

_ENDS: Final = "restore job ends"
_FORGOTTEN: Final = "restore job is forgotten"
_NEVER: Final = "NEVER"
_COLD_FACTOR: Final = 2
_WELL: Final[Ending] = {"State": "COMPLETED", "StatusMessage": None, "MessageCategory": "SUCCESS"}
_DYNAMODB: Final[Any] = door.module("services.dynamodb")

differs("AWS Backup", "A restore from cold storage takes twice as long as one from warm storage; AWS promises nothing.")


@step(BEGINS)
def begin(work: Work, job_id: str) -> None:
    """Let a job run: its table is there at once, and CREATING; or let it fail, and there is none."""
    job = work.store.restore_jobs.get(work.place, job_id)
    if job is None:
        return
    outcome = orders.outcome("restore", job["SourceResourceArn"])
    try:
        point, vault = _source(work, job)
        restore_rights.check(work, job, point, vault)
        running: RestoreJob = {**job, "Status": "RUNNING", "CreatedResourceArn": _make(work, job, point)}
    except Refused as refused:
        _end(work, job, "FAILED", str(refused))
        return
    takes = durations.of("restore", job["SourceResourceArn"], job["BackupSizeInBytes"])
    takes *= _COLD_FACTOR if point["StorageClass"] == "COLD" else 1
    if outcome and outcome.state != _NEVER:
        running["Ending"] = {"State": outcome.state, "StatusMessage": outcome.message, "MessageCategory": ""}
        takes = takes if outcome.after is None else outcome.after
    work.store.restore_jobs.put(work.place, job_id, running)
    tell(work, running)
    if not (outcome and outcome.state == _NEVER):
        work.store.dues.set(work.place, _ENDS, job_id, work.now + takes)


@step(_ENDS)
def end(work: Work, job_id: str) -> None:
    """End a job that runs: well, as it was ordered to, or by a key that was taken away."""
    job = work.store.restore_jobs.get(work.place, job_id)
    if job is None:
        return
    ending = job.get("Ending", _WELL)
    if ending["State"] != "COMPLETED":
        _give_up(work, job, ending["State"], ending["StatusMessage"])
        return
    try:
        point, vault = _source(work, job)
        restore_rights.check_keys(work, job, point, vault)
    except Refused as refused:
        _give_up(work, job, "FAILED", str(refused))
        return
    finish_restore(work.place.account, work.place.region, _table(job))
    if point["BackupVaultArn"].split(":")[4] == work.place.account:
        replace_point(work, {**point, "LastRestoreTime": work.timestamp})
    restored(work, _end(work, job, "COMPLETED", None))


@step(_FORGOTTEN)
def forget(work: Work, job_id: str) -> None:
    """Forget a job that is listed no more."""
    work.store.restore_jobs.remove(work.place, job_id)


def _source(work: Work, job: RestoreJob) -> tuple[Point, Vault]:
    there = found(work, job["RecoveryPointArn"])
    restore_rules.refuse_a_point_that_is_nobodys_here(job["RecoveryPointArn"], there is not None)
    if there is None:
        raise AssertionError("an absent point was not refused")
    return there[1], there[2]


def _make(work: Work, job: RestoreJob, point: Point) -> str:
    frozen = point["Frozen"]
    restore_rules.refuse_to_restore_what_is_not_whole(point["RecoveryPointArn"], point["Status"], frozen is not None)
    target = restore_rights.target_of_job(work, job, point)
    overrides = Restored(
        encryption=specification(target, managed_by_dynamodb=not point["Advanced"]),
        summary={"SourceBackupArn": point["RecoveryPointArn"], "SourceTableArn": point["ResourceArn"]},
    )
    account, region = work.place.account, work.place.region
    arn = restore(_data(frozen), account, region, target.table, overrides)
    if job["Tags"]:
        with door.request_scope(account, region):
            tags = [{"Key": key, "Value": value} for key, value in job["Tags"].items()]
            _DYNAMODB._tags[arn] = tags  # noqa: SLF001 - MiniStack's own tagging refuses nothing that is asked here
    return arn


def _data(frozen: Frozen | None) -> Frozen:
    if frozen is None:
        raise AssertionError("a point without data was not refused")
    return frozen


def _give_up(work: Work, job: RestoreJob, status: str, message: str | None) -> None:
    drop_restored(work.place.account, work.place.region, _table(job))
    _end(work, {**job, "CreatedResourceArn": None}, status, message)


def _end(work: Work, job: RestoreJob, status: str, message: str | None) -> RestoreJob:
    ended: RestoreJob = {**job, "Status": status, "StatusMessage": message, "CompletionDate": work.timestamp}
    ended.pop("Ending", None)
    work.store.restore_jobs.put(work.place, job["RestoreJobId"], ended)
    forgotten = datetime.fromtimestamp(job["CreationDate"], UTC) + timedelta(seconds=LISTED_SECONDS)
    work.store.dues.set(work.place, _FORGOTTEN, job["RestoreJobId"], max(forgotten, work.now))
    tell(work, ended)
    return ended


def _table(job: RestoreJob) -> str:
    return (job["CreatedResourceArn"] or "").rpartition("/")[2]
