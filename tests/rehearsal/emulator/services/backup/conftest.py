from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, make_role
from tests.rehearsal.emulator.services.backup.backing_up import make_table


@pytest.fixture(scope="session")
def root_of_prod(sealed_emulator: Emulator) -> Any:
    """AWS Backup as the root of prod calls it: a key that outlives the reset between tests."""
    return sealed_emulator.root("backup")


@pytest.fixture
def backup(emulator: Emulator, root_of_prod: Any) -> Any:  # noqa: ARG001 - resets before the vault is made
    """AWS Backup of prod with one vault in it, for what does not depend on the caller's rights."""
    root_of_prod.create_backup_vault(BackupVaultName=VAULT, BackupVaultTags={"tier": "daily"})
    return root_of_prod


@pytest.fixture
def ready(emulator: Emulator, backup: Any) -> Any:
    """AWS Backup of prod with a vault, a table and the role of a job."""
    make_table(emulator)
    make_role(emulator)
    return backup
