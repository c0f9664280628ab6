"""Restore jobs, as they are started."""

from typing import Final, NotRequired, TypedDict, cast

from rehearsal.emulator.services.backup.job_records import Point, RestoreJob
from rehearsal.emulator.services.backup.operations import Answer, Call, Work, new_id, operation
from rehearsal.emulator.services.backup.records import Vault
from rehearsal.emulator.services.backup.restores import restore_rules
from rehearsal.emulator.services.backup.restores.restore_news import tell, tell_created
from rehearsal.emulator.services.backup.restores.restore_rights import check_role, target_of
from rehearsal.emulator.services.backup.store import Place
from rehearsal.emulator.services.backup.vaults.shares import is_shared_with

BEGINS: Final = "restore job begins"


class StartRestore(TypedDict):
    """Input of StartRestoreJob."""

    RecoveryPointArn: str
    Metadata: dict[str, str]
    IamRoleArn: NotRequired[str]
    IdempotencyToken: NotRequired[str]
    ResourceType: NotRequired[str]
    CopySourceTagsToRestoredResource: NotRequired[bool]


@operation("StartRestoreJob")
def start_restore_job(call: Call, asked: StartRestore) -> Answer:
    """Start a restore; the same request again, told by its token, is answered as before."""
    job = _started_before(call, asked) or _started(call, asked)
    return {"RestoreJobId": job["RestoreJobId"]}


def found(work: Work, arn: str) -> tuple[Place, Point, Vault] | None:
    """Return a point that the place may restore, with its vault and where they are.

    Returns:
        None when there is no such point, or it is another account's and its vault is not shared.
    """
    parts = [*arn.split(":"), "", "", "", "", ""]
    for place in (work.place, Place(parts[4], parts[3])):
        point = work.store.points.get(place, arn)
        vault = work.store.vaults.get(place, point["BackupVaultName"]) if point else None
        if point and vault and (place == work.place or is_shared_with(vault, work.place.account)):
            return place, point, vault
    return None


def make_job(work: Work, point: Point, role: str, metadata: dict[str, str]) -> RestoreJob:
    """Return a new job that is PENDING; it is not kept yet."""
    return {
        "RestoreJobId": new_id().upper(),
        "RecoveryPointArn": point["RecoveryPointArn"],
        "RecoveryPointCreationDate": point["CreationDate"],
        "BackupVaultArn": point["BackupVaultArn"],
        "SourceResourceArn": point["ResourceArn"],
        "ResourceType": point["ResourceType"],
        "IamRoleArn": role,
        "Metadata": metadata,
        "Status": "PENDING",
        "StatusMessage": None,
        "CreationDate": work.timestamp,
        "CompletionDate": None,
        "BackupSizeInBytes": point["BackupSizeInBytes"],
        "CreatedResourceArn": None,
        "TestingPlanArn": None,
        "ValidationStatus": None,
        "ValidationStatusMessage": None,
        "DeletionStatus": None,
        "DeletionStatusMessage": None,
        "IdempotencyToken": None,
        "Tags": {},
        "ValidationWindowHours": None,
    }


def begin(work: Work, job: RestoreJob) -> RestoreJob:
    """Keep a new job, tell of it, and let it begin; returns it."""
    work.store.restore_jobs.put(work.place, job["RestoreJobId"], job)
    tell_created(work, job)
    tell(work, job)
    work.store.dues.set(work.place, BEGINS, job["RestoreJobId"], work.now)
    return job


def _started_before(call: Call, asked: StartRestore) -> RestoreJob | None:
    token = asked.get("IdempotencyToken")
    jobs = call.store.restore_jobs.of(call.place) if token else []
    known = next((job for job in jobs if job["IdempotencyToken"] == token), None)
    if known:
        restore_rules.refuse_a_restore_token_of_another_request(known.get("Asked") == asked)
    return known


def _started(call: Call, asked: StartRestore) -> RestoreJob:
    arn = asked["RecoveryPointArn"]
    there = found(call, arn)
    restore_rules.refuse_a_point_that_is_nobodys_here(arn, there is not None)
    _, point, vault = cast("tuple[Place, Point, Vault]", there)
    restore_rules.refuse_to_restore_what_is_not_whole(arn, point["Status"], point["Frozen"] is not None)
    restore_rules.refuse_another_type_than_the_points(asked.get("ResourceType"), point["ResourceType"])
    target_of(call, asked["Metadata"], point)
    role = asked.get("IamRoleArn", "")
    restore_rules.refuse_a_restore_without_a_role(bool(role))
    check_role(call, role, vault["BackupVaultArn"])
    made: RestoreJob = {
        **make_job(call, point, role, asked["Metadata"]),
        "IdempotencyToken": asked.get("IdempotencyToken"),
        "Tags": point["Tags"] if asked.get("CopySourceTagsToRestoredResource") else {},
        "Asked": cast("dict[str, object]", asked),
    }
    return begin(call, made)
