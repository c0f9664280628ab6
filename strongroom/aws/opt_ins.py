"""Switches of AWS Backup, of an organization and of an account in a region, without which nothing is copied."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from botocore.exceptions import ClientError

from strongroom.aws.answers import there
from strongroom.aws.errors import code, translated

if TYPE_CHECKING:
    from mypy_boto3_backup.client import BackupClient

ACROSS_ACCOUNTS: Final = "isCrossAccountBackupEnabled"
"""https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_DescribeGlobalSettings.html, read 2026-11-22."""
TYPE: Final = "DynamoDB"
"""AWS Backup's name of the only type of resource that is protected."""


@dataclass(frozen=True)
class OptIn:
    """What AWS Backup does with tables of an account in a region."""

    protects: bool
    """Whether plans back them up at all."""
    manages: bool
    """Whether points are AWS Backup's own, which can be copied; else they are DynamoDB's."""


class OptIns(Protocol):
    """Reads switches of one account and region."""

    def across_accounts(self) -> bool:
        """Whether the organization lets points be copied between its accounts; never so outside of one."""
        ...

    def tables(self) -> OptIn:
        """What is done with tables."""
        ...


class BackupOptIns:
    """Switches as AWS Backup tells of them."""

    def __init__(self, client: "BackupClient") -> None:
        self._client = client

    def across_accounts(self) -> bool:
        """See `OptIns.across_accounts`."""
        what = "reading the organization's settings of AWS Backup"
        with translated(what):
            try:
                said = self._client.describe_global_settings()
            except ClientError as refused:
                # AWS says of an account that is in no organization that the request is invalid.
                if code(refused) == "InvalidRequestException":
                    return False
                raise
        return there(said.get("GlobalSettings"), "GlobalSettings", what).get(ACROSS_ACCOUNTS) == "true"

    def tables(self) -> OptIn:
        """See `OptIns.tables`."""
        what = "reading the region's settings of AWS Backup"
        with translated(what):
            said = self._client.describe_region_settings()
        protected = there(said.get("ResourceTypeOptInPreference"), "ResourceTypeOptInPreference", what)
        managed = there(said.get("ResourceTypeManagementPreference"), "ResourceTypeManagementPreference", what)
        return OptIn(protects=protected.get(TYPE, False), manages=managed.get(TYPE, False))
