"""aws.backup.VaultPolicy: who may do what in a vault."""

from typing import Final

from rehearsal.provider.context import Context
from rehearsal.provider.equality import normalised, policy_text
from rehearsal.provider.errors import code_with, during
from rehearsal.provider.schema import Computed, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.types.backup_vault import GONE
from rehearsal.provider.validation import json_document
from rehearsal.provider.waiting import retried

_NEW_PRINCIPAL: Final = code_with("InvalidParameterValueException", "Provided principal is not valid")


def create(context: Context, inputs: Properties) -> str:
    """Write the policy."""
    _put(context, inputs["backupVaultName"], inputs["policy"])
    return str(inputs["backupVaultName"])


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Read the policy."""
    answer = context.clients.client("backup", context.region).get_backup_vault_access_policy(
        BackupVaultName=resource_id
    )
    return {
        "backupVaultName": answer["BackupVaultName"],
        "backupVaultArn": answer["BackupVaultArn"],
        "policy": answer["Policy"],
    }


def update(context: Context, update: Update) -> None:
    """Write it again; a failure still says "creating", as in the real provider."""
    if "policy" in update.changed:
        with during(f"creating Backup Vault Policy ({update.id})"):
            _put(context, update.id, update.new["policy"])


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Take the policy away."""
    context.clients.client("backup", context.region).delete_backup_vault_access_policy(BackupVaultName=resource_id)


def _put(context: Context, vault: str, policy: str) -> None:
    backup = context.clients.client("backup", context.region)
    retried(
        context.pace,
        2 * 60,
        _NEW_PRINCIPAL,
        lambda: backup.put_backup_vault_access_policy(BackupVaultName=vault, Policy=normalised(policy)),
    )


TYPE: Final = ResourceType(
    type="aws:backup/vaultPolicy:VaultPolicy",
    label="Backup Vault Policy",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/backup/vault_policy.go",
    properties={
        "backupVaultName": Property(required=True, replaces=True),
        "policy": Property(required=True, canonical=policy_text, checks=(json_document,)),
    },
    outputs={"backupVaultArn": Computed()},
    operations=Operations(create=create, read=read, update=update, delete=delete),
    gone=GONE,
)
