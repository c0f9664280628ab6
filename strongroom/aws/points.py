"""Recovery points of vaults: what there is to bring back."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from strongroom.aws.answers import pages, there, utc
from strongroom.aws.errors import NotThereError, translated

if TYPE_CHECKING:
    from mypy_boto3_backup.client import BackupClient
    from mypy_boto3_backup.type_defs import DescribeRecoveryPointOutputTypeDef, RecoveryPointByBackupVaultTypeDef

_WHOLE: Final = frozenset({"COMPLETED", "AVAILABLE"})


@dataclass(frozen=True)
class Point:
    """A recovery point."""

    arn: str
    vault: str
    """Name of the vault that it lies in."""
    resource_arn: str
    """What it was taken of; a copy tells of the same resource."""
    status: str
    """AWS's word: COMPLETED or AVAILABLE can be used; PARTIAL, DELETING, EXPIRED, STOPPED and CREATING cannot."""
    created: datetime
    """When it was taken; a copy keeps the time of what it was copied from."""
    deleted_at: datetime | None = None
    """When it is due to be deleted. Absent: never."""
    storage_class: str | None = None
    """WARM, COLD or DELETED. Absent: not told; listings never tell."""
    size_bytes: int | None = None
    key_arn: str | None = None
    """KMS key that it lies under. Absent: not told."""
    days: int | None = None
    """Days that it is kept. Absent: for ever."""
    cold_at: datetime | None = None
    """When it moves, or has moved, to cold storage, from where no copy is possible. Absent: never.

    https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html, read 2026-11-22.
    """

    @property
    def table(self) -> str:
        """Name of the table that it was taken of."""
        return self.resource_arn.rsplit("/", 1)[-1]

    @property
    def whole(self) -> bool:
        """Whether it holds all that it should, as far as AWS tells."""
        return self.status in _WHOLE


class Points(Protocol):
    """Recovery points of one account and region."""

    def in_vault(self, vault: str) -> list[Point]:
        """All points of a vault, of every status, in no order.

        Raises:
            NotThereError: there is no such vault; it is not an empty one. AWS may say DeniedError of it, too.
            AwsError: a page cannot be read, or comes without its list.
        """
        ...

    def point(self, vault: str, arn: str) -> Point | None:
        """A point with its storage class; None where there is none."""
        ...

    def delete(self, vault: str, arn: str) -> None:
        """Ask for a point's deletion; one that is gone already is no fault.

        AWS answers well to a caller who may not delete, too: look with `point` whether it is gone.
        https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_DeleteRecoveryPoint.html, read 2026-11-22.
        """
        ...


class BackupPoints:
    """Points as AWS Backup tells of them."""

    def __init__(self, client: "BackupClient") -> None:
        self._client = client

    def in_vault(self, vault: str) -> list[Point]:
        """See `Points.in_vault`."""
        what = f"listing the recovery points of vault {vault}"
        found = self._client.get_paginator("list_recovery_points_by_backup_vault").paginate(BackupVaultName=vault)
        return [
            _point(said, vault, what, None)
            for page in pages(found, what, "RecoveryPoints")
            for said in page["RecoveryPoints"]
        ]

    def point(self, vault: str, arn: str) -> Point | None:
        """See `Points.point`."""
        what = f"reading recovery point {arn} of vault {vault}"
        try:
            with translated(what):
                said = self._client.describe_recovery_point(BackupVaultName=vault, RecoveryPointArn=arn)
        except NotThereError:
            return None
        return _point(said, vault, what, said.get("StorageClass"))

    def delete(self, vault: str, arn: str) -> None:
        """See `Points.delete`."""
        try:
            with translated(f"deleting recovery point {arn} of vault {vault}"):
                self._client.delete_recovery_point(BackupVaultName=vault, RecoveryPointArn=arn)
        except NotThereError:
            return


def _point(
    said: "RecoveryPointByBackupVaultTypeDef | DescribeRecoveryPointOutputTypeDef",
    vault: str,
    what: str,
    storage_class: str | None,
) -> Point:
    ends = said.get("CalculatedLifecycle", {})
    return Point(
        arn=there(said.get("RecoveryPointArn"), "RecoveryPointArn", what),
        vault=vault,
        resource_arn=there(said.get("ResourceArn"), "ResourceArn", what),
        status=there(said.get("Status"), "Status", what),
        created=utc(there(said.get("CreationDate"), "CreationDate", what)),
        deleted_at=utc(ends.get("DeleteAt")),
        storage_class=storage_class,
        size_bytes=said.get("BackupSizeInBytes"),
        key_arn=said.get("EncryptionKeyArn"),
        days=said.get("Lifecycle", {}).get("DeleteAfterDays"),
        cold_at=utc(ends.get("MoveToColdStorageAt")),
    )
