"""Every type of pulumi-aws whose loss weakens a backup, and what is lost with it."""

from collections.abc import Mapping
from typing import Final

_POINTS: Final = "the backups in it go with it, or its deletion breaks off half way"
_WHO_BACKS_UP: Final = "whoever takes the backups, copies them or restores them may lose the right to"
_WHO_HEARS: Final = "a backup that fails is told to nobody"
_OBJECTS: Final = "the exports, dumps and manifests in it go with it, or its deletion breaks off half way"
_VERSIONS: Final = "objects can be overwritten and deleted for good"
_READABLE: Final = "what it encrypts can never be read again"
_SEEN: Final = "nobody is told any more when a backup does not meet what was promised"
_EXPIRY: Final = "objects stay for ever, or the rules that come next delete them too early"
_OPEN: Final = "objects can be laid open to the world"
_REACHABLE: Final = "who may reach the backups is no longer said"

_LOSSES: Final[Mapping[str, Mapping[str, str]]] = {
    "backup": {
        "Framework": _SEEN,
        "GlobalSettings": "copies to another account end",
        "LogicallyAirGappedVault": _POINTS,
        "Plan": "backups and their copies are no longer taken",
        "RegionSettings": "AWS Backup passes resource types over in silence",
        "ReportPlan": _SEEN,
        "RestoreTestingPlan": "backups are no longer tried out, so that bad ones are found in the disaster",
        "RestoreTestingSelection": "these backups are no longer tried out, so that bad ones are found in the disaster",
        "Selection": "what it selects is no longer backed up",
        "Vault": _POINTS,
        "VaultLockConfiguration": "backups can be deleted before their time",
        "VaultNotifications": _WHO_HEARS,
        "VaultPolicy": "who may delete backups or copy them in and out is no longer limited",
    },
    "cloudtrail": {
        "EventDataStore": "who touched the backups can no longer be told",
        "Trail": "who touched the backups can no longer be told",
    },
    "cloudwatch": {
        "CompositeAlarm": _WHO_HEARS,
        "EventBus": _WHO_HEARS,
        "EventBusPolicy": _WHO_HEARS,
        "EventRule": _WHO_HEARS,
        "EventTarget": _WHO_HEARS,
        "MetricAlarm": _WHO_HEARS,
    },
    "cognito": {"UserPool": "its users and their sign-ins go with it"},
    "dynamodb": {
        "GlobalTable": "its items and their point-in-time recovery go with it",
        "ResourcePolicy": _REACHABLE,
        "Table": "its items and their point-in-time recovery go with it",
        "TableReplica": "a second copy of the items goes with it",
    },
    "iam": {
        "OpenIdConnectProvider": "pipelines can no longer sign in, those that restore among them",
        "Policy": _WHO_BACKS_UP,
        "PolicyAttachment": _WHO_BACKS_UP,
        "Role": _WHO_BACKS_UP,
        "RolePoliciesExclusive": _WHO_BACKS_UP,
        "RolePolicy": _WHO_BACKS_UP,
        "RolePolicyAttachment": _WHO_BACKS_UP,
        "RolePolicyAttachmentsExclusive": _WHO_BACKS_UP,
        "ServiceLinkedRole": _WHO_BACKS_UP,
    },
    "kms": {
        "Alias": "whoever names the key by it can neither write nor read backups",
        "CustomKeyStore": _READABLE,
        "ExternalKey": _READABLE,
        "Grant": _WHO_BACKS_UP,
        "Key": _READABLE,
        "KeyPolicy": "who may use the key or delete it is no longer limited",
        "ReplicaExternalKey": _READABLE,
        "ReplicaKey": _READABLE,
    },
    "organizations": {
        "Account": "it leaves the organization, or is closed with the backups in it",
        "DelegatedAdministrator": "the backup account can no longer look after the backups of the others",
        "Organization": "services and policies of the organization no longer reach the accounts",
        "OrganizationalUnit": "accounts leave the unit whose policies protect their backups",
        "Policy": "accounts may again do what harms their backups",
        "PolicyAttachment": "accounts may again do what harms their backups",
        "ResourcePolicy": "the backup account can no longer look after the backups of the others",
    },
    "ram": {
        "PrincipalAssociation": "another account can no longer reach the vault to restore from it",
        "ResourceAssociation": "another account can no longer reach the vault to restore from it",
        "ResourceShare": "another account can no longer reach the vault to restore from it",
    },
    "s3": {
        "AccountPublicAccessBlock": _OPEN,
        "Bucket": _OBJECTS,
        "BucketLifecycleConfiguration": _EXPIRY,
        "BucketLifecycleConfigurationV2": _EXPIRY,
        "BucketMetric": _WHO_HEARS,
        "BucketNotification": _WHO_HEARS,
        "BucketObject": "what it says is not there when a recovery needs it",
        "BucketObjectLockConfiguration": "objects can be deleted before their time",
        "BucketObjectLockConfigurationV2": "objects can be deleted before their time",
        "BucketObjectv2": "what it says, such as the settings manifest, is not there when a recovery needs it",
        "BucketOwnershipControls": "the archive may hold objects that their writers own",
        "BucketPolicy": _REACHABLE,
        "BucketPublicAccessBlock": _OPEN,
        "BucketReplicationConfig": "objects are no longer copied to the archive",
        "BucketServerSideEncryptionConfiguration": "objects are no longer encrypted with the key that was chosen",
        "BucketServerSideEncryptionConfigurationV2": "objects are no longer encrypted with the key that was chosen",
        "BucketV2": _OBJECTS,
        "BucketVersioning": _VERSIONS,
        "BucketVersioningV2": _VERSIONS,
    },
    "scheduler": {
        "Schedule": "what it starts, such as exports, is no longer started",
        "ScheduleGroup": "what its schedules start, such as exports, is no longer started",
    },
    "secretsmanager": {
        "Secret": "its value goes with it, and its name is taken until its recovery window ends",
        "SecretPolicy": "who may read or delete the secret is no longer limited",
        "SecretVersion": "its value goes with it",
    },
    "sns": {
        "Topic": _WHO_HEARS,
        "TopicPolicy": _WHO_HEARS,
        "TopicSubscription": _WHO_HEARS,
    },
}


def token(module: str, name: str) -> str:
    """Pulumi's token of a type of pulumi-aws, such as aws:backup/vault:Vault."""
    return f"aws:{module}/{name[0].lower()}{name[1:]}:{name}"


LOSS: Final[Mapping[str, str]] = {
    token(module, name): loss for module, types in _LOSSES.items() for name, loss in types.items()
}
"""What is lost with a resource, by the token of its type; other types are not guarded."""

HARM: Final[Mapping[str, tuple[str, str]]] = {
    # https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAlarmMuteRule.html, read 2026-11-23.
    token("cloudwatch", "AlarmMuteRule"): ("muteTargets", "alarms would change their state and tell nobody"),
}
"""What weakens by being there: the setting by which it does, and what it does, by the token of its type."""
