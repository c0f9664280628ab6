"""Vaults of AWS Backup, as far as this program reads them."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, cast

from strongroom.aws.answers import there, utc
from strongroom.aws.errors import NotThereError, translated
from strongroom.documents.policy import Document

if TYPE_CHECKING:
    from mypy_boto3_backup.client import BackupClient


@dataclass(frozen=True)
class Vault:
    """A vault and its lock."""

    name: str
    locked: bool
    min_days: int | None = None
    """Shortest retention that the lock accepts. Absent: any."""
    max_days: int | None = None
    """Longest retention that the lock accepts. Absent: any."""
    key_arn: str | None = None
    """KMS key that its points lie under. Absent: a key of AWS's own, or not told."""
    created: datetime | None = None
    """Absent: not told."""


class Vaults(Protocol):
    """Reads vaults of one account and region."""

    def vault(self, name: str) -> Vault | None:
        """A vault; None where there is none.

        Raises:
            DeniedError: the caller may not see it. AWS also says so of a vault that does not exist.
        """
        ...

    def policy(self, name: str) -> Document | None:
        """Access policy of a vault; None where it has none."""
        ...


class BackupVaults:
    """Vaults as AWS Backup tells of them."""

    def __init__(self, client: "BackupClient") -> None:
        self._client = client

    def vault(self, name: str) -> Vault | None:
        """See `Vaults.vault`."""
        what = f"reading vault {name}"
        try:
            with translated(what):
                said = self._client.describe_backup_vault(BackupVaultName=name)
        except NotThereError:
            return None
        there(said.get("BackupVaultArn"), "BackupVaultArn", what)
        return Vault(
            name=name,
            locked=said.get("Locked", False),
            min_days=said.get("MinRetentionDays"),
            max_days=said.get("MaxRetentionDays"),
            key_arn=said.get("EncryptionKeyArn"),
            created=utc(said.get("CreationDate")),
        )

    def policy(self, name: str) -> Document | None:
        """See `Vaults.policy`."""
        what = f"reading the access policy of vault {name}"
        try:
            with translated(what):
                said = self._client.get_backup_vault_access_policy(BackupVaultName=name)
        except NotThereError:
            return None
        return cast("Document", json.loads(there(said.get("Policy"), "Policy", what)))
