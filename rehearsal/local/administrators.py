"""The administrators of the local accounts: they seed, and do what goes on behind Pulumi's back, and nothing else."""

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

import boto3
from botocore.config import Config

from rehearsal.local.control import Administrator

if TYPE_CHECKING:
    from mypy_boto3_backup import BackupClient
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sts import STSClient

ROLE: Final = "OrganizationAccountAccessRole"
"""https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html, read 2026-11-22."""
SESSION: Final = "rehearsal"
_CALL_SECONDS: Final = 30


@dataclass
class Administrators:
    """Sessions of one administrator an account, opened by the management account's user."""

    endpoint: str
    key: Administrator
    region: str
    management: str
    """Id of the management account."""
    _sessions: dict[str, boto3.Session] = field(default_factory=dict[str, boto3.Session])
    _opening: threading.Lock = field(default_factory=threading.Lock)

    def iam(self, account: str) -> "IAMClient":
        """IAM of an account."""
        return cast("IAMClient", self._client("iam", account))

    def cloudformation(self, account: str) -> "CloudFormationClient":
        """CloudFormation of an account."""
        return cast("CloudFormationClient", self._client("cloudformation", account))

    def cloudwatch(self, account: str) -> "CloudWatchClient":
        """CloudWatch of an account."""
        return cast("CloudWatchClient", self._client("cloudwatch", account))

    def backup(self, account: str) -> "BackupClient":
        """AWS Backup of an account."""
        return cast("BackupClient", self._client("backup", account))

    def dynamodb(self, account: str) -> "DynamoDBClient":
        """DynamoDB of an account."""
        return cast("DynamoDBClient", self._client("dynamodb", account))

    def kms(self, account: str) -> "KMSClient":
        """KMS of an account."""
        return cast("KMSClient", self._client("kms", account))

    def s3(self, account: str) -> "S3Client":
        """S3 of an account."""
        return cast("S3Client", self._client("s3", account))

    def session(self, account: str) -> boto3.Session:
        """Return the session of an account's administrator; the management account's is the user's own."""
        with self._opening:
            if account not in self._sessions:
                self._sessions[account] = self._user() if account == self.management else self._assumed(account)
            return self._sessions[account]

    def _client(self, service: str, account: str) -> object:
        # boto3 makes clients by name, typed as their common base; the functions above say which one a name gives.
        # An empty mapping, not None: botocore then asks the environment for no proxy.
        config = Config(proxies={}, read_timeout=_CALL_SECONDS, retries={"total_max_attempts": 2})
        # A session is not safe for threads while it makes a client.
        session = self.session(account)
        with self._opening:
            return session.client(service, endpoint_url=self.endpoint, config=config)

    def _user(self) -> boto3.Session:
        return boto3.Session(self.key.access_key_id, self.key.secret_access_key, region_name=self.region)

    def _assumed(self, account: str) -> boto3.Session:
        config = Config(proxies={}, read_timeout=_CALL_SECONDS)
        sts = cast("STSClient", self._user().client("sts", endpoint_url=self.endpoint, config=config))
        given = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/{ROLE}", RoleSessionName=SESSION)["Credentials"]
        return boto3.Session(
            given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"], region_name=self.region
        )
