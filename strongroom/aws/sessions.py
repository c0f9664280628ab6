"""Doors to AWS by profile, as the command line and the stacks open them."""

from typing import TYPE_CHECKING, Protocol

import boto3

from strongroom.aws.backups import BackupBackups, Backups
from strongroom.aws.buckets import Buckets, S3Buckets
from strongroom.aws.calls import Calls
from strongroom.aws.clients import Clients
from strongroom.aws.cloudformation import CloudFormation, Stacks
from strongroom.aws.copies import BackupCopies, Copies
from strongroom.aws.dynamo_table_states import DynamoTableStates
from strongroom.aws.errors import DeniedError, translated
from strongroom.aws.exports import DynamoExports, Exports
from strongroom.aws.identity import Callers, Identity, ask
from strongroom.aws.item_writer import DynamoItemWriter, ItemWriter
from strongroom.aws.keys import Keys, KmsKeys, RunKeys
from strongroom.aws.landing import BackupLandingVaults, LandingVaults
from strongroom.aws.metrics import CloudWatchMetrics, Metrics
from strongroom.aws.objects import Objects, S3Objects
from strongroom.aws.opt_ins import BackupOptIns, OptIns
from strongroom.aws.organization import AwsOrganizations, Organizations
from strongroom.aws.parameters import Parameters, SsmParameters
from strongroom.aws.points import BackupPoints, Points
from strongroom.aws.quotas import Quotas, ServiceQuotas
from strongroom.aws.restores import BackupRestores, Restores
from strongroom.aws.roles import IamRoles, Roles
from strongroom.aws.table_state import TableStates
from strongroom.aws.tables import DynamoTables, Tables
from strongroom.aws.vaults import BackupVaults, Vaults

if TYPE_CHECKING:
    from mypy_boto3_backup.client import BackupClient
    from mypy_boto3_cloudformation.client import CloudFormationClient
    from mypy_boto3_cloudwatch.client import CloudWatchClient
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_iam.client import IAMClient
    from mypy_boto3_kms.client import KMSClient
    from mypy_boto3_organizations.client import OrganizationsClient
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_service_quotas.client import ServiceQuotasClient
    from mypy_boto3_ssm.client import SSMClient
    from mypy_boto3_sts.client import STSClient


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


def region(profile: str | None) -> str:
    """Region that a profile stands for, in the AWS config file or the environment.

    Args:
        profile: Name of the profile; None is whoever the environment says.

    Raises:
        DeniedError: there is no such profile, or it names no region.
    """
    with translated(f"opening profile {profile or '(default)'}"):
        found = boto3.Session(profile_name=profile).region_name
    if not found:
        raise DeniedError(f"opening profile {profile or '(default)'}: it names no region; give --region")
    return found


class ProfileSessions:
    """Sessions of the profiles in the AWS config file of whoever runs the program.

    A profile's role is taken once, when its first door is opened. Doors may be used by several threads.
    """

    def __init__(self, region: str) -> None:
        self._clients = Clients(region)

    @property
    def calls(self) -> Calls:
        """Requests that all doors have sent."""
        return self._clients.calls

    def identity(self, profile: str | None) -> Identity:
        """See `Callers.identity`."""
        client: STSClient = self._clients.of(profile, "sts")
        return ask(client, profile)

    def vaults(self, profile: str | None) -> Vaults:
        """See `Sessions.vaults`."""
        return BackupVaults(self._backup(profile))

    def points(self, profile: str | None) -> Points:
        """See `groups.Planning.points`."""
        return BackupPoints(self._backup(profile))

    def copies(self, profile: str | None) -> Copies:
        """See `groups.Recovering.copies`."""
        return BackupCopies(self._backup(profile))

    def restores(self, profile: str | None) -> Restores:
        """See `groups.Recovering.restores`."""
        return BackupRestores(self._backup(profile))

    def landing(self, profile: str | None) -> LandingVaults:
        """See `groups.Recovering.landing`."""
        return BackupLandingVaults(self._backup(profile))

    def backups(self, profile: str | None) -> Backups:
        """See `groups.Watching.backups`."""
        return BackupBackups(self._backup(profile))

    def tables(self, profile: str | None) -> Tables:
        """See `groups.Recovering.tables`."""
        return DynamoTables(self._dynamodb(profile))

    def table_states(self, profile: str | None) -> TableStates:
        """See `groups.Planning.table_states`."""
        return DynamoTableStates(self._dynamodb(profile))

    def opt_ins(self, profile: str | None) -> OptIns:
        """What a profile's account has AWS Backup do."""
        return BackupOptIns(self._backup(profile))

    def organizations(self, profile: str | None) -> Organizations:
        """The organization that a profile's account belongs to."""
        client: OrganizationsClient = self._clients.of(profile, "organizations")
        return AwsOrganizations(client)

    def quotas(self, profile: str | None) -> Quotas:
        """See `groups.Planning.quotas`."""
        client: ServiceQuotasClient = self._clients.of(profile, "service-quotas")
        return ServiceQuotas(client)

    def item_writer(self, profile: str | None) -> ItemWriter:
        """Writes items of tables of a profile's account."""
        return DynamoItemWriter(self._dynamodb(profile))

    def parameters(self, profile: str | None) -> Parameters:
        """Parameters of a profile's account."""
        client: SSMClient = self._clients.of(profile, "ssm")
        return SsmParameters(client)

    def exports(self, profile: str | None) -> Exports:
        """See `groups.Watching.exports`."""
        return DynamoExports(self._dynamodb(profile))

    def metrics(self, profile: str | None) -> Metrics:
        """See `groups.Watching.metrics`."""
        client: CloudWatchClient = self._clients.of(profile, "cloudwatch")
        return CloudWatchMetrics(client)

    def buckets(self, profile: str | None) -> Buckets:
        """See `Sessions.buckets`."""
        return S3Buckets(self._s3(profile))

    def objects(self, profile: str | None) -> Objects:
        """See `groups.Planning.objects`."""
        return S3Objects(self._s3(profile))

    def stacks(self, profile: str | None) -> Stacks:
        """See `Administration.stacks`."""
        client: CloudFormationClient = self._clients.of(profile, "cloudformation")
        return CloudFormation(client)

    def roles(self, profile: str | None) -> Roles:
        """See `Administration.roles`."""
        client: IAMClient = self._clients.of(profile, "iam")
        return IamRoles(client)

    def keys(self, profile: str | None) -> RunKeys:
        """See `groups.Recovering.keys`."""
        client: KMSClient = self._clients.of(profile, "kms")
        return KmsKeys(client)

    def _backup(self, profile: str | None) -> "BackupClient":
        return self._clients.of(profile, "backup")

    def _dynamodb(self, profile: str | None) -> "DynamoDBClient":
        return self._clients.of(profile, "dynamodb")

    def _s3(self, profile: str | None) -> "S3Client":
        return self._clients.of(profile, "s3")
