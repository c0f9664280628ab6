from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.backup.backing_up import come_to


@pytest.fixture
def ready(emulator: Emulator, ready: Any) -> Any:
    """AWS Backup of prod shortly after a midnight in UTC, with a vault, a table and the role of a selection."""
    come_to(emulator, hour=0)
    return ready
