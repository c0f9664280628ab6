"""Sessions by profile: the one place where boto3 clients are made."""

from typing import TYPE_CHECKING, Final, Protocol

import boto3
from botocore.config import Config

from strongroom.aws.buckets import Buckets, S3Buckets
from strongroom.aws.cloudformation import CloudFormation, Stacks
from strongroom.aws.errors import translated
from strongroom.aws.identity import Callers, Identity, ask
from strongroom.aws.keys import Keys, KmsKeys
from strongroom.aws.roles import IamRoles, Roles
from strongroom.aws.vaults import BackupVaults, Vaults

if TYPE_CHECKING:
    from mypy_boto3_backup.client import BackupClient
    from mypy_boto3_cloudformation.client import CloudFormationClient
    from mypy_boto3_iam.client import IAMClient
    from mypy_boto3_kms.client import KMSClient
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_sts.client import STSClient

CONFIG: Final = Config(
    connect_timeout=5,
    read_timeout=30,
    retries={"mode": "standard", "total_max_attempts": 5},
    user_agent_extra="strongroom",
)
"""Seconds to wait for an answer, and tries with a growing pause between them."""


class Sessions(Callers, Protocol):
    """What stacks ask of AWS before they register anything."""

    def vaults(self, profile: str | None) -> Vaults:
        """Vaults that a profile can see."""
        ...

    def buckets(self, profile: str | None) -> Buckets:
        """Buckets that a profile can see."""
        ...


class Administration(Callers, Protocol):
    """What bootstrap asks of AWS in one account."""

    def stacks(self, profile: str | None) -> Stacks:
        """CloudFormation stacks of a profile's account."""
        ...

    def roles(self, profile: str | None) -> Roles:
        """IAM roles and policies of a profile's account."""
        ...

    def keys(self, profile: str | None) -> Keys:
        """KMS keys of a profile's account."""
        ...

    def buckets(self, profile: str | None) -> Buckets:
        """Buckets that a profile can see."""
        ...


class ProfileSessions:
    """Sessions of the profiles in the AWS config file of whoever runs the program."""

    def __init__(self, region: str) -> None:
        self._region = region

    def identity(self, profile: str | None) -> Identity:
        """See `Callers.identity`."""
        client: STSClient = self._session(profile).client("sts", config=CONFIG)
        return ask(client, profile)

    def vaults(self, profile: str | None) -> Vaults:
        """See `Sessions.vaults`."""
        client: BackupClient = self._session(profile).client("backup", config=CONFIG)
        return BackupVaults(client)

    def buckets(self, profile: str | None) -> Buckets:
        """See `Sessions.buckets`."""
        client: S3Client = self._session(profile).client("s3", config=CONFIG)
        return S3Buckets(client)

    def stacks(self, profile: str | None) -> Stacks:
        """See `Administration.stacks`."""
        client: CloudFormationClient = self._session(profile).client("cloudformation", config=CONFIG)
        return CloudFormation(client)

    def roles(self, profile: str | None) -> Roles:
        """See `Administration.roles`."""
        client: IAMClient = self._session(profile).client("iam", config=CONFIG)
        return IamRoles(client)

    def keys(self, profile: str | None) -> Keys:
        """See `Administration.keys`."""
        client: KMSClient = self._session(profile).client("kms", config=CONFIG)
        return KmsKeys(client)

    def _session(self, profile: str | None) -> boto3.Session:
        with translated(f"opening profile {profile or '(default)'}"):
            return boto3.Session(profile_name=profile, region_name=self._region)
