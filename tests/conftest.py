"""Fixtures of every layer that needs the local AWS, or the real engine on one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.emulator_process import Emulator, start
from tests.rehearsal.provider.engine import Project, project, serving


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


@pytest.fixture
def own_emulator(tmp_path: Path) -> Iterator[Emulator]:
    """A local AWS of the test's own, which may crash, with the example organisation in it."""
    running = start(tmp_path)
    try:
        running.organize()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def emulator_of_the_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """One local AWS for the session that lets the real engine in."""
    with serving(tmp_path_factory.mktemp("engine")) as running:
        yield running


@pytest.fixture
def empty_stack(tmp_path: Path, emulator_of_the_engine: Emulator) -> Project:
    """A stack of the real engine that has no program yet, on a local AWS with nothing in it."""
    emulator_of_the_engine.reset()
    return project(tmp_path, emulator_of_the_engine)
