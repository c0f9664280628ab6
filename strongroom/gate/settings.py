"""Settings whose change weakens a backup although the resource itself stays, by type.

Only what must not become less in one step is here; what a setting has to be at least, the policy pack says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from strongroom.facts import names
from strongroom.gate.guarded import token


class Way(Enum):
    """How a setting gets worse."""

    OFF = "would be switched off"
    ON = "would be switched on"
    LESS = "would become less"
    MORE = "would become more"
    OTHER = "would become something else, or nothing"
    """From the good value, where there is one."""
    ANOTHER = "would become another one"
    """Where having none is the better."""
    CHANGED = "would be changed"
    """In whatever way, from nothing and to nothing too: which way is worse, only people can tell."""
    FEWER = "would lose entries"
    LONGER = "would get more entries"
    UNDENIED = "would lose a statement that denies"


@dataclass(frozen=True)
class Setting:
    """One setting of a type."""

    path: str
    """Keys from the inputs on, with dots. `rules[ruleName]` is a list whose entries belong together by that key, where
    an entry that goes is a loss of its own; `*` is every key."""
    way: Way
    absent: object = None
    """What AWS takes where the program says nothing. Default: nothing is known, so nothing is compared."""
    good: str | None = None
    """With `Way.OTHER`, the value that must not be left. Default: any."""


_BUCKET: Final = (Setting("forceDestroy", Way.ON, absent=False), Setting("objectLockEnabled", Way.OFF, absent=False))
_VERSIONING: Final = (Setting("versioningConfiguration.status", Way.OTHER, good="Enabled"),)
_OBJECT_LOCK: Final = (
    Setting("rule.defaultRetention.mode", Way.OTHER, good="COMPLIANCE"),
    Setting("rule.defaultRetention.days", Way.LESS),
    Setting("rule.defaultRetention.years", Way.LESS),
)
_PUBLIC: Final = tuple(
    Setting(name, Way.OFF, absent=False)
    for name in ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
)
_POLICY: Final = (Setting("policy", Way.UNDENIED),)
_ANY_KEY: Final = (Setting("deletionWindowInDays", Way.LESS, absent=30), *_POLICY)
_OWN_KEY: Final = (
    Setting("isEnabled", Way.OFF, absent=True),
    Setting("enableKeyRotation", Way.OFF, absent=False),
    *_ANY_KEY,
)
_OTHER_KEY: Final = (Setting("enabled", Way.OFF, absent=True), *_ANY_KEY)
_VAULT: Final = (Setting("forceDestroy", Way.ON, absent=False),)
_LOCK: Final = (
    Setting("minRetentionDays", Way.LESS),
    Setting("maxRetentionDays", Way.LESS),
    # Its absence is governance mode, which those with the right can lift; more days are more time to lift a lock.
    Setting("changeableForDays", Way.MORE),
)
_PLAN: Final = (
    Setting("rules[ruleName].targetVaultName", Way.OTHER),
    Setting("rules[ruleName].lifecycle.deleteAfter", Way.LESS),
    Setting("rules[ruleName].copyActions[destinationVaultArn].lifecycle.deleteAfter", Way.LESS),
)
_SELECTION: Final = (
    Setting("resources", Way.FEWER),
    Setting("notResources", Way.LONGER),
    # Conditions must all hold, tags need one that holds.
    Setting("conditions", Way.LONGER),
    Setting("selectionTags", Way.FEWER),
)
_TABLE: Final = (
    Setting("deletionProtectionEnabled", Way.OFF, absent=False),
    Setting("pointInTimeRecovery.enabled", Way.OFF, absent=False),
    Setting("pointInTimeRecovery.recoveryPeriodInDays", Way.LESS, absent=35),
    # Items go by themselves once the time in the attribute is past, and nobody is asked again.
    Setting("ttl.enabled", Way.ON, absent=False),
    Setting("ttl.attributeName", Way.ANOTHER),
    # The plans select by these.
    Setting(f"tags.{names.TAG_DATA_CLASS}", Way.OTHER),
    Setting(f"tags.{names.TAG_ENVIRONMENT}", Way.OTHER),
)
_ALARM: Final = (
    Setting("actionsEnabled", Way.OFF, absent=True),
    Setting("alarmActions", Way.FEWER),
)
# Default of treatMissingData, read 2026-11-23:
# https://boto3.amazonaws.com/v1/documentation/api/1.26.95/reference/services/cloudwatch/alarm/treat_missing_data.html
_METRIC_ALARM: Final = (
    *_ALARM,
    Setting("treatMissingData", Way.CHANGED, absent="missing"),
    Setting("evaluateLowSampleCountPercentiles", Way.CHANGED, absent="evaluate"),
    *(
        Setting(name, Way.CHANGED)
        for name in (
            *("metricName", "namespace", "dimensions", "unit", "metricQueries"),
            *("statistic", "extendedStatistic", "period", "evaluationPeriods", "datapointsToAlarm"),
            *("comparisonOperator", "threshold", "thresholdMetricId"),
        )
    ),
)
_COMPOSITE: Final = (*_ALARM, Setting("alarmRule", Way.CHANGED), Setting("actionsSuppressor", Way.CHANGED))
_EVENTS: Final = (
    Setting("state", Way.OTHER, absent="ENABLED", good="ENABLED"),
    Setting("eventPattern", Way.CHANGED),
    Setting("scheduleExpression", Way.CHANGED),
)
_EXPIRY: Final = (
    Setting("rules[id].expiration.days", Way.LESS),
    Setting("rules[id].noncurrentVersionExpiration.noncurrentDays", Way.LESS),
)
_REPLICATION: Final = (
    Setting("rules[id].status", Way.OTHER, good="Enabled"),
    Setting("rules[id].destination.bucket", Way.OTHER),
    Setting("rules[id].sourceSelectionCriteria.sseKmsEncryptedObjects.status", Way.OTHER, good="Enabled"),
    Setting("rules[id].destination.encryptionConfiguration.replicaKmsKeyId", Way.OTHER),
)

_SETTINGS: Final[Mapping[tuple[str, str], tuple[Setting, ...]]] = {
    ("backup", "GlobalSettings"): (Setting("globalSettings.isCrossAccountBackupEnabled", Way.OFF),),
    ("backup", "LogicallyAirGappedVault"): (
        Setting("minRetentionDays", Way.LESS),
        Setting("maxRetentionDays", Way.LESS),
    ),
    ("backup", "Plan"): _PLAN,
    ("backup", "RegionSettings"): (
        Setting("resourceTypeOptInPreference.*", Way.OFF),
        Setting("resourceTypeManagementPreference.*", Way.OFF),
    ),
    ("backup", "Selection"): _SELECTION,
    ("backup", "Vault"): _VAULT,
    ("backup", "VaultLockConfiguration"): _LOCK,
    ("backup", "VaultNotifications"): (Setting("backupVaultEvents", Way.FEWER),),
    ("backup", "VaultPolicy"): _POLICY,
    ("cloudtrail", "Trail"): (Setting("enableLogging", Way.OFF, absent=True),),
    ("cloudwatch", "CompositeAlarm"): _COMPOSITE,
    ("cloudwatch", "EventRule"): _EVENTS,
    ("cloudwatch", "EventTarget"): (Setting("arn", Way.OTHER),),
    ("cloudwatch", "MetricAlarm"): _METRIC_ALARM,
    ("cognito", "UserPool"): (Setting("deletionProtection", Way.OTHER, good="ACTIVE"),),
    ("dynamodb", "Table"): _TABLE,
    ("dynamodb", "TableReplica"): (
        Setting("deletionProtectionEnabled", Way.OFF, absent=False),
        Setting("pointInTimeRecovery", Way.OFF, absent=False),
    ),
    ("kms", "ExternalKey"): _OTHER_KEY,
    ("kms", "Key"): _OWN_KEY,
    ("kms", "KeyPolicy"): _POLICY,
    ("kms", "ReplicaExternalKey"): _OTHER_KEY,
    ("kms", "ReplicaKey"): _OTHER_KEY,
    ("organizations", "Policy"): (Setting("content", Way.UNDENIED),),
    ("s3", "AccountPublicAccessBlock"): _PUBLIC,
    ("s3", "Bucket"): _BUCKET,
    ("s3", "BucketLifecycleConfiguration"): _EXPIRY,
    ("s3", "BucketLifecycleConfigurationV2"): _EXPIRY,
    ("s3", "BucketObjectLockConfiguration"): _OBJECT_LOCK,
    ("s3", "BucketObjectLockConfigurationV2"): _OBJECT_LOCK,
    ("s3", "BucketObjectv2"): (Setting("forceDestroy", Way.ON, absent=False),),
    ("s3", "BucketPolicy"): _POLICY,
    ("s3", "BucketPublicAccessBlock"): _PUBLIC,
    ("s3", "BucketReplicationConfig"): _REPLICATION,
    ("s3", "BucketV2"): _BUCKET,
    ("s3", "BucketVersioning"): _VERSIONING,
    ("s3", "BucketVersioningV2"): _VERSIONING,
    ("scheduler", "Schedule"): (Setting("state", Way.OTHER, absent="ENABLED", good="ENABLED"),),
    ("secretsmanager", "Secret"): (Setting("recoveryWindowInDays", Way.LESS, absent=30), *_POLICY),
}

SETTINGS: Final[Mapping[str, tuple[Setting, ...]]] = {
    token(module, name): settings for (module, name), settings in _SETTINGS.items()
}
"""By the token of the type."""
