"""Backup jobs, because a job that never made a point leaves no other trace."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from strongroom.aws.answers import pages, there, utc
from strongroom.aws.jobs import Job, state

if TYPE_CHECKING:
    from mypy_boto3_backup.client import BackupClient
    from mypy_boto3_backup.type_defs import BackupJobTypeDef


@dataclass(frozen=True)
class BackupJob(Job):
    """A backup job as it stands."""

    resource_arn: str
    vault: str
    """Name of the vault that its point goes to."""

    @property
    def table(self) -> str:
        """Name of the table that it is of."""
        return self.resource_arn.rsplit("/", 1)[-1]


class Backups(Protocol):
    """Backup jobs of one account and region."""

    def recent(self, since: datetime) -> list[BackupJob]:
        """All backup jobs that were created after an instant, of every state, in no order.

        Args:
            since: Aware; AWS tells of the last 30 days at most.
                https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_ListBackupJobs.html, read 2026-11-22.

        Raises:
            AwsError: a page cannot be read, or comes without its list.
        """
        ...


class BackupBackups:
    """Backup jobs as AWS Backup tells of them."""

    def __init__(self, client: "BackupClient") -> None:
        self._client = client

    def recent(self, since: datetime) -> list[BackupJob]:
        """See `Backups.recent`."""
        what = f"listing backup jobs since {since:%Y-%m-%dT%H:%M:%SZ}"
        found = self._client.get_paginator("list_backup_jobs").paginate(ByCreatedAfter=since)
        return [_job(said, what) for page in pages(found, what, "BackupJobs") for said in page["BackupJobs"]]


def _job(said: "BackupJobTypeDef", what: str) -> BackupJob:
    return BackupJob(
        id=there(said.get("BackupJobId"), "BackupJobId", what),
        state=state(there(said.get("State"), "State", what), what),
        message=said.get("StatusMessage"),
        made=said.get("RecoveryPointArn"),
        created=utc(there(said.get("CreationDate"), "CreationDate", what)),
        ended=utc(said.get("CompletionDate")),
        resource_arn=there(said.get("ResourceArn"), "ResourceArn", what),
        vault=there(said.get("BackupVaultName"), "BackupVaultName", what),
    )
