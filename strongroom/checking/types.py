"""The types of everything that a stack asks for; a test holds each list equal to what the stack registers."""

from typing import Final

from strongroom.config.archive import ManagedBy
from strongroom.config.settings import Settings, SourceSettings

_EVERY_STACK: Final = (
    "aws:backup/regionSettings:RegionSettings",
    "aws:backup/vault:Vault",
    "aws:backup/vaultPolicy:VaultPolicy",
    "aws:cloudwatch/eventRule:EventRule",
    "aws:cloudwatch/eventTarget:EventTarget",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:kms/alias:Alias",
    "aws:kms/key:Key",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:sns/topic:Topic",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:sns/topicSubscription:TopicSubscription",
    "pulumi:providers:aws",
    "strongroom:index:BackupAlarms",
    "strongroom:index:ReplicatedExportBucket",
)
_SOURCE: Final = (
    "aws:backup/plan:Plan",
    "aws:backup/selection:Selection",
    "aws:backup/vaultNotifications:VaultNotifications",
    "aws:dynamodb/table:Table",
    "aws:iam/role:Role",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:s3/bucketObjectv2:BucketObjectv2",
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    "strongroom:index:LocalBackup",
    "strongroom:index:ProtectedTable",
)
_CENTRAL: Final = ("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "strongroom:index:CentralVault")
_ARCHIVE: Final = ("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",)


def of(settings: Settings) -> list[str]:
    """Types that the program makes under these settings."""
    if not isinstance(settings, SourceSettings):
        return sorted((*_EVERY_STACK, *_CENTRAL, *_ARCHIVE))
    archive = _ARCHIVE if settings.archive.managed_by is ManagedBy.SOURCE else ()
    return sorted((*_EVERY_STACK, *_SOURCE, *archive))
