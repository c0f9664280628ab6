"""Copy jobs, on demand and of a plan's rule, as they are started."""

from typing import Final, NotRequired, TypedDict, cast

from rehearsal.emulator.services.backup.copies import copy_rules
from rehearsal.emulator.services.backup.copies.copy_checks import check_role, place_of
from rehearsal.emulator.services.backup.copies.copy_lives import life_of_copy, without_always
from rehearsal.emulator.services.backup.copies.copy_news import tell
from rehearsal.emulator.services.backup.job_records import BackupJob, CopyJob, Point
from rehearsal.emulator.services.backup.operations import Answer, Call, Work, new_id, operation
from rehearsal.emulator.services.backup.points import lifecycles
from rehearsal.emulator.services.backup.points.points import point_of
from rehearsal.emulator.services.backup.shapes import CopyAction, Lifecycle
from rehearsal.emulator.services.backup.vaults.vaults import vault_in, vault_of

BEGINS: Final = "copy job begins"


class StartCopy(TypedDict):
    """Input of StartCopyJob."""

    RecoveryPointArn: str
    SourceBackupVaultName: str
    DestinationBackupVaultArn: str
    IamRoleArn: str
    IdempotencyToken: NotRequired[str]
    Lifecycle: NotRequired[Lifecycle]


@operation("StartCopyJob")
def start_copy_job(call: Call, asked: StartCopy) -> Answer:
    """Start a copy of one of the caller's points; the same request again, told by its token, is answered as before."""
    job = _started_before(call, asked) or _started(call, asked)
    return {"CopyJobId": job["CopyJobId"], "CreationDate": job["CreationDate"], "IsParent": False}


def start_scheduled_copy(work: Work, point: Point, action: CopyAction, job: BackupJob) -> None:
    """Start the copy that a rule wants of what a completed job made; where it cannot be made, the copy job fails.

    Args:
        work: Its place is the backup job's.
        point: What the job made.
        action: The rule's.
        job: The backup job; its role copies.
    """
    life = life_of_copy(action.get("Lifecycle"), point["Lifecycle"])
    made = _new(work, point, action["DestinationBackupVaultArn"], job["IamRoleArn"], life)
    _begin(work, {**made, "CreatedBy": job["CreatedBy"], "CreatedByBackupJobId": job["BackupJobId"]})


def _started_before(call: Call, asked: StartCopy) -> CopyJob | None:
    token = asked.get("IdempotencyToken")
    jobs = call.store.copy_jobs.of(call.place) if token else []
    found = next((job for job in jobs if job["IdempotencyToken"] == token), None)
    if found:
        copy_rules.refuse_a_copy_token_of_another_request(found.get("Asked") == asked)
    return found


def _started(call: Call, asked: StartCopy) -> CopyJob:
    vault = vault_of(call, asked["SourceBackupVaultName"])
    point = point_of(call, vault["BackupVaultName"], asked["RecoveryPointArn"])
    destination = asked["DestinationBackupVaultArn"]
    copy_rules.refuse_a_destination_that_is_no_vault(destination)
    _check_own_destination(call, destination)
    copy_rules.refuse_to_copy_a_point_that_is_not_whole(asked["RecoveryPointArn"], point["Status"])
    copy_rules.refuse_to_copy_a_cold_point(asked["RecoveryPointArn"], point["StorageClass"])
    lifecycles.check("", without_always(asked.get("Lifecycle", {})))
    check_role(call, asked["IamRoleArn"], vault["BackupVaultArn"])
    life = life_of_copy(asked.get("Lifecycle"), point["Lifecycle"])
    made = _new(call, point, destination, asked["IamRoleArn"], life)
    return _begin(
        call,
        {**made, "IdempotencyToken": asked.get("IdempotencyToken"), "Asked": cast("dict[str, object]", asked)},
    )


def _check_own_destination(call: Call, arn: str) -> None:
    place = place_of(arn)
    if place.account == call.place.account:
        copy_rules.refuse_an_absent_destination(arn, vault_in(call.store, place, arn) is not None)


def _new(work: Work, point: Point, destination: str, role: str, life: Lifecycle) -> CopyJob:
    return {
        "CopyJobId": new_id().upper(),
        "SourceBackupVaultArn": point["BackupVaultArn"],
        "SourceRecoveryPointArn": point["RecoveryPointArn"],
        "DestinationBackupVaultArn": destination,
        "DestinationRecoveryPointArn": None,
        "ResourceArn": point["ResourceArn"],
        "ResourceName": point["ResourceName"],
        "ResourceType": point["ResourceType"],
        "IamRoleArn": role,
        "State": "CREATED",
        "StatusMessage": None,
        "MessageCategory": "",
        "CreationDate": work.timestamp,
        "CompletionDate": None,
        "BackupSizeInBytes": point["BackupSizeInBytes"],
        "Lifecycle": life,
        "CreatedBy": None,
        "CreatedByBackupJobId": None,
        "IdempotencyToken": None,
    }


def _begin(work: Work, job: CopyJob) -> CopyJob:
    work.store.copy_jobs.put(work.place, job["CopyJobId"], job)
    tell(work, job)
    work.store.dues.set(work.place, BEGINS, job["CopyJobId"], work.now)
    return job
