"""aws.backup.Plan: what is backed up when, how long it is kept, and where it is copied to."""

from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import GoneError, code_with, codes
from rehearsal.provider.schema import (
    Autoname,
    Computed,
    Kind,
    Operations,
    Properties,
    Property,
    ResourceType,
    Update,
)
from rehearsal.provider.types import backup_plan_rule
from rehearsal.provider.types.backup_tags import tag
from rehearsal.provider.validation import arn, one_of
from rehearsal.provider.values import listed, non_zero
from rehearsal.provider.waiting import retried

_SELECTIONS_LEFT: Final = code_with(
    "InvalidRequestException", "Related backup plan selections must be deleted prior to backup"
)


def create(context: Context, inputs: Properties) -> str:
    """Make the plan."""
    backup = context.clients.client("backup", context.region)
    answer = backup.create_backup_plan(BackupPlan=_sent(inputs), BackupPlanTags=inputs["tagsAll"])
    return answer["BackupPlanId"]


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Read the plan; an answer without one means that it is gone."""
    backup = context.clients.client("backup", context.region)
    answer = backup.get_backup_plan(BackupPlanId=resource_id)
    plan = answer.get("BackupPlan")
    if not plan:
        raise GoneError
    scans = plan.get("ScanSettings", [])
    return {
        "name": plan["BackupPlanName"],
        "arn": answer["BackupPlanArn"],
        "version": answer["VersionId"],
        "rules": [backup_plan_rule.told(rule) for rule in plan["Rules"]],
        # the real provider reads them from beside the plan, not from inside it
        "advancedBackupSettings": [
            {"backupOptions": one.get("BackupOptions", {}), "resourceType": one.get("ResourceType", "")}
            for one in answer.get("AdvancedBackupSettings", [])
        ],
        "scanSettings": [_scan_told(one) for one in scans],
        "tagsAll": backup.list_tags(ResourceArn=answer["BackupPlanArn"]).get("Tags", {}),
    }


def update(context: Context, update: Update) -> None:
    """Send the whole plan when any of it changed; AWS gives it a new version and its rules new ids."""
    if update.changed:
        backup = context.clients.client("backup", context.region)
        backup.update_backup_plan(BackupPlanId=update.id, BackupPlan=_sent(update.new))


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Remove the plan; the deletes of its selections may still be on their way."""
    backup = context.clients.client("backup", context.region)
    retried(context.pace, 2 * 60, _SELECTIONS_LEFT, lambda: backup.delete_backup_plan(BackupPlanId=resource_id))


def _sent(inputs: Properties) -> Any:
    optional = {
        "AdvancedBackupSettings": [
            {"BackupOptions": one["backupOptions"], "ResourceType": one["resourceType"]}
            for one in listed(inputs, "advancedBackupSettings")
        ],
        "ScanSettings": [
            {
                "MalwareScanner": one["malwareScanner"],
                "ResourceTypes": one["resourceTypes"],
                "ScannerRoleArn": one["scannerRoleArn"],
            }
            for one in listed(inputs, "scanSettings")
        ],
    }
    return {
        "BackupPlanName": inputs["name"],
        "Rules": [backup_plan_rule.sent(rule) for rule in inputs["rules"]],
        **non_zero(optional),
    }


def _scan_told(one: Any) -> dict[str, Any]:
    return {
        "malwareScanner": one.get("MalwareScanner", ""),
        "resourceTypes": one.get("ResourceTypes", []),
        "scannerRoleArn": one.get("ScannerRoleArn", ""),
    }


_ADVANCED: Final = Property(
    kind=Kind.OBJECT,
    fields={
        "backupOptions": Property(kind=Kind.MAP, required=True),
        "resourceType": Property(required=True, checks=(one_of("EC2"),)),
    },
)
_SCAN: Final = Property(
    kind=Kind.OBJECT,
    fields={
        "malwareScanner": Property(required=True, checks=(one_of("GUARDDUTY"),)),
        "resourceTypes": Property(
            kind=Kind.SET, required=True, item=Property(checks=(one_of("EBS", "EC2", "S3", "ALL"),))
        ),
        "scannerRoleArn": Property(required=True, checks=(arn,)),
    },
)
TYPE: Final = ResourceType(
    type="aws:backup/plan:Plan",
    label="Backup Plan",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/backup/plan.go",
    properties={
        "name": Property(optional_computed=True, replaces=True),
        "rules": backup_plan_rule.RULES,
        "advancedBackupSettings": Property(kind=Kind.SET, item=_ADVANCED),
        "scanSettings": Property(kind=Kind.SET, item=_SCAN),
    },
    outputs={
        "arn": Computed(),
        "version": Computed(changes_with=("rules", "advancedBackupSettings", "scanSettings")),
    },
    operations=Operations(create=create, read=read, update=update, delete=delete, tag=tag),
    tagged=True,
    autoname=Autoname(),
    gone=codes("ResourceNotFoundException"),
)
