"""Fixtures of tests of S3."""

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.s3.replicating import Pair


@pytest.fixture
def pair(emulator: Emulator) -> Pair:
    """A bucket that is replicated into the backup account, by a rule for everything."""
    made = Pair(emulator)
    made.make()
    made.replicate()
    return made


@pytest.fixture
def locked_pair(emulator: Emulator) -> Pair:
    """The same with Object Lock on both buckets."""
    made = Pair(emulator)
    made.make(locked=True)
    made.replicate()
    return made
