"""Emptying a vault as the real provider's `forceDestroy` does it, its forgotten last page included."""

from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from rehearsal.provider.context import Context
from rehearsal.provider.errors import ProviderError, code_of, told
from rehearsal.provider.waiting import Wait, until

if TYPE_CHECKING:
    from mypy_boto3_backup import BackupClient

_GONE: Final = "gone"
_DELETING: Final = Wait(target=_GONE, pending=("DELETING",), timeout=10 * 60)


def empty(context: Context, vault: str) -> None:
    """Delete every recovery point of the vault.

    The failures of one page are looked at when the next one starts: those of the last page are never told, and the
    vault's own refusal to go shows instead.

    Raises:
        ProviderError: a point of a page that is not the last could not be deleted.
    """
    backup = context.clients.client("backup", context.region)
    failures: list[str] = []
    for page in backup.get_paginator("list_recovery_points_by_backup_vault").paginate(BackupVaultName=vault):
        if failures:
            raise ProviderError(f"deleting Backup Vault ({vault}): {failures[0]}")
        failures = [
            failure
            for point in page["RecoveryPoints"]
            if (failure := _delete(context, vault, point.get("RecoveryPointArn", "")))
        ]


def _delete(context: Context, vault: str, point: str) -> str | None:
    backup = context.clients.client("backup", context.region)
    try:
        backup.delete_recovery_point(BackupVaultName=vault, RecoveryPointArn=point)
        until(context.pace, _DELETING, lambda: _status(backup, vault, point))
    except ClientError as error:
        return f"deleting recovery point ({point}): {told(error)}"
    except ProviderError as error:
        return f"waiting for recovery point ({point}) delete: {error}"
    return None


def _status(backup: "BackupClient", vault: str, point: str) -> str:
    try:
        return backup.describe_recovery_point(BackupVaultName=vault, RecoveryPointArn=point)["Status"]
    except ClientError as error:
        if code_of(error) == "ResourceNotFoundException":
            return _GONE
        raise
