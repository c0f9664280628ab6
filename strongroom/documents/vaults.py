"""Access policies of vaults."""

from typing import Final

from strongroom.documents.policy import ANYONE, Document, Statement, document
from strongroom.documents.principals import Caretakers, Origin, from_origin, not_by_role, resource_statement
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
        *_let_in(origin),
        *_kept(caretakers),
        _restored_by(caretakers),
    )


def copy_in(origin: Origin) -> Statement:
    """The statement that lets a source's own account copy in: what a source looks for in a vault's policy."""
    return _let_in(origin)[0]


def local(caretakers: Caretakers) -> Document:
    """Policy of the vault beside the tables: nobody may delete or shorten a point."""
    return document(*_kept(caretakers))


def _let_in(origin: Origin) -> list[Statement]:
    return from_origin(origin, [names.backup_role(origin.environment)], "CopyIn", ["backup:CopyIntoBackupVault"])


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
