"""aws.backup.VaultLockConfiguration: the bounds that a vault sets to retention, and whether they can be lifted."""

from typing import Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import codes
from rehearsal.provider.schema import Computed, Kind, Operations, Properties, Property, ResourceType
from rehearsal.provider.types.backup_vault import GONE
from rehearsal.provider.validation import at_least, matching
from rehearsal.provider.values import non_zero

VAULT_NAME: Final = matching(r"[0-9A-Za-z_.-]{1,50}", "must be 1 to 50 letters, digits, '_', '.' or '-'")
_MIN_CHANGEABLE_DAYS: Final = 3


def create(context: Context, inputs: Properties) -> str:
    """Write the lock; what is 0 is not sent, and without days of grace the lock is a governance one."""
    request = {
        "BackupVaultName": inputs["backupVaultName"],
        "ChangeableForDays": inputs.get("changeableForDays"),
        "MinRetentionDays": inputs.get("minRetentionDays"),
        "MaxRetentionDays": inputs.get("maxRetentionDays"),
    }
    context.clients.client("backup", context.region).put_backup_vault_lock_configuration(**non_zero(request))
    return str(inputs["backupVaultName"])


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Read the bounds off the vault; whether and since when it is locked is ignored, so an unlock may stay unseen."""
    vault = context.clients.client("backup", context.region).describe_backup_vault(BackupVaultName=resource_id)
    return {
        "backupVaultName": vault["BackupVaultName"],
        "backupVaultArn": vault["BackupVaultArn"],
        "minRetentionDays": vault.get("MinRetentionDays"),
        "maxRetentionDays": vault.get("MaxRetentionDays"),
    }


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Lift the lock; past the days of grace AWS refuses."""
    context.clients.client("backup", context.region).delete_backup_vault_lock_configuration(BackupVaultName=resource_id)


# Every change replaces, and the vault's name is no name of this type: the new lock is written first and then lifted by
# the delete of the old one, unless the program asks for deleteBeforeReplace (pulumi-aws#2085).
TYPE: Final = ResourceType(
    type="aws:backup/vaultLockConfiguration:VaultLockConfiguration",
    label="Backup Vault Lock Configuration",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/backup/vault_lock_configuration.go",
    properties={
        "backupVaultName": Property(required=True, replaces=True, checks=(VAULT_NAME,)),
        "changeableForDays": Property(
            kind=Kind.INTEGER, replaces=True, unreadable=True, checks=(at_least(_MIN_CHANGEABLE_DAYS),)
        ),
        "maxRetentionDays": Property(kind=Kind.INTEGER, replaces=True),
        "minRetentionDays": Property(kind=Kind.INTEGER, replaces=True),
    },
    outputs={"backupVaultArn": Computed()},
    operations=Operations(create=create, read=read, delete=delete),
    gone=GONE,
    delete_ignores=codes("ResourceNotFoundException"),
)
