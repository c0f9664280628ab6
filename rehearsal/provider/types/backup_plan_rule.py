"""Rules of a backup plan: their table, and how they read in the AWS API and back."""

from collections.abc import Mapping
from typing import Any, Final

from rehearsal.provider.schema import Kind, Property
from rehearsal.provider.validation import arn, matching, one_of
from rehearsal.provider.values import listed, non_zero

_LIFECYCLE: Final = Property(
    kind=Kind.OBJECT,
    fields={
        "coldStorageAfter": Property(kind=Kind.INTEGER),
        "deleteAfter": Property(kind=Kind.INTEGER),
        "optInToArchiveForSupportedResources": Property(kind=Kind.BOOLEAN, optional_computed=True),
    },
)
_COPY_ACTION: Final = Property(
    kind=Kind.OBJECT,
    fields={"destinationVaultArn": Property(required=True, checks=(arn,)), "lifecycle": _LIFECYCLE},
)
_SCAN_ACTION: Final = Property(
    kind=Kind.OBJECT,
    fields={
        "malwareScanner": Property(required=True, checks=(one_of("GUARDDUTY"),)),
        "scanMode": Property(required=True, checks=(one_of("FULL_SCAN", "INCREMENTAL_SCAN"),)),
    },
)

# The provider checks neither schedules nor the distance between cold storage and the end: AWS does, at apply.
RULES: Final = Property(
    kind=Kind.SET,
    required=True,
    item=Property(
        kind=Kind.OBJECT,
        fields={
            "ruleName": Property(
                required=True,
                checks=(matching(r"[0-9A-Za-z_.-]{1,50}", "must be 1 to 50 letters, digits, '_', '.' or '-'"),),
            ),
            "targetVaultName": Property(
                required=True, checks=(matching(r"[0-9A-Za-z_-]{2,50}", "must be 2 to 50 letters, digits, '_' or '-'"),)
            ),
            "targetLogicallyAirGappedBackupVaultArn": Property(checks=(arn,)),
            "schedule": Property(),
            "scheduleExpressionTimezone": Property(default="Etc/UTC"),
            "startWindow": Property(kind=Kind.INTEGER, default=60),
            "completionWindow": Property(kind=Kind.INTEGER, default=180),
            "enableContinuousBackup": Property(kind=Kind.BOOLEAN),
            "lifecycle": _LIFECYCLE,
            "copyActions": Property(kind=Kind.SET, item=_COPY_ACTION),
            "recoveryPointTags": Property(kind=Kind.MAP),
            "scanActions": Property(kind=Kind.SET, item=_SCAN_ACTION),
        },
    ),
)


def sent(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A rule as the API takes it; the windows always go, the rest when it is set."""
    optional = {
        "ScheduleExpression": rule.get("schedule"),
        "ScheduleExpressionTimezone": rule.get("scheduleExpressionTimezone"),
        "EnableContinuousBackup": rule.get("enableContinuousBackup"),
        "Lifecycle": _lifecycle_sent(rule.get("lifecycle")),
        "CopyActions": [_copy_sent(action) for action in listed(rule, "copyActions")],
        "RecoveryPointTags": rule.get("recoveryPointTags"),
        "TargetLogicallyAirGappedBackupVaultArn": rule.get("targetLogicallyAirGappedBackupVaultArn"),
        "ScanActions": [
            {"MalwareScanner": action["malwareScanner"], "ScanMode": action["scanMode"]}
            for action in listed(rule, "scanActions")
        ],
    }
    return {
        "RuleName": rule["ruleName"],
        "TargetBackupVaultName": rule["targetVaultName"],
        "StartWindowMinutes": rule["startWindow"],
        "CompletionWindowMinutes": rule["completionWindow"],
        **non_zero(optional),
    }


def told(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A rule as the provider's state holds it."""
    optional = {
        "schedule": rule.get("ScheduleExpression"),
        "lifecycle": _lifecycle_told(rule.get("Lifecycle")),
        "copyActions": [_copy_told(action) for action in rule.get("CopyActions", [])],
        "recoveryPointTags": rule.get("RecoveryPointTags"),
        "targetLogicallyAirGappedBackupVaultArn": rule.get("TargetLogicallyAirGappedBackupVaultArn"),
        "scanActions": [
            {"malwareScanner": action["MalwareScanner"], "scanMode": action["ScanMode"]}
            for action in rule.get("ScanActions", [])
        ],
    }
    return {
        "ruleName": rule["RuleName"],
        "targetVaultName": rule["TargetBackupVaultName"],
        "scheduleExpressionTimezone": rule.get("ScheduleExpressionTimezone", ""),
        "startWindow": rule.get("StartWindowMinutes", 0),
        "completionWindow": rule.get("CompletionWindowMinutes", 0),
        "enableContinuousBackup": rule.get("EnableContinuousBackup", False),
        **non_zero(optional),
    }


def _lifecycle_sent(lifecycle: Mapping[str, Any] | None) -> dict[str, Any]:
    given = lifecycle or {}
    return non_zero(
        {
            "MoveToColdStorageAfterDays": given.get("coldStorageAfter"),
            "DeleteAfterDays": given.get("deleteAfter"),
            "OptInToArchiveForSupportedResources": given.get("optInToArchiveForSupportedResources"),
        }
    )


def _lifecycle_told(lifecycle: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if lifecycle is None:
        return None
    return {
        "coldStorageAfter": lifecycle.get("MoveToColdStorageAfterDays", 0),
        "deleteAfter": lifecycle.get("DeleteAfterDays", 0),
        "optInToArchiveForSupportedResources": lifecycle.get("OptInToArchiveForSupportedResources", False),
    }


def _copy_sent(action: Mapping[str, Any]) -> dict[str, Any]:
    """Without a lifecycle of its own a copy is kept for ever."""
    lifecycle = _lifecycle_sent(action.get("lifecycle"))
    return {"DestinationBackupVaultArn": action["destinationVaultArn"], **non_zero({"Lifecycle": lifecycle})}


def _copy_told(action: Mapping[str, Any]) -> dict[str, Any]:
    lifecycle = _lifecycle_told(action.get("Lifecycle"))
    return {"destinationVaultArn": action["DestinationBackupVaultArn"], **non_zero({"lifecycle": lifecycle})}
