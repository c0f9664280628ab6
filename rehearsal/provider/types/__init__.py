"""The types that the stand-in knows, each in a module of its own."""

from collections.abc import Mapping
from importlib import import_module
from typing import Final

from rehearsal.provider.schema import ResourceType

MODULES: Final = {
    "aws:backup/globalSettings:GlobalSettings": "backup_global_settings",
    "aws:backup/plan:Plan": "backup_plan",
    "aws:backup/regionSettings:RegionSettings": "backup_region_settings",
    "aws:backup/selection:Selection": "backup_selection",
    "aws:backup/vault:Vault": "backup_vault",
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": "backup_vault_lock_configuration",
    "aws:backup/vaultNotifications:VaultNotifications": "backup_vault_notifications",
    "aws:backup/vaultPolicy:VaultPolicy": "backup_vault_policy",
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": "cloudwatch_composite_alarm",
    "aws:cloudwatch/eventRule:EventRule": "cloudwatch_event_rule",
    "aws:cloudwatch/eventTarget:EventTarget": "cloudwatch_event_target",
    "aws:cloudwatch/metricAlarm:MetricAlarm": "cloudwatch_metric_alarm",
    "aws:dynamodb/table:Table": "dynamodb_table",
    "aws:iam/policy:Policy": "iam_policy",
    "aws:iam/role:Role": "iam_role",
    "aws:iam/rolePolicy:RolePolicy": "iam_role_policy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "iam_role_policy_attachment",
    "aws:kms/alias:Alias": "kms_alias",
    "aws:kms/key:Key": "kms_key",
    "aws:organizations/policy:Policy": "organizations_policy",
    "aws:organizations/policyAttachment:PolicyAttachment": "organizations_policy_attachment",
    "aws:s3/bucket:Bucket": "s3_bucket",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "s3_bucket_lifecycle_configuration",
    "aws:s3/bucketMetric:BucketMetric": "s3_bucket_metric",
    "aws:s3/bucketNotification:BucketNotification": "s3_bucket_notification",
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": "s3_bucket_object_lock_configuration",
    "aws:s3/bucketObjectv2:BucketObjectv2": "s3_bucket_objectv2",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "s3_bucket_ownership_controls",
    "aws:s3/bucketPolicy:BucketPolicy": "s3_bucket_policy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "s3_bucket_public_access_block",
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": "s3_bucket_replication_config",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (
        "s3_bucket_server_side_encryption_configuration"
    ),
    "aws:s3/bucketVersioning:BucketVersioning": "s3_bucket_versioning",
    "aws:sns/topic:Topic": "sns_topic",
    "aws:sns/topicPolicy:TopicPolicy": "sns_topic_policy",
    "aws:sns/topicSubscription:TopicSubscription": "sns_topic_subscription",
}
"""Module of each token; a module is loaded when its type is first met, and holds it as `TYPE`."""


def find(token: str) -> ResourceType | None:
    """The type of `token`, or None when the stand-in does not know it."""
    module = MODULES.get(token)
    return import_module(f"rehearsal.provider.types.{module}").TYPE if module else None


def every() -> Mapping[str, ResourceType]:
    """All types by token; loads every module."""
    return {token: import_module(f"rehearsal.provider.types.{module}").TYPE for token, module in MODULES.items()}
