"""What tells a logically air-gapped vault from a standard one."""

from typing import Final

from rehearsal.emulator.services.backup.records import Vault

AIR_GAPPED: Final = "LOGICALLY_AIR_GAPPED_BACKUP_VAULT"
STANDARD: Final = "BACKUP_VAULT"


def is_air_gapped(vault: Vault) -> bool:
    """Return whether a vault is logically air-gapped."""
    return "VaultType" in vault
