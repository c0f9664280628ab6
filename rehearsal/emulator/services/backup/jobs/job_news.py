"""What is told of a backup job when its state changes: the event, the metric and the vault's message."""

from typing import Final

from rehearsal.emulator.services.backup.happenings import announce, count, iso, notify
from rehearsal.emulator.services.backup.job_records import BackupJob
from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.points.points import creator_detail

# https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html and backup-notifications.html
# (both read 2026-11-22)

_METRICS: Final = {
    "CREATED": "NumberOfBackupJobsCreated",
    "PENDING": "NumberOfBackupJobsPending",
    "RUNNING": "NumberOfBackupJobsRunning",
    "ABORTED": "NumberOfBackupJobsAborted",
    "COMPLETED": "NumberOfBackupJobsCompleted",
    "FAILED": "NumberOfBackupJobsFailed",
    "EXPIRED": "NumberOfBackupJobsExpired",
}
_SENTENCES: Final = {
    "RUNNING": "An AWS Backup job was started.",
    "COMPLETED": "An AWS Backup job was completed successfully.",
    "PARTIAL": "An AWS Backup job was completed partially.",
    "FAILED": "An AWS Backup job failed.",
    "EXPIRED": "An AWS Backup job failed to complete in time.",
    "ABORTED": "An AWS Backup job was stopped.",
}
_WITH_POINT: Final = frozenset({"COMPLETED", "PARTIAL"})


def tell(work: Work, job: BackupJob) -> None:
    """Tell the state that a job has come to."""
    state = job["State"]
    arn = job["RecoveryPointArn"]
    announce(work, "Backup Job State Change", lambda: _detail(work, job), [arn] if arn and state in _WITH_POINT else [])
    if state in _METRICS:
        count(work, _METRICS[state], job["BackupVaultName"], job["ResourceType"])
    if state in _SENTENCES:
        _notify(work, job)


def _detail(work: Work, job: BackupJob) -> dict[str, object]:
    head: dict[str, object] = {
        "backupJobId": job["BackupJobId"],
        "state": job["State"],
        "creationDate": iso(job["CreationDate"]),
    }
    if job["State"] == "CREATED":
        return head
    size, message = str(job["BackupSizeInBytes"]), job["StatusMessage"]
    has_point = job["State"] in _WITH_POINT
    return {
        **head,
        "backupSizeInBytes": size if has_point or job["State"] == "RUNNING" else None,
        "backupVaultArn": work.arn("backup-vault", job["BackupVaultName"]),
        "backupVaultName": job["BackupVaultName"],
        "bytesTransferred": size if has_point else "0",
        "iamRoleArn": job["IamRoleArn"],
        "resourceArn": job["ResourceArn"],
        "resourceType": job["ResourceType"],
        # AWS shows the message in quotes of its own.
        "statusMessage": f'"{message}"' if message else None,
        "completionDate": iso(job["CompletionDate"]),
        "startBy": iso(job["StartBy"]),
        "percentDone": 100 if has_point else 0,
        "createdBy": creator_detail(job["CreatedBy"]),
    }


def _notify(work: Work, job: BackupJob) -> None:
    vault = work.store.vaults.get(work.place, job["BackupVaultName"])
    if vault is None or "Notifications" not in vault:
        return
    state = job["State"]
    point = f" Recovery point ARN: {job['RecoveryPointArn']}." if state in _WITH_POINT else ""
    message = f"{_SENTENCES[state]}{point} Resource ARN : {job['ResourceArn']}. BackupJob ID : {job['BackupJobId']}"
    event = "BACKUP_JOB_STARTED" if state == "RUNNING" else "BACKUP_JOB_COMPLETED"
    notify(work, vault, event, state, message, {"Id": job["BackupJobId"], "StartTime": iso(job["CreationDate"]) or ""})
