from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT


@pytest.fixture(scope="session")
def root_of_prod(sealed_emulator: Emulator) -> Any:
    """AWS Backup as the root of prod calls it: a key that outlives the reset between tests."""
    return sealed_emulator.root("backup")


@pytest.fixture
def backup(emulator: Emulator, root_of_prod: Any) -> Any:  # noqa: ARG001 - resets before the vault is made
    """AWS Backup of prod with one vault in it, for what does not depend on the caller's rights."""
    root_of_prod.create_backup_vault(BackupVaultName=VAULT, BackupVaultTags={"tier": "daily"})
    return root_of_prod
