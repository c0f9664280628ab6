"""Patterns of the events that somebody has to see.

Backup and copy jobs say how they stand in `state`, restore jobs in `status`.
https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html, read 2026-11-22.
"""

from typing import Final, TypedDict

FIELDS: Final = {
    "Backup Job State Change": ("state", ("ABORTED", "EXPIRED", "FAILED", "PARTIAL")),
    "Copy Job State Change": ("state", ("FAILED", "PARTIAL")),
    "Restore Job State Change": ("status", ("ABORTED", "FAILED")),
}
"""For each kind of job, the field that says how it ended and the ends that are no success."""

_GUARDS: Final = (
    "DeleteBackupPlan",
    "DeleteBackupSelection",
    "DeleteBackupVault",
    "DeleteBackupVaultAccessPolicy",
    "DeleteBackupVaultLockConfiguration",
    "DeleteBackupVaultNotifications",
    "DeleteRecoveryPoint",
    "PutBackupVaultAccessPolicy",
    "PutBackupVaultLockConfiguration",
    "StopBackupJob",
    "UpdateGlobalSettings",
    "UpdateRecoveryPointLifecycle",
    "UpdateRegionSettings",
)
_KEYS: Final = ("DisableKey", "DisableKeyRotation", "PutKeyPolicy", "ScheduleKeyDeletion")
_STORES: Final = (
    "DeleteBucketPolicy",
    "DeleteBucketReplication",
    "PutBucketObjectLockConfiguration",
    "PutBucketPolicy",
    "PutBucketReplication",
    "PutBucketVersioning",
)
_TABLES: Final = ("DeleteTable", "UpdateContinuousBackups")
_CALLS: Final = {
    "aws.backup": ("backup.amazonaws.com", _GUARDS),
    "aws.dynamodb": ("dynamodb.amazonaws.com", _TABLES),
    "aws.kms": ("kms.amazonaws.com", _KEYS),
    "aws.s3": ("s3.amazonaws.com", _STORES),
}

Pattern = TypedDict(
    "Pattern", {"source": list[str], "detail-type": list[str], "detail": dict[str, list[str]]}, total=False
)


def unsuccessful(kind: str) -> Pattern:
    """Pattern of jobs that ended otherwise than well.

    Args:
        kind: A key of `FIELDS`.
    """
    field, ends = FIELDS[kind]
    return {"source": ["aws.backup"], "detail-type": [kind], "detail": {field: list(ends)}}


def vault_changed() -> Pattern:
    """Pattern of a vault that was changed or deleted, its lock included."""
    return {
        "source": ["aws.backup"],
        "detail-type": ["Backup Vault State Change"],
        "detail": {"state": ["DELETED", "MODIFIED"]},
    }


def plan_changed() -> Pattern:
    """Pattern of a backup plan that was changed or deleted."""
    return {
        "source": ["aws.backup"],
        "detail-type": ["Backup Plan State Change"],
        "detail": {"state": ["DELETED", "MODIFIED"]},
    }


def region_settings_changed() -> Pattern:
    """Pattern of changed opt-ins of a Region."""
    return {"source": ["aws.backup"], "detail-type": ["Region Setting State Change"]}


def guards_called(source: str) -> Pattern:
    """Pattern of calls that weaken a guard, as CloudTrail records them.

    Args:
        source: aws.backup, aws.dynamodb, aws.kms or aws.s3.
    """
    address, calls = _CALLS[source]
    return {
        "source": [source],
        "detail-type": ["AWS API Call via CloudTrail"],
        "detail": {"eventSource": [address], "eventName": list(calls)},
    }


SOURCES: Final = tuple(_CALLS)
"""Services whose calls `guards_called` knows."""
