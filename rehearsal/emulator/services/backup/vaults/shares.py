"""Vaults that another account shares: found by name and account, and what a share lets an account do with them."""

from typing import Any, Final

from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.records import Vault
from rehearsal.emulator.services.backup.store import Place
from rehearsal.emulator.services.backup.vaults.air_gapped import is_air_gapped
from rehearsal.emulator.services.ram.store import STORE

_GIVEN: Final = (
    "backup:DescribeBackupVault",
    "backup:DescribeRecoveryPoint",
    "backup:GetRecoveryPointRestoreMetadata",
    "backup:ListProtectedResourcesByBackupVault",
    "backup:ListRecoveryPointsByBackupVault",
    "backup:ListTags",
    "backup:StartRestoreJob",
)
"""https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html#lag-share (read 2026-11-22)."""


def vault_place(work: Work, name: str, account: str | None) -> Place | None:
    """Return where the vault is that a request names: with its caller, or in an account that shares it.

    Args:
        work: The caller's circumstances.
        name: The vault's.
        account: `BackupVaultAccountId` of the request. None: the caller's own.

    Returns:
        None when there is no such vault, or it is not shared with the caller.
    """
    place = work.place if account is None else Place(account, work.place.region)
    vault = work.store.vaults.get(place, name)
    return place if vault and (place == work.place or is_shared_with(vault, work.place.account)) else None


def vaults_shared_with(work: Work) -> list[tuple[Place, Vault]]:
    """Return the vaults of other accounts that are shared with the caller in this region."""
    arns = dict.fromkeys(arn for _, arn in STORE.shared(work.place.region, work.place.account))
    places = [(Place(arn.split(":")[4], work.place.region), arn.rpartition(":")[2]) for arn in arns]
    found = [(place, work.store.vaults.get(place, name)) for place, name in places]
    return [(place, vault) for place, vault in found if vault]


def is_shared_with(vault: Vault, account: str) -> bool:
    """Return whether a vault is shared with an account by AWS RAM."""
    return is_air_gapped(vault) and STORE.may_use(account, vault["BackupVaultArn"])


def permission(vault: Vault, account: str) -> list[dict[str, Any]]:
    """Return the statements by which a share lets an account use a vault and its points; none without a share."""
    if not is_shared_with(vault, account):
        return []
    return [{"Effect": "Allow", "Principal": {"AWS": account}, "Action": list(_GIVEN), "Resource": "*"}]
