"""How a copy job goes on by itself: it begins or fails, makes its point in the destination, and ends."""

from datetime import UTC, datetime
from typing import Final

from rehearsal.emulator import durations, orders
from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.backup.copies import copy_checks
from rehearsal.emulator.services.backup.copies.copies import BEGINS
from rehearsal.emulator.services.backup.copies.copy_news import tell
from rehearsal.emulator.services.backup.engine import step
from rehearsal.emulator.services.backup.job_records import CopyJob, Ending, Point
from rehearsal.emulator.services.backup.jobs.jobs import LISTED_SECONDS
from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.points.points import add_point, point_arn
from rehearsal.emulator.services.backup.vaults.message_categories import SUCCESS, category_of

_ENDS: Final = "copy job ends"
_FORGOTTEN: Final = "copy job is forgotten"
_NEVER: Final = "NEVER"
_WELL: Final[Ending] = {"State": "COMPLETED", "StatusMessage": None, "MessageCategory": SUCCESS}
_WITH_POINT: Final = frozenset({"COMPLETED", "PARTIAL"})


@step(BEGINS)
def begin(work: Work, job_id: str) -> None:
    """Let a job run, or fail at once; one that was ordered never to stays CREATED, as on AWS's own errors."""
    job = work.store.copy_jobs.get(work.place, job_id)
    outcome = orders.outcome("copy", job["ResourceArn"]) if job else None
    if job is None or (outcome and outcome.state == _NEVER):
        return
    try:
        copy_checks.check(work, job)
    except Refused as refused:
        _end(work, job, _failed(str(refused)))
        return
    takes = durations.of("copy", job["ResourceArn"], job["BackupSizeInBytes"])
    running: CopyJob = {**job, "State": "RUNNING"}
    if outcome:
        running["Ending"] = _ordered(outcome)
        takes = takes if outcome.after is None else outcome.after
    work.store.copy_jobs.put(work.place, job_id, running)
    tell(work, running)
    if takes:
        work.store.dues.set(work.place, _ENDS, job_id, work.now + takes)
        _note(work, running, runs=True)
    else:
        _finish(work, running)


@step(_ENDS)
def end(work: Work, job_id: str) -> None:
    """End a job that runs: well, as it was ordered to, or by what changed meanwhile."""
    job = work.store.copy_jobs.get(work.place, job_id)
    if job is None:
        return
    _note(work, job, runs=False)
    try:
        copy_checks.check_again(work, job)
    except Refused as refused:
        _end(work, job, _failed(str(refused)))
    else:
        _finish(work, job)


@step(_FORGOTTEN)
def forget(work: Work, job_id: str) -> None:
    """Forget a job that is listed no more."""
    work.store.copy_jobs.remove(work.place, job_id)


def _note(work: Work, job: CopyJob, *, runs: bool) -> None:
    """Note which copies to other accounts are under way."""
    if copy_checks.place_of(job["DestinationBackupVaultArn"]).account == work.place.account:
        return
    others = [one for one in work.store.copying.get(work.place, job["ResourceArn"]) or [] if one != job["CopyJobId"]]
    under_way = [*others, job["CopyJobId"]] if runs else others
    if under_way:
        work.store.copying.put(work.place, job["ResourceArn"], under_way)
    else:
        work.store.copying.remove(work.place, job["ResourceArn"])


def _finish(work: Work, job: CopyJob) -> None:
    ending = job.get("Ending", _WELL)
    made = _copied(work, job, ending) if ending["State"] in _WITH_POINT else None
    _end(work, {**job, "DestinationRecoveryPointArn": made}, ending)


def _copied(work: Work, job: CopyJob, ending: Ending) -> str:
    route = copy_checks.route_of(work, job)
    source, vault, target = route.source, route.destination, work.at(route.place)
    arn = point_arn(target, source["ResourceArn"], advanced=True)
    copy: Point = {
        **source,
        "RecoveryPointArn": arn,
        "BackupVaultName": vault["BackupVaultName"],
        "BackupVaultArn": vault["BackupVaultArn"],
        "SourceBackupVaultArn": source["BackupVaultArn"],
        "CreatedBy": job["CreatedBy"],
        "IamRoleArn": copy_checks.linked_role(route.place.account) if route.crosses else job["IamRoleArn"],
        "Status": ending["State"],
        "StatusMessage": ending["StatusMessage"],
        "InitiationDate": job["CreationDate"],
        "CompletionDate": work.timestamp,
        "Lifecycle": job["Lifecycle"],
        "StorageClass": "WARM",
        "EncryptionKeyArn": vault["EncryptionKeyArn"],
        "LastRestoreTime": None,
        "LegalHolds": [],
    }
    add_point(target, copy)
    return arn


def _end(work: Work, job: CopyJob, ending: Ending) -> None:
    ended: CopyJob = {**job, **ending, "CompletionDate": work.timestamp}
    ended.pop("Ending", None)
    work.store.copy_jobs.put(work.place, job["CopyJobId"], ended)
    forgotten = datetime.fromtimestamp(job["CreationDate"] + LISTED_SECONDS, UTC)
    work.store.dues.set(work.place, _FORGOTTEN, job["CopyJobId"], max(forgotten, work.now))
    tell(work, ended)


def _ordered(outcome: orders.Outcome) -> Ending:
    if outcome.state == "COMPLETED":
        return _WELL
    return {"State": outcome.state, "StatusMessage": outcome.message, "MessageCategory": category_of(outcome.message)}


def _failed(message: str) -> Ending:
    return {"State": "FAILED", "StatusMessage": message, "MessageCategory": category_of(message)}
