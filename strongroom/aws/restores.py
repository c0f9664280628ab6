"""Restore jobs: how a recovery point becomes a table again, in the account whose vault holds it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from strongroom.aws.answers import there, utc
from strongroom.aws.errors import translated
from strongroom.aws.jobs import Job, state

if TYPE_CHECKING:
    from mypy_boto3_backup.client import BackupClient

_TYPE: Final = "DynamoDB"


@dataclass(frozen=True)
class Restore:
    """What is restored, and to which table."""

    point_arn: str
    table: str
    """Name of the table that is made; it must not exist."""
    role_arn: str
    """Role that AWS Backup takes."""
    token: str
    """The same token and the same restore is the same job."""
    kms_key_arn: str | None = None
    """Key that encrypts the new table. Absent: a key of AWS's own, said in so many words, because AWS would otherwise
    take the key of the point's table, which may be lost."""


class Restores(Protocol):
    """Restore jobs of one account and region."""

    def start(self, restore: Restore) -> str:
        """Start a restore and return the job's id; with a token that was used before, that job's id.

        Raises:
            NotThereError: there is no such point.
            AwsError: AWS refuses it.
        """
        ...

    def job(self, id_: str) -> Job:
        """How a job stands.

        Raises:
            NotThereError: there is no such job.
            AwsError: it cannot be read, or AWS tells of an unknown state.
        """
        ...


class BackupRestores:
    """Restore jobs of AWS Backup."""

    def __init__(self, client: "BackupClient") -> None:
        self._client = client

    def start(self, restore: Restore) -> str:
        """See `Restores.start`."""
        what = f"starting the restore of {restore.point_arn} to table {restore.table}"
        with translated(what):
            answer = self._client.start_restore_job(
                RecoveryPointArn=restore.point_arn,
                Metadata=_metadata(restore),
                IamRoleArn=restore.role_arn,
                IdempotencyToken=restore.token,
                ResourceType=_TYPE,
            )
        return there(answer.get("RestoreJobId"), "RestoreJobId", what)

    def job(self, id_: str) -> Job:
        """See `Restores.job`."""
        what = f"reading restore job {id_}"
        with translated(what):
            said = self._client.describe_restore_job(RestoreJobId=id_)
        return Job(
            id=id_,
            state=state(there(said.get("Status"), "Status", what), what),
            message=said.get("StatusMessage"),
            made=said.get("CreatedResourceArn"),
            created=utc(there(said.get("CreationDate"), "CreationDate", what)),
            ended=utc(said.get("CompletionDate")),
        )


def _metadata(restore: Restore) -> dict[str, str]:
    """What a restore of DynamoDB takes.

    https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html, read 2026-11-22.
    """
    told = {"targetTableName": restore.table, "encryptionType": "Default"}
    if restore.kms_key_arn is not None:
        told |= {"encryptionType": "KMS", "kmsMasterKeyArn": restore.kms_key_arn}
    return told
