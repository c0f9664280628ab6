from typing import Any

import pytest

from tests.emulator_process import Emulator


@pytest.fixture
def events(emulator: Emulator) -> Any:
    """EventBridge of prod."""
    return emulator.client("events")
