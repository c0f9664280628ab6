"""Settings of buckets and of what lies in them."""

from typing import Final

from strongroom.gate.setting import FOR_EVER, ByType, Setting, Settings, Way, each, policy

# What a bucket says itself instead of leaving it to a resource of its own; any change of it is one for people.
_INLINE: Final[Settings] = (
    *each(Way.FEWER, "objectLockConfiguration", "serverSideEncryptionConfiguration", "versioning"),
    *each(Way.FEWER, "replicationConfiguration"),
    *each(Way.LONGER, "lifecycleRules"),
)
_INLINE_V2: Final[Settings] = (
    *each(Way.FEWER, "objectLockConfiguration", "serverSideEncryptionConfigurations", "versionings"),
    *each(Way.FEWER, "replicationConfigurations"),
    *each(Way.LONGER, "lifecycleRules"),
)
_BUCKET: Final[Settings] = (
    Setting("forceDestroy", Way.ON, absent=False),
    Setting("objectLockEnabled", Way.OFF, absent=False),
    *policy(),
)
_VERSIONING: Final[Settings] = (
    Setting("versioningConfiguration.status", Way.OTHER, good="Enabled"),
    Setting("versioningConfiguration.mfaDelete", Way.OTHER, good="Enabled"),
)
_OBJECT_LOCK: Final[Settings] = (
    Setting("rule.defaultRetention.mode", Way.OTHER, good="COMPLIANCE"),
    *each(Way.LESS, "rule.defaultRetention.days", "rule.defaultRetention.years"),
)
_PUBLIC: Final[Settings] = tuple(
    Setting(name, Way.OFF, absent=False)
    for name in ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
)
_OBJECT: Final[Settings] = (
    Setting("objectLockMode", Way.OTHER, good="COMPLIANCE"),
    Setting("objectLockRetainUntilDate", Way.OTHER),
    Setting("objectLockLegalHoldStatus", Way.OTHER, good="ON"),
)
_RULE: Final = "rules[+id]"
_EXPIRY: Final[Settings] = (
    Setting(f"{_RULE}.expiration.days", Way.LESS, absent=FOR_EVER),
    Setting(f"{_RULE}.expiration.date", Way.CHANGED),
    Setting(f"{_RULE}.noncurrentVersionExpiration.noncurrentDays", Way.LESS, absent=FOR_EVER),
    Setting(f"{_RULE}.noncurrentVersionExpiration.newerNoncurrentVersions", Way.LESS),
    # What is moved to a colder class may have to be brought back before it can be read.
    *each(Way.LONGER, f"{_RULE}.transitions", f"{_RULE}.noncurrentVersionTransitions"),
    # What a rule takes in, and whether it does at all.
    *each(Way.CHANGED, "rules[id].filter", "rules[id].prefix"),
    Setting("rules[id].status", Way.OTHER, good="Disabled"),
)
_COPIED: Final = "rules[id]"
_DESTINATION: Final = f"{_COPIED}.destination"
_REPLICATION: Final[Settings] = (
    Setting("role", Way.OTHER),
    Setting(f"{_COPIED}.status", Way.OTHER, good="Enabled"),
    *each(Way.CHANGED, f"{_COPIED}.filter", f"{_COPIED}.prefix"),
    Setting(f"{_COPIED}.deleteMarkerReplication.status", Way.OTHER, absent="Disabled", good="Disabled"),
    Setting(f"{_COPIED}.existingObjectReplication.status", Way.OTHER, good="Enabled"),
    Setting(f"{_COPIED}.sourceSelectionCriteria.sseKmsEncryptedObjects.status", Way.OTHER, good="Enabled"),
    *each(Way.OTHER, f"{_DESTINATION}.bucket", f"{_DESTINATION}.account"),
    Setting(f"{_DESTINATION}.accessControlTranslation.owner", Way.OTHER),
    Setting(f"{_DESTINATION}.encryptionConfiguration.replicaKmsKeyId", Way.OTHER),
    Setting(f"{_DESTINATION}.metrics.status", Way.OTHER, good="Enabled"),
    Setting(f"{_DESTINATION}.replicationTime.status", Way.OTHER, good="Enabled"),
    Setting(f"{_DESTINATION}.storageClass", Way.CHANGED),
)
_ENCRYPTION: Final = each(Way.FEWER, "rules")

SETTINGS: Final[ByType] = {
    ("s3", "AccountPublicAccessBlock"): _PUBLIC,
    ("s3", "Bucket"): (*_BUCKET, *_INLINE),
    ("s3", "BucketLifecycleConfiguration"): _EXPIRY,
    ("s3", "BucketLifecycleConfigurationV2"): _EXPIRY,
    ("s3", "BucketMetric"): each(Way.CHANGED, "filter"),
    ("s3", "BucketNotification"): (
        Setting("eventbridge", Way.OFF, absent=False),
        *each(Way.FEWER, "topics", "queues", "lambdaFunctions"),
    ),
    ("s3", "BucketObject"): (Setting("forceDestroy", Way.ON, absent=False), *_OBJECT),
    ("s3", "BucketObjectLockConfiguration"): _OBJECT_LOCK,
    ("s3", "BucketObjectLockConfigurationV2"): _OBJECT_LOCK,
    ("s3", "BucketObjectv2"): (Setting("forceDestroy", Way.ON, absent=False), *_OBJECT),
    ("s3", "BucketOwnershipControls"): (Setting("rule.objectOwnership", Way.OTHER, good="BucketOwnerEnforced"),),
    ("s3", "BucketPolicy"): policy(),
    ("s3", "BucketPublicAccessBlock"): _PUBLIC,
    ("s3", "BucketReplicationConfig"): _REPLICATION,
    ("s3", "BucketServerSideEncryptionConfiguration"): _ENCRYPTION,
    ("s3", "BucketServerSideEncryptionConfigurationV2"): _ENCRYPTION,
    ("s3", "BucketV2"): (*_BUCKET, *_INLINE_V2),
    ("s3", "BucketVersioning"): _VERSIONING,
    ("s3", "BucketVersioningV2"): _VERSIONING,
}
