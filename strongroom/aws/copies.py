"""Copy jobs: how a recovery point reaches another account's vault; they run in the account that holds the point."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from strongroom.aws.answers import there, utc
from strongroom.aws.errors import translated
from strongroom.aws.jobs import Job, state

if TYPE_CHECKING:
    from mypy_boto3_backup.client import BackupClient
    from mypy_boto3_backup.type_defs import StartCopyJobInputTypeDef


@dataclass(frozen=True)
class Copy:
    """What is copied, and where to."""

    point_arn: str
    from_vault: str
    """Name of the vault that the point lies in."""
    to_vault_arn: str
    role_arn: str
    """Role that AWS Backup takes, in the account that holds the point."""
    token: str
    """The same token and the same copy is the same job."""
    days: int | None = None
    """Days that the copy is kept, counted from when the point was taken. Absent: as the point itself."""


class Copies(Protocol):
    """Copy jobs of one account and region."""

    def start(self, copy: Copy) -> str:
        """Start a copy and return the job's id; with a token that was used before, that job's id.

        Raises:
            NotThereError: there is no such point or vault.
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


class BackupCopies:
    """Copy jobs of AWS Backup."""

    def __init__(self, client: "BackupClient") -> None:
        self._client = client

    def start(self, copy: Copy) -> str:
        """See `Copies.start`."""
        what = f"starting the copy of {copy.point_arn} to {copy.to_vault_arn}"
        asked: StartCopyJobInputTypeDef = {
            "RecoveryPointArn": copy.point_arn,
            "SourceBackupVaultName": copy.from_vault,
            "DestinationBackupVaultArn": copy.to_vault_arn,
            "IamRoleArn": copy.role_arn,
            "IdempotencyToken": copy.token,
        }
        if copy.days is not None:
            asked["Lifecycle"] = {"DeleteAfterDays": copy.days}
        with translated(what):
            return there(self._client.start_copy_job(**asked).get("CopyJobId"), "CopyJobId", what)

    def job(self, id_: str) -> Job:
        """See `Copies.job`."""
        what = f"reading copy job {id_}"
        with translated(what):
            said = there(self._client.describe_copy_job(CopyJobId=id_).get("CopyJob"), "CopyJob", what)
        return Job(
            id=id_,
            state=state(there(said.get("State"), "State", what), what),
            message=said.get("StatusMessage"),
            made=said.get("DestinationRecoveryPointArn"),
            created=utc(there(said.get("CreationDate"), "CreationDate", what)),
            ended=utc(said.get("CompletionDate")),
        )
