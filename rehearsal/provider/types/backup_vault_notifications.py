"""aws.backup.VaultNotifications: which events of a vault reach a topic."""

from typing import Final

from rehearsal.provider.context import Context
from rehearsal.provider.schema import Computed, Kind, Operations, Properties, Property, ResourceType
from rehearsal.provider.types.backup_vault import GONE
from rehearsal.provider.types.backup_vault_lock_configuration import VAULT_NAME
from rehearsal.provider.validation import arn, one_of

# https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_PutBackupVaultNotifications.html, read 2026-11-22
_EVENTS: Final = (
    "BACKUP_JOB_STARTED",
    "BACKUP_JOB_COMPLETED",
    "BACKUP_JOB_SUCCESSFUL",
    "BACKUP_JOB_FAILED",
    "BACKUP_JOB_EXPIRED",
    "RESTORE_JOB_STARTED",
    "RESTORE_JOB_COMPLETED",
    "RESTORE_JOB_SUCCESSFUL",
    "RESTORE_JOB_FAILED",
    "COPY_JOB_STARTED",
    "COPY_JOB_SUCCESSFUL",
    "COPY_JOB_FAILED",
    "RECOVERY_POINT_MODIFIED",
    "BACKUP_PLAN_CREATED",
    "BACKUP_PLAN_MODIFIED",
    "S3_BACKUP_OBJECT_FAILED",
    "S3_RESTORE_OBJECT_FAILED",
    "CONTINUOUS_BACKUP_INTERRUPTED",
    "RECOVERY_POINT_INDEX_COMPLETED",
    "RECOVERY_POINT_INDEX_DELETED",
    "RECOVERY_POINT_INDEXING_FAILED",
)


def create(context: Context, inputs: Properties) -> str:
    """Write the notifications; the topic's policy must let the service in already."""
    context.clients.client("backup", context.region).put_backup_vault_notifications(
        BackupVaultName=inputs["backupVaultName"],
        SNSTopicArn=inputs["snsTopicArn"],
        BackupVaultEvents=inputs["backupVaultEvents"],
    )
    return str(inputs["backupVaultName"])


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Read them."""
    backup = context.clients.client("backup", context.region)
    answer = backup.get_backup_vault_notifications(BackupVaultName=resource_id)
    return {
        "backupVaultName": answer["BackupVaultName"],
        "backupVaultArn": answer["BackupVaultArn"],
        "snsTopicArn": answer["SNSTopicArn"],
        "backupVaultEvents": answer["BackupVaultEvents"],
    }


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Take them away."""
    context.clients.client("backup", context.region).delete_backup_vault_notifications(BackupVaultName=resource_id)


# Replaced as a vault's lock is: the delete of the old takes the new away, too (pulumi-aws#2085).
TYPE: Final = ResourceType(
    type="aws:backup/vaultNotifications:VaultNotifications",
    label="Backup Vault Notifications",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/backup/vault_notifications.go",
    properties={
        "backupVaultName": Property(required=True, replaces=True, checks=(VAULT_NAME,)),
        "snsTopicArn": Property(required=True, replaces=True, checks=(arn,)),
        "backupVaultEvents": Property(
            kind=Kind.SET, required=True, replaces=True, item=Property(checks=(one_of(*_EVENTS),))
        ),
    },
    outputs={"backupVaultArn": Computed()},
    operations=Operations(create=create, read=read, delete=delete),
    gone=GONE,
)
