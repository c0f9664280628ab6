"""The types of pulumi-aws that rules look at."""

from enum import StrEnum


class TypeToken(StrEnum):
    """A resource type as Pulumi spells it; a test holds each equal to what the class of pulumi-aws says of itself.

    Written here, because importing the classes for their tokens costs half a second of every preview.
    """

    BACKUP_FRAMEWORK = "aws:backup/framework:Framework"
    BACKUP_GLOBAL_SETTINGS = "aws:backup/globalSettings:GlobalSettings"
    BACKUP_LOGICALLY_AIR_GAPPED_VAULT = "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault"
    BACKUP_PLAN = "aws:backup/plan:Plan"
    BACKUP_REGION_SETTINGS = "aws:backup/regionSettings:RegionSettings"
    BACKUP_REPORT_PLAN = "aws:backup/reportPlan:ReportPlan"
    BACKUP_RESTORE_TESTING_PLAN = "aws:backup/restoreTestingPlan:RestoreTestingPlan"
    BACKUP_RESTORE_TESTING_SELECTION = "aws:backup/restoreTestingSelection:RestoreTestingSelection"
    BACKUP_SELECTION = "aws:backup/selection:Selection"
    BACKUP_VAULT = "aws:backup/vault:Vault"
    BACKUP_VAULT_LOCK_CONFIGURATION = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
    BACKUP_VAULT_NOTIFICATIONS = "aws:backup/vaultNotifications:VaultNotifications"
    BACKUP_VAULT_POLICY = "aws:backup/vaultPolicy:VaultPolicy"
    CLOUDTRAIL_TRAIL = "aws:cloudtrail/trail:Trail"
    CLOUDWATCH_COMPOSITE_ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
    CLOUDWATCH_EVENT_RULE = "aws:cloudwatch/eventRule:EventRule"
    CLOUDWATCH_EVENT_TARGET = "aws:cloudwatch/eventTarget:EventTarget"
    CLOUDWATCH_METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
    DYNAMODB_TABLE = "aws:dynamodb/table:Table"
    DYNAMODB_TABLE_REPLICA = "aws:dynamodb/tableReplica:TableReplica"
    IAM_GROUP_POLICY = "aws:iam/groupPolicy:GroupPolicy"
    IAM_GROUP_POLICY_ATTACHMENT = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment"
    IAM_POLICY = "aws:iam/policy:Policy"
    IAM_POLICY_ATTACHMENT = "aws:iam/policyAttachment:PolicyAttachment"
    IAM_ROLE = "aws:iam/role:Role"
    IAM_ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
    IAM_ROLE_POLICY_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
    IAM_USER_POLICY = "aws:iam/userPolicy:UserPolicy"
    IAM_USER_POLICY_ATTACHMENT = "aws:iam/userPolicyAttachment:UserPolicyAttachment"
    KMS_ALIAS = "aws:kms/alias:Alias"
    KMS_EXTERNAL_KEY = "aws:kms/externalKey:ExternalKey"
    KMS_GRANT = "aws:kms/grant:Grant"
    KMS_KEY = "aws:kms/key:Key"
    KMS_KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy"
    KMS_REPLICA_EXTERNAL_KEY = "aws:kms/replicaExternalKey:ReplicaExternalKey"
    KMS_REPLICA_KEY = "aws:kms/replicaKey:ReplicaKey"
    ORGANIZATIONS_ORGANIZATION = "aws:organizations/organization:Organization"
    PROVIDER = "pulumi:providers:aws"
    S3_BUCKET = "aws:s3/bucket:Bucket"
    S3_BUCKET_LIFECYCLE_CONFIGURATION = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
    S3_BUCKET_NOTIFICATION = "aws:s3/bucketNotification:BucketNotification"
    S3_BUCKET_OBJECTV2 = "aws:s3/bucketObjectv2:BucketObjectv2"
    S3_BUCKET_OBJECT_LOCK_CONFIGURATION = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
    S3_BUCKET_OWNERSHIP_CONTROLS = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"
    S3_BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
    S3_BUCKET_PUBLIC_ACCESS_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
    S3_BUCKET_REPLICATION_CONFIG = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
    S3_BUCKET_SERVER_SIDE_ENCRYPTION_CONFIGURATION = (
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    )
    S3_BUCKET_VERSIONING = "aws:s3/bucketVersioning:BucketVersioning"
    SECRETSMANAGER_SECRET = "aws:secretsmanager/secret:Secret"  # noqa: S105 - a type
    SECRETSMANAGER_SECRET_POLICY = "aws:secretsmanager/secretPolicy:SecretPolicy"  # noqa: S105 - a type
    SECRETSMANAGER_SECRET_VERSION = "aws:secretsmanager/secretVersion:SecretVersion"  # noqa: S105 - a type
    SNS_TOPIC = "aws:sns/topic:Topic"
    SNS_TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy"
    SNS_TOPIC_SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"

    @property
    def class_name(self) -> str:
        """Name of its class in pulumi-aws, such as BucketPolicy."""
        return self.rsplit(":", 1)[-1]
