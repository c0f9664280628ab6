"""Fixtures of every layer that needs the local AWS."""

from collections.abc import Iterator

import pytest

from tests.emulator_process import Emulator, start


@pytest.fixture(scope="session")
def sealed_emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """One local AWS for the session, with the example organisation in it."""
    running = start(tmp_path_factory.mktemp("emulator"))
    try:
        running.organize()
        running.control("POST", "seal")
        yield running
    finally:
        running.stop()


@pytest.fixture
def emulator(sealed_emulator: Emulator) -> Emulator:
    """The local AWS as the seed left it."""
    sealed_emulator.reset()
    return sealed_emulator
