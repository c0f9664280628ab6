"""What is told of a restore job when its state changes: the event, the metric and the vault's message."""

from typing import Final

from rehearsal.emulator.services.backup.happenings import announce, count, iso, notify
from rehearsal.emulator.services.backup.job_records import RestoreJob
from rehearsal.emulator.services.backup.operations import Work

# https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html, cloudwatch.html and backup-notifications.html
# (all read 2026-11-22)

_METRICS: Final = {
    "PENDING": "NumberOfRestoreJobsPending",
    "RUNNING": "NumberOfRestoreJobsRunning",
    "COMPLETED": "NumberOfRestoreJobsCompleted",
    "FAILED": "NumberOfRestoreJobsFailed",
}
_SENTENCES: Final = {
    "RUNNING": "An AWS Backup restore job was started.",
    "COMPLETED": "An AWS Backup restore job was completed successfully.",
    "FAILED": "An AWS Backup restore job failed.",
    "ABORTED": "An AWS Backup restore job was stopped.",
}


def tell_created(work: Work, job: RestoreJob) -> None:
    """Tell that a job was made: the one event of a restore that says `state` and not `status`."""
    detail = {"restoreJobId": job["RestoreJobId"], "creationDate": iso(job["CreationDate"]), "state": "CREATED"}
    announce(work, "Restore Job State Change", detail, [job["RecoveryPointArn"]])


def tell(work: Work, job: RestoreJob) -> None:
    """Tell the status that a job has come to."""
    status, vault_name = job["Status"], job["BackupVaultArn"].rpartition(":")[2]
    announce(work, "Restore Job State Change", lambda: _detail(job), [job["RecoveryPointArn"]])
    if status in _METRICS:
        count(work, _METRICS[status], vault_name, job["ResourceType"])
    vault = work.store.vaults.get(work.place, vault_name)
    if status in _SENTENCES and vault and vault["BackupVaultArn"] == job["BackupVaultArn"]:
        event = "RESTORE_JOB_STARTED" if status == "RUNNING" else "RESTORE_JOB_COMPLETED"
        message = f"{_SENTENCES[status]} Restored recovery point ARN : {job['RecoveryPointArn']}."
        ids = {"Id": job["RestoreJobId"], "StartTime": iso(job["CreationDate"]) or ""}
        notify(work, vault, event, status, f"{message} Restore job ID : {job['RestoreJobId']}", ids)


def _detail(job: RestoreJob) -> dict[str, object]:
    has_ended = job["CompletionDate"] is not None
    return {
        "restoreJobId": job["RestoreJobId"],
        "backupVaultArn": job["BackupVaultArn"],
        "recoveryPointArn": job["RecoveryPointArn"],
        "sourceResourceArn": job["SourceResourceArn"],
        "backupSizeInBytes": str(job["BackupSizeInBytes"]),
        "creationDate": iso(job["CreationDate"]),
        "iamRoleArn": job["IamRoleArn"],
        "percentDone": 0,
        "resourceType": job["ResourceType"],
        "status": job["Status"],
        "statusMessage": job["StatusMessage"],
        "createdResourceArn": job["CreatedResourceArn"] if has_ended else None,
        "completionDate": iso(job["CompletionDate"]),
        "restoreTestingPlanArn": job["TestingPlanArn"],
    }
