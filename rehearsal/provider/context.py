"""What an operation of a type may use: clients, where it stands, and time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, overload

from rehearsal.provider.waiting import Pace

if TYPE_CHECKING:
    from mypy_boto3_backup import BackupClient
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_organizations import OrganizationsClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sts import STSClient


class Clients(Protocol):
    """Hands out one client for each service and region."""

    @overload
    def client(self, service: Literal["backup"], region: str) -> "BackupClient": ...
    @overload
    def client(self, service: Literal["cloudwatch"], region: str) -> "CloudWatchClient": ...
    @overload
    def client(self, service: Literal["dynamodb"], region: str) -> "DynamoDBClient": ...
    @overload
    def client(self, service: Literal["events"], region: str) -> "EventBridgeClient": ...
    @overload
    def client(self, service: Literal["iam"], region: str) -> "IAMClient": ...
    @overload
    def client(self, service: Literal["kms"], region: str) -> "KMSClient": ...
    @overload
    def client(self, service: Literal["organizations"], region: str) -> "OrganizationsClient": ...
    @overload
    def client(self, service: Literal["s3"], region: str) -> "S3Client": ...
    @overload
    def client(self, service: Literal["sns"], region: str) -> "SNSClient": ...
    @overload
    def client(self, service: Literal["sts"], region: str) -> "STSClient": ...


@dataclass(frozen=True, kw_only=True)
class Context:
    """Where and as whom one operation runs."""

    clients: Clients
    region: str
    """The resource's region; for types without one the provider's."""
    account: str
    """Twelve digits."""
    pace: Pace
    """Clock, sleep and the scale of waits; use through `waiting.py`."""
