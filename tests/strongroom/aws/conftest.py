from collections.abc import Iterator

import pytest

from tests.emulator_process import Emulator, start


@pytest.fixture(scope="session")
def sealed_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """One local AWS for the session, with the example organization in it."""
    running = start(tmp_path_factory.mktemp("aws"))
    try:
        running.organize()
        running.control("POST", "seal")
        yield running
    finally:
        running.stop()


@pytest.fixture
def local_aws(sealed_aws: Emulator) -> Emulator:
    """The local AWS as the seed left it."""
    sealed_aws.reset()
    return sealed_aws
