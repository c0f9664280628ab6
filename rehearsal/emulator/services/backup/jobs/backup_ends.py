"""How a backup job ends, well or not, and what follows from that."""

from datetime import UTC, datetime
from typing import Final

from rehearsal.emulator.services.backup.copies.copies import start_scheduled_copy
from rehearsal.emulator.services.backup.engine import step
from rehearsal.emulator.services.backup.job_records import BackupJob, Ending, Point
from rehearsal.emulator.services.backup.jobs.backup_jobs import BEGINS
from rehearsal.emulator.services.backup.jobs.job_news import tell
from rehearsal.emulator.services.backup.jobs.jobs import LISTED_SECONDS
from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.points.points import remove_point, replace_point
from rehearsal.emulator.services.backup.vaults.message_categories import category_of

ENDS: Final = "backup job ends"
EXPIRES: Final = "backup job expires"
_FORGOTTEN: Final = "backup job is forgotten"


def ending_of(state: str, message: str | None) -> Ending:
    """Return an ending with the category that AWS Backup gives its message."""
    return {"State": state, "StatusMessage": message, "MessageCategory": category_of(message)}


def end_job(work: Work, job: BackupJob, ending: Ending) -> None:
    """End a job: settle its point, tell of it, let the next one on the resource begin, and copy what it made."""
    ended: BackupJob = {**job, **ending, "CompletionDate": work.timestamp}
    ended.pop("Ending", None)
    work.store.backup_jobs.put(work.place, job["BackupJobId"], ended)
    forgotten = datetime.fromtimestamp(job["CreationDate"] + LISTED_SECONDS, UTC)
    work.store.dues.set(work.place, _FORGOTTEN, job["BackupJobId"], max(forgotten, work.now))
    for kind in (EXPIRES, ENDS):
        work.store.dues.drop(work.place, kind, job["BackupJobId"])
    point = _settled_point(work, ended)
    tell(work, ended)
    let_the_next_begin(work, ended)
    if point and ended["State"] == "COMPLETED":
        for action in ended["CopyActions"]:
            start_scheduled_copy(work, point, action, ended)


@step(_FORGOTTEN)
def forget(work: Work, job_id: str) -> None:
    """Forget a job that is listed no more."""
    work.store.backup_jobs.remove(work.place, job_id)


def _settled_point(work: Work, job: BackupJob) -> Point | None:
    """Return the point that a job leaves behind; None when it leaves none."""
    point = work.store.points.get(work.place, job["RecoveryPointArn"] or "")
    if point is None:
        return None
    if job["State"] not in {"COMPLETED", "PARTIAL"}:
        remove_point(work, point)
        return None
    dated: Point = {**point, "StatusMessage": job["StatusMessage"], "CompletionDate": work.timestamp}
    made: Point = {**dated, "Status": job["State"]}
    replace_point(work, made)
    return made


def let_the_next_begin(work: Work, job: BackupJob) -> None:
    """Take a job from those that back its resource up; the next one may begin."""
    queue = work.store.waiting.get(work.place, job["ResourceArn"]) or []
    if job["BackupJobId"] not in queue:
        return
    left = [one for one in queue if one != job["BackupJobId"]]
    if left:
        work.store.waiting.put(work.place, job["ResourceArn"], left)
        work.store.dues.set(work.place, BEGINS, left[0], work.now)
    else:
        work.store.waiting.remove(work.place, job["ResourceArn"])
