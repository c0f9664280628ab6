"""Access policies of vaults."""

from typing import Final

from strongroom.documents.policy import ANYONE, Document, Statement, document
from strongroom.documents.principals import (
    Caretakers,
    Origin,
    by_role,
    from_origin,
    not_by_role,
    resource_statement,
    same_account,
)
from strongroom.facts import arns, names

_POINTS: Final = (
    "backup:DeleteRecoveryPoint",
    "backup:DisassociateRecoveryPoint",
    "backup:UpdateRecoveryPointLifecycle",
)
_GUARDS: Final = (
    "backup:DeleteBackupVault",
    "backup:DeleteBackupVaultAccessPolicy",
    "backup:DeleteBackupVaultLockConfiguration",
    "backup:DeleteBackupVaultNotifications",
    "backup:PutBackupVaultAccessPolicy",
    "backup:PutBackupVaultLockConfiguration",
    "backup:PutBackupVaultNotifications",
)


def central(origin: Origin, caretakers: Caretakers) -> Document:
    """Policy of a vault in the backup account: one source may copy in, and nobody may delete or shorten a point.

    Args:
        origin: Source whose backup role copies in.
        caretakers: Roles of the backup account that may change policy, lock and notifications of the vault.
    """
    return document(
        *copy_in(origin),
        *_kept(caretakers),
        _restored_by(caretakers),
    )


def copy_in(origin: Origin) -> list[Statement]:
    """The statements that let a source copy in, its account and a fresh one in its place: what a source looks for."""
    return from_origin(origin, [names.backup_role(origin.environment)], "CopyIn", ["backup:CopyIntoBackupVault"])


def local(caretakers: Caretakers) -> Document:
    """Policy of the vault beside the tables: nobody may delete or shorten a point."""
    return document(*_kept(caretakers))


def landing(backup_account: str) -> Document:
    """Policy of the vault of a fresh account that a recovery's copies land in: that recovery alone copies in.

    Args:
        backup_account: Account whose recovery service role copies in.
    """
    copied = resource_statement("CopyIn", "Allow", same_account(backup_account), ["backup:CopyIntoBackupVault"])
    copied["Condition"] = by_role(arns.role(backup_account, names.ROLE_RECOVERY_SERVICE))
    return document(copied)


def _kept(caretakers: Caretakers) -> list[Statement]:
    points = resource_statement("KeepEveryPoint", "Deny", ANYONE, _POINTS)
    guards = resource_statement("KeepTheGuards", "Deny", ANYONE, _GUARDS)
    guards["Condition"] = not_by_role(caretakers.roles)
    return [points, guards]


def _restored_by(caretakers: Caretakers) -> Statement:
    restores = resource_statement("RestoreByTheirRolesOnly", "Deny", ANYONE, ["backup:StartRestoreJob"])
    operator = arns.role(caretakers.account, names.ROLE_OPERATE)
    restores["Condition"] = not_by_role([operator, arns.role(caretakers.account, names.ROLE_RECOVER)])
    return restores
