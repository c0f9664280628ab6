from collections.abc import Generator
from pathlib import Path

import pytest

from tests import emulator_process
from tests.emulator_process import Emulator
from tests.rehearsal.provider.driver import Driver
from tests.rehearsal.provider.local_aws import provider_in


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Generator[Emulator]:
    state: Path = tmp_path_factory.mktemp("emulator")
    running = emulator_process.start(state)
    try:
        running.organize()
        yield running
    finally:
        running.stop()


@pytest.fixture
def provider(emulator: Emulator) -> Generator[Driver]:
    with provider_in(emulator) as driver:
        yield driver
