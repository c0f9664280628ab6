"""aws.backup.Vault: where recovery points lie."""

from typing import Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import GoneError, codes
from rehearsal.provider.schema import (
    Autoname,
    Computed,
    Kind,
    Operations,
    Properties,
    Property,
    ResourceType,
)
from rehearsal.provider.types.backup_points import empty
from rehearsal.provider.types.backup_tags import tag
from rehearsal.provider.validation import arn, matching
from rehearsal.provider.values import present

# A denied call counts as "gone" in the real provider: a refresh under a thin role drops the vault from the state, and
# a denied delete looks like a success.
GONE: Final = codes("ResourceNotFoundException", "AccessDeniedException")
NAME: Final = matching(r"[0-9A-Za-z_-]{2,50}", "must be 2 to 50 letters, digits, '_' or '-'")
_PLAIN: Final = "BACKUP_VAULT"


def create(context: Context, inputs: Properties) -> str:
    """Make the vault; there is nothing to wait for."""
    request = {
        "BackupVaultName": inputs["name"],
        "BackupVaultTags": inputs["tagsAll"],
        "EncryptionKeyArn": inputs.get("kmsKeyArn"),
    }
    context.clients.client("backup", context.region).create_backup_vault(**present(request))
    return str(inputs["name"])


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Describe it; a vault of another type under this name is not this one."""
    backup = context.clients.client("backup", context.region)
    vault = backup.describe_backup_vault(BackupVaultName=resource_id)
    if vault.get("VaultType", _PLAIN) != _PLAIN:
        raise GoneError
    return {
        "name": vault["BackupVaultName"],
        "arn": vault["BackupVaultArn"],
        "kmsKeyArn": vault.get("EncryptionKeyArn"),
        "recoveryPoints": vault.get("NumberOfRecoveryPoints", 0),
        "tagsAll": backup.list_tags(ResourceArn=vault["BackupVaultArn"]).get("Tags", {}),
    }


def delete(context: Context, resource_id: str, state: Properties) -> None:
    """Remove it, after its recovery points when `forceDestroy` says so."""
    if state.get("forceDestroy"):
        empty(context, resource_id)
    context.clients.client("backup", context.region).delete_backup_vault(BackupVaultName=resource_id)


TYPE: Final = ResourceType(
    type="aws:backup/vault:Vault",
    label="Backup Vault",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/backup/vault.go",
    properties={
        "name": Property(optional_computed=True, replaces=True, checks=(NAME,)),
        "kmsKeyArn": Property(optional_computed=True, replaces=True, checks=(arn,)),
        "forceDestroy": Property(kind=Kind.BOOLEAN, default=False, unreadable=True, imported=False),
    },
    outputs={"arn": Computed(), "recoveryPoints": Computed()},
    operations=Operations(create=create, read=read, delete=delete, tag=tag),
    tagged=True,
    autoname=Autoname(),
    gone=GONE,
)
