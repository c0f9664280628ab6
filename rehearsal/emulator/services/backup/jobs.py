"""Backup, copy and restore jobs, as they are listed and looked up; nothing starts any yet, so lists are empty."""

from typing import Final, TypedDict

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.operations import Answer, Call, operation
from rehearsal.emulator.services.backup.paging import Paged, paged

_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_DescribeBackupJob.html"


class OfBackupJob(TypedDict):
    """Input of DescribeBackupJob."""

    BackupJobId: str


class OfCopyJob(TypedDict):
    """Input of DescribeCopyJob."""

    CopyJobId: str


class OfRestoreJob(TypedDict):
    """Input of DescribeRestoreJob."""

    RestoreJobId: str


@rule(_API, read="2026-11-22")
def refuse_an_absent_job(job: str, exists: bool) -> None:
    """An operation on a job that does not exist is refused."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Cannot find job with ID {job}.")


@operation("ListBackupJobs")
def list_backup_jobs(_call: Call, asked: Paged) -> Answer:
    """List backup jobs."""
    return paged("BackupJobs", [], asked)


@operation("ListCopyJobs")
def list_copy_jobs(_call: Call, asked: Paged) -> Answer:
    """List copy jobs."""
    return paged("CopyJobs", [], asked)


@operation("ListRestoreJobs")
def list_restore_jobs(_call: Call, asked: Paged) -> Answer:
    """List restore jobs."""
    return paged("RestoreJobs", [], asked)


@operation("DescribeBackupJob")
def describe_backup_job(_call: Call, asked: OfBackupJob) -> None:
    """Show a backup job."""
    refuse_an_absent_job(asked["BackupJobId"], exists=False)


@operation("DescribeCopyJob")
def describe_copy_job(_call: Call, asked: OfCopyJob) -> None:
    """Show a copy job."""
    refuse_an_absent_job(asked["CopyJobId"], exists=False)


@operation("DescribeRestoreJob")
def describe_restore_job(_call: Call, asked: OfRestoreJob) -> None:
    """Show a restore job."""
    refuse_an_absent_job(asked["RestoreJobId"], exists=False)
