"""Changes of the real program that weaken a backup: its stack, the edit of the preview, what the gate says first."""

from typing import Final

from tests.strongroom.gate.editing import becoming, drop, optioned, put, unallowed, undenied, updated
from tests.strongroom.gate.previews import UNKNOWN, Edit

REFUSED: Final[dict[str, tuple[str, Edit, str]]] = {
    "a table goes": (
        "prod",
        becoming("delete", "prod-submit-receipts-table", "newState"),
        "would stay in AWS but leave",
    ),
    "a plan goes": ("prod", becoming("delete", "backup-critical-plan", "newState"), "would be deleted; backups and"),
    "a selection goes": (
        "prod",
        becoming("delete", "backup-short-selection", "newState"),
        "would be deleted; what it selects is no longer backed up",
    ),
    "a selection is made anew": (
        "prod",
        becoming("replace", "backup-short-selection"),
        "would be replaced: made anew, and the one that is there deleted; what it selects is no longer",
    ),
    "a vault is made anew": ("backup", becoming("replace", "prod-daily-vault"), "would be replaced: made anew"),
    "a vault is only looked up": ("backup", becoming("read", "prod-daily-vault"), "would stay in AWS but leave"),
    "a lock leaves the state": (
        "backup",
        becoming("discard", "prod-monthly-lock", "newState"),
        "would stay in AWS but leave the stack, so that nobody looks after it any more",
    ),
    "an interrupted replacement ends a key": (
        "prod",
        becoming("delete-replaced", "backup-key", "newState"),
        "would be deleted; what it encrypts can never be read again",
    ),
    "an import takes the place of a bucket": (
        "backup",
        becoming("import-replacement", "prod-archive-bucket"),
        "would be replaced: made anew, and the one that is there deleted; the exports, dumps and manifests",
    ),
    "an alarm goes": (
        "prod",
        becoming("delete", "alarms-missing-backups", "newState"),
        "would be deleted; a backup that fails is told to nobody",
    ),
    "a key is unprotected": ("prod", optioned("backup-key", protect=False), "would lose Pulumi's protection"),
    "a vault is no longer retained": (
        "backup",
        optioned("ci-weekly-vault", retainOnDelete=False),
        "would lose retainOnDelete, which keeps it in AWS when it leaves the program; if it is lost, the backups",
    ),
    "recovery is ignored": (
        "prod",
        optioned("prod-submit-passes-table", ignoreChanges=["pointInTimeRecovery"]),
        "would be weakened: ignoreChanges[pointInTimeRecovery] would no longer follow the program",
    ),
    "recovery is switched off": (
        "prod",
        updated("prod-submit-passes-table", put("pointInTimeRecovery.enabled", value=False)),
        "would be weakened: pointInTimeRecovery.enabled would be switched off",
    ),
    "recovery is left out": (
        "prod",
        updated("prod-submit-passes-table", drop("pointInTimeRecovery")),
        "would be weakened: pointInTimeRecovery.enabled would be switched off",
    ),
    "recovery reaches back a week": (
        "prod",
        updated("prod-submit-receipts-table", put("pointInTimeRecovery.recoveryPeriodInDays", 7)),
        "would be weakened: pointInTimeRecovery.recoveryPeriodInDays would become less",
    ),
    "a table may be deleted": (
        "prod",
        updated("prod-submit-receipts-table", drop("deletionProtectionEnabled")),
        "would be weakened: deletionProtectionEnabled would be switched off",
    ),
    "a table leaves its plan": (
        "prod",
        updated("prod-submit-receipts-table", drop("tags.strongroom:data-class")),
        "would be weakened: tags.strongroom:data-class would become something else, or nothing",
    ),
    "a lifecycle is shortened": (
        "prod",
        updated("backup-critical-plan", put("rules.1.lifecycle.deleteAfter", 89)),
        'would be weakened: rules["weekly"].lifecycle.deleteAfter would become less',
    ),
    "a copy is no longer made": (
        "prod",
        updated("backup-critical-plan", put("rules.0.copyActions", [])),
        'would be weakened: rules["daily"].copyActions["arn:aws:backup:eu-west-2:333333333333:backup-vault:',
    ),
    "a rule of a plan goes": (
        "prod",
        updated("backup-critical-plan", drop("rules.2")),
        'would be weakened: rules["monthly"] would go',
    ),
    "a vault that is no copy's is written to": (
        "prod",
        updated("backup-critical-plan", put("rules.0.targetVaultName", "Default")),
        'would be weakened: rules["daily"].targetVaultName would become something else, or nothing',
    ),
    "what is deleted is no longer kept": (
        "backup",
        updated("prod-archive-versioning", put("versioningConfiguration.status", "Suspended")),
        "would be weakened: versioningConfiguration.status would become something else, or nothing",
    ),
    "objects are locked for a day": (
        "backup",
        updated("prod-archive-lock", put("rule.defaultRetention.days", 1)),
        "would be weakened: rule.defaultRetention.days would become less",
    ),
    "points are locked for a day": (
        "backup",
        updated("prod-daily-lock", put("minRetentionDays", 1)),
        "would be weakened: minRetentionDays would become less",
    ),
    "a bucket may be emptied": (
        "backup",
        updated("prod-archive-bucket", put("forceDestroy", value=True)),
        "would be weakened: forceDestroy would be switched on",
    ),
    "a vault's policy denies nothing": (
        "backup",
        updated("prod-daily-vault-policy", undenied),
        "would be weakened: policy would lose a statement that denies",
    ),
    "a vault's policy is known too late": (
        "backup",
        updated("prod-daily-vault-policy", put("policy", UNKNOWN)),
        "would be weakened: policy would become what is known only during `pulumi up`",
    ),
    "nothing may be copied into a vault": (
        "backup",
        updated("prod-daily-vault-policy", unallowed),
        "would be weakened: policy would no longer allow all that it allows",
    ),
    "backups are taken once a year": (
        "prod",
        updated("backup-critical-plan", put("rules.0.schedule", "cron(0 3 1 1 ? *)")),
        'would be weakened: rules["daily"].schedule would be changed',
    ),
    "the archive deletes what is a day old": (
        "backup",
        updated("prod-archive-lifecycle", put("rules.0.expiration", {"days": 1})),
        "expiration.days would become less",
    ),
    "a key stops turning": (
        "prod",
        updated("backup-key", put("enableKeyRotation", value=False)),
        "would be weakened: enableKeyRotation would be switched off",
    ),
    "a key can be deleted within a week": (
        "prod",
        updated("backup-key", put("deletionWindowInDays", 7)),
        "would be weakened: deletionWindowInDays would become less",
    ),
    "encrypted objects are not copied": (
        "prod",
        updated("prod-exports-replication", drop("rules.0.sourceSelectionCriteria")),
        'rules["archive"].sourceSelectionCriteria.sseKmsEncryptedObjects.status would become something else',
    ),
    "nothing is copied": (
        "prod",
        updated("prod-exports-replication", put("rules.0.status", "Disabled")),
        'would be weakened: rules["archive"].status would become something else, or nothing',
    ),
    "an alarm wakes nobody": (
        "prod",
        updated("alarms-failed-backups", put("alarmActions", [])),
        "would be weakened: alarmActions would lose entries",
    ),
    "an alarm waits for the millionth failure": (
        "prod",
        updated("alarms-failed-backups", put("threshold", 1000000)),
        "would be weakened: threshold would be changed",
    ),
    "an alarm rule hears of another account": (
        "prod",
        updated("alarms-weakened-tables", put("eventPattern", '{"account": ["000000000000"]}')),
        "would be weakened: eventPattern would be changed",
    ),
    "items vanish by a clock": (
        "prod",
        updated("prod-submit-receipts-table", put("ttl", {"enabled": True, "attributeName": "madeAt"})),
        "would be weakened: ttl.enabled would be switched on",
    ),
    "an alarm rule sleeps": (
        "prod",
        updated("alarms-weakened-tables", put("state", "DISABLED")),
        "would be weakened: state would become something else, or nothing",
    ),
    "the archive opens": (
        "backup",
        updated("prod-archive-public-access", put("blockPublicPolicy", value=False)),
        "would be weakened: blockPublicPolicy would be switched off",
    ),
}
