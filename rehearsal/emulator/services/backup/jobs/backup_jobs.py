"""Backup jobs on demand, and how any backup job is made."""

from dataclasses import dataclass, field
from typing import Final, NotRequired, TypedDict, cast

from rehearsal.emulator import judgement
from rehearsal.emulator.services.backup import tag_rules
from rehearsal.emulator.services.backup.job_records import BackupJob, CreatedBy
from rehearsal.emulator.services.backup.jobs import job_rules
from rehearsal.emulator.services.backup.jobs.job_news import tell
from rehearsal.emulator.services.backup.jobs.jobs import job_of
from rehearsal.emulator.services.backup.operations import Answer, Call, Work, new_id, operation
from rehearsal.emulator.services.backup.plans import plan_rules
from rehearsal.emulator.services.backup.plans.targets import check_target, target
from rehearsal.emulator.services.backup.points import lifecycles
from rehearsal.emulator.services.backup.points.points import point_arn
from rehearsal.emulator.services.backup.resource_types import (
    name_of,
    refuse_a_resource_of_no_type,
    refuse_a_type_that_is_not_served,
    type_of,
)
from rehearsal.emulator.services.backup.settings import fully_managed
from rehearsal.emulator.services.backup.shapes import CopyAction, Lifecycle
from rehearsal.emulator.services.backup.vaults.vaults import vault_of

START_MINUTES: Final = 480
COMPLETE_MINUTES: Final = 10_080
"""Windows of a job that asks for none: API_StartBackupJob.html and API_BackupRule.html, read 2026-11-22."""
ENDED: Final = frozenset({"ABORTED", "COMPLETED", "FAILED", "EXPIRED", "PARTIAL"})
BEGINS: Final = "backup job begins"
ABORTS: Final = "backup job aborts"
_MINUTE: Final = 60


class StartJob(TypedDict):
    """Input of StartBackupJob."""

    BackupVaultName: str
    ResourceArn: str
    IamRoleArn: str
    LogicallyAirGappedBackupVaultArn: NotRequired[str]
    IdempotencyToken: NotRequired[str]
    StartWindowMinutes: NotRequired[int]
    CompleteWindowMinutes: NotRequired[int]
    Lifecycle: NotRequired[Lifecycle]
    RecoveryPointTags: NotRequired[dict[str, str]]
    BackupOptions: NotRequired[dict[str, str]]


class OfJob(TypedDict):
    """Input of an operation on one backup job."""

    BackupJobId: str


@dataclass(frozen=True)
class Wanted:
    """A job to make."""

    vault: str
    resource: str
    role: str
    life: Lifecycle
    tags: dict[str, str] = field(default_factory=dict[str, str])
    start_minutes: int = START_MINUTES
    complete_minutes: int = COMPLETE_MINUTES
    created_by: CreatedBy | None = None
    copies: list[CopyAction] = field(default_factory=list[CopyAction])


def make_job(work: Work, wanted: Wanted) -> BackupJob:
    """Keep a new job, which is CREATED, and tell of it; it waits for somebody to let it begin."""
    kind = type_of(wanted.resource) or ""
    advanced = fully_managed(work, kind)
    job: BackupJob = {
        "BackupJobId": new_id(),
        "BackupVaultName": wanted.vault,
        "ResourceArn": wanted.resource,
        "ResourceName": name_of(wanted.resource),
        "ResourceType": kind,
        "IamRoleArn": wanted.role,
        "State": "CREATED",
        "StatusMessage": None,
        "MessageCategory": "",
        "CreationDate": work.timestamp,
        "StartBy": work.timestamp + wanted.start_minutes * _MINUTE,
        "CompleteBy": work.timestamp + wanted.complete_minutes * _MINUTE,
        "CompletionDate": None,
        "RecoveryPointArn": point_arn(work, wanted.resource, advanced=True) if advanced else None,
        "Lifecycle": wanted.life,
        "Tags": wanted.tags,
        "CreatedBy": wanted.created_by,
        "BackupSizeInBytes": 0,
        "IdempotencyToken": None,
        "CopyActions": wanted.copies,
    }
    work.store.backup_jobs.put(work.place, job["BackupJobId"], job)
    tell(work, job)
    return job


@operation("StartBackupJob")
def start_backup_job(call: Call, asked: StartJob) -> Answer:
    """Start a job; the same request again, told by its token, is answered as before."""
    job = _started_before(call, asked) or _started(call, asked)
    return {member: job[member] for member in ("BackupJobId", "RecoveryPointArn", "CreationDate")}


@operation("StopBackupJob")
def stop_backup_job(call: Call, asked: OfJob) -> None:
    """Stop a job: it is ABORTING, and soon ABORTED."""
    job = job_of(call, asked["BackupJobId"])
    job_rules.refuse_to_stop_a_job_that_has_ended(job["BackupJobId"], job["State"], job["State"] in ENDED)
    call.store.backup_jobs.put(call.place, job["BackupJobId"], {**job, "State": "ABORTING"})
    call.store.dues.set(call.place, ABORTS, job["BackupJobId"], call.now)


def _started_before(call: Call, asked: StartJob) -> BackupJob | None:
    token = asked.get("IdempotencyToken")
    jobs = call.store.backup_jobs.of(call.place) if token else []
    found = next((job for job in jobs if job["IdempotencyToken"] == token), None)
    if found and token:
        job_rules.refuse_a_token_of_another_request(token, found.get("Asked") == asked)
    return found


def _started(call: Call, asked: StartJob) -> BackupJob:
    _check(call, asked)
    air_gapped = asked.get("LogicallyAirGappedBackupVaultArn")
    wanted = Wanted(
        target(call, asked["BackupVaultName"], air_gapped, type_of(asked["ResourceArn"]) or ""),
        asked["ResourceArn"],
        asked["IamRoleArn"],
        asked.get("Lifecycle", {}),
        asked.get("RecoveryPointTags", {}),
        asked.get("StartWindowMinutes", START_MINUTES),
        asked.get("CompleteWindowMinutes", COMPLETE_MINUTES),
    )
    made = make_job(call, wanted)
    job: BackupJob = {
        **made,
        "IdempotencyToken": asked.get("IdempotencyToken"),
        "Asked": cast("dict[str, object]", asked),
    }
    call.store.backup_jobs.put(call.place, job["BackupJobId"], job)
    call.store.dues.set(call.place, BEGINS, job["BackupJobId"], call.now)
    return job


def _check(call: Call, asked: StartJob) -> None:
    arn, role = asked["ResourceArn"], asked["IamRoleArn"]
    kind = type_of(arn)
    refuse_a_resource_of_no_type(arn, kind)
    refuse_a_type_that_is_not_served(arn)
    job_rules.refuse_a_job_on_a_resource_elsewhere(arn, call.place.account, call.place.region)
    vault = vault_of(call, asked["BackupVaultName"])
    check_target(call, vault, asked.get("LogicallyAirGappedBackupVaultArn"))
    start = asked.get("StartWindowMinutes", START_MINUTES)
    job_rules.refuse_a_start_window_of_a_job_outside_its_bounds(start)
    complete = asked.get("CompleteWindowMinutes", COMPLETE_MINUTES)
    job_rules.refuse_a_job_that_must_end_before_it_may_start(start, complete)
    lifecycles.check("", asked.get("Lifecycle", {}))
    tag_rules.check(asked.get("RecoveryPointTags", {}))
    for option, value in asked.get("BackupOptions", {}).items():
        plan_rules.refuse_an_unknown_backup_option(kind or "", option, value)
    own = role.split(":")[4:5] == [call.place.account]
    service = "backup.amazonaws.com"
    trusts = own and judgement.service_may_assume(role, service, call.place.account, vault["BackupVaultArn"])
    job_rules.refuse_a_role_that_backup_cannot_assume_for_a_job(role, trusts)
