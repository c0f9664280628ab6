"""Settings of AWS Backup and of the tables that it backs up."""

from typing import Final

from strongroom.facts import names
from strongroom.gate.setting import FOR_EVER, ByType, Setting, Settings, Way, each, policy

_LIFECYCLE: Final = ("deleteAfter", "coldStorageAfter")
_RULE: Final = "rules[ruleName]"
_PLAN: Final[Settings] = (
    Setting(f"{_RULE}.targetVaultName", Way.OTHER),
    Setting(f"{_RULE}.targetLogicallyAirGappedBackupVaultArn", Way.OTHER),
    # Rarer, later or never: a cron expression does not say by itself which.
    Setting(f"{_RULE}.schedule", Way.CHANGED),
    Setting(f"{_RULE}.scheduleExpressionTimezone", Way.CHANGED, absent="Etc/UTC"),
    # A job that has not begun, or not ended, by then is given up.
    *each(Way.LESS, f"{_RULE}.startWindow", f"{_RULE}.completionWindow"),
    Setting(f"{_RULE}.enableContinuousBackup", Way.OFF, absent=False),
    *(Setting(f"{_RULE}.lifecycle.{name}", Way.LESS, absent=FOR_EVER) for name in _LIFECYCLE),
    *(
        Setting(f"{_RULE}.copyActions[destinationVaultArn].lifecycle.{name}", Way.LESS, absent=FOR_EVER)
        for name in _LIFECYCLE
    ),
)
_SELECTION: Final[Settings] = (
    Setting("iamRoleArn", Way.OTHER),
    Setting("resources", Way.FEWER),
    Setting("notResources", Way.LONGER),
    # Conditions must all hold, tags need one that holds.
    Setting("conditions", Way.LONGER),
    Setting("selectionTags", Way.FEWER),
)
_LOCK: Final[Settings] = (
    *each(Way.LESS, "minRetentionDays", "maxRetentionDays"),
    # Its absence is governance mode, which those with the right can lift; more days are more time to lift a lock.
    Setting("changeableForDays", Way.MORE),
)
_RESTORE_TESTING_PLAN: Final[Settings] = (
    *each(Way.CHANGED, "scheduleExpression", "scheduleExpressionTimezone"),
    *each(Way.CHANGED, "recoveryPointSelection.algorithm", "recoveryPointSelection.selectionWindowDays"),
    *each(Way.FEWER, "recoveryPointSelection.includeVaults", "recoveryPointSelection.recoveryPointTypes"),
    Setting("recoveryPointSelection.excludeVaults", Way.LONGER),
)
_RESTORE_TESTING_SELECTION: Final[Settings] = (
    Setting("iamRoleArn", Way.OTHER),
    Setting("protectedResourceArns", Way.FEWER),
    *each(Way.CHANGED, "protectedResourceConditions", "restoreMetadataOverrides"),
)
_REPLICA: Final = "replicas[regionName]"
_TABLE: Final[Settings] = (
    Setting("deletionProtectionEnabled", Way.OFF, absent=False),
    Setting("pointInTimeRecovery.enabled", Way.OFF, absent=False),
    Setting("pointInTimeRecovery.recoveryPeriodInDays", Way.LESS, absent=35),
    # Items go by themselves once the time in the attribute is past, and nobody is asked again.
    Setting("ttl.enabled", Way.ON, absent=False),
    Setting("ttl.attributeName", Way.ANOTHER),
    # Whoever holds the key decides who reads the items.
    Setting("serverSideEncryption.kmsKeyArn", Way.CHANGED),
    Setting(f"{_REPLICA}.deletionProtectionEnabled", Way.OFF, absent=False),
    Setting(f"{_REPLICA}.pointInTimeRecovery", Way.OFF, absent=False),
    # The plans select by these.
    *each(Way.OTHER, f"tags.{names.TAG_DATA_CLASS}", f"tags.{names.TAG_ENVIRONMENT}"),
)

SETTINGS: Final[ByType] = {
    ("backup", "Framework"): each(Way.FEWER, "controls"),
    ("backup", "GlobalSettings"): each(Way.OFF, "globalSettings.*"),
    ("backup", "LogicallyAirGappedVault"): each(Way.LESS, "minRetentionDays", "maxRetentionDays"),
    ("backup", "Plan"): _PLAN,
    ("backup", "RegionSettings"): each(Way.OFF, "resourceTypeOptInPreference.*", "resourceTypeManagementPreference.*"),
    ("backup", "ReportPlan"): each(Way.CHANGED, "reportDeliveryChannel", "reportSetting"),
    ("backup", "RestoreTestingPlan"): _RESTORE_TESTING_PLAN,
    ("backup", "RestoreTestingSelection"): _RESTORE_TESTING_SELECTION,
    ("backup", "Selection"): _SELECTION,
    ("backup", "Vault"): (Setting("forceDestroy", Way.ON, absent=False),),
    ("backup", "VaultLockConfiguration"): _LOCK,
    ("backup", "VaultNotifications"): (Setting("backupVaultEvents", Way.FEWER), Setting("snsTopicArn", Way.OTHER)),
    ("backup", "VaultPolicy"): policy(),
    ("dynamodb", "ResourcePolicy"): each(Way.UNDENIED, "policy"),
    ("dynamodb", "Table"): _TABLE,
    ("dynamodb", "TableReplica"): (
        Setting("deletionProtectionEnabled", Way.OFF, absent=False),
        Setting("pointInTimeRecovery", Way.OFF, absent=False),
    ),
}
