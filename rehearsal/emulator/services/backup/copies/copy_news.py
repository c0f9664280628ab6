"""What is told of a copy job when its state changes: the event, the metric and the source vault's message."""

from typing import Final

from rehearsal.emulator.rules import differs
from rehearsal.emulator.services.backup.happenings import announce, count, iso, notify
from rehearsal.emulator.services.backup.job_records import CopyJob
from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.points.points import creator_detail

# https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html, cloudwatch.html and backup-notifications.html
# (all read 2026-11-22)

_METRICS: Final = {
    "CREATED": "NumberOfCopyJobsCreated",
    "RUNNING": "NumberOfCopyJobsRunning",
    "COMPLETED": "NumberOfCopyJobsCompleted",
    "FAILED": "NumberOfCopyJobsFailed",
}
_MESSAGES: Final = {
    "RUNNING": ("COPY_JOB_STARTED", "An AWS Backup copy job was started."),
    "COMPLETED": ("COPY_JOB_SUCCESSFUL", "An AWS Backup copy job was completed successfully."),
    "PARTIAL": ("COPY_JOB_SUCCESSFUL", "An AWS Backup copy job was completed partially."),
    "FAILED": ("COPY_JOB_FAILED", "An AWS Backup copy job failed."),
}

differs(
    "AWS Backup",
    "Events, metrics and messages of a copy job are the source account's; whether AWS also sends them in the "
    "destination's is not documented. The metrics carry the destination vault's name, as on AWS.",
)


def tell(work: Work, job: CopyJob) -> None:
    """Tell the state that a job has come to."""
    state = job["State"]
    announce(work, "Copy Job State Change", lambda: _detail(job), [job["SourceRecoveryPointArn"]])
    if state in _METRICS:
        count(work, _METRICS[state], job["DestinationBackupVaultArn"].rpartition(":")[2], job["ResourceType"])
    vault = work.store.vaults.get(work.place, job["SourceBackupVaultArn"].rpartition(":")[2])
    if state in _MESSAGES and vault and "Notifications" in vault:
        event, sentence = _MESSAGES[state]
        message = f"{sentence} Resource ARN : {job['ResourceArn']}. Copy job ID : {job['CopyJobId']}"
        notify(
            work, vault, event, state, message, {"Id": job["CopyJobId"], "StartTime": iso(job["CreationDate"]) or ""}
        )


def _detail(job: CopyJob) -> dict[str, object]:
    head: dict[str, object] = {
        "creationDate": iso(job["CreationDate"]),
        "state": job["State"],
        "sourceBackupVaultArn": job["SourceBackupVaultArn"],
        "destinationBackupVaultArn": job["DestinationBackupVaultArn"],
    }
    if job["State"] == "CREATED":
        return head
    return {
        **head,
        "copyJobId": job["CopyJobId"],
        "backupSizeInBytes": job["BackupSizeInBytes"],
        "iamRoleArn": job["IamRoleArn"],
        "resourceArn": job["ResourceArn"],
        "resourceType": job["ResourceType"],
        "statusMessage": job["StatusMessage"],
        "completionDate": iso(job["CompletionDate"]),
        # AWS shows an empty object until there is a copy.
        "destinationRecoveryPointArn": job["DestinationRecoveryPointArn"] or {},
        "createdBy": creator_detail(job["CreatedBy"]),
    }
