from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.asking import TABLE
from tests.rehearsal.emulator.services.signals import MINUTE


@pytest.fixture
def scheduler(emulator: Emulator) -> Any:
    """Scheduler of prod at the beginning of a minute: no schedule falls due between two calls of a test."""
    emulator.advance(MINUTE - emulator.now().second)
    return emulator.client("scheduler")


@pytest.fixture
def table(emulator: Emulator) -> Any:
    """DynamoDB of prod, with a table."""
    dynamodb = emulator.client("dynamodb")
    dynamodb.create_table(**TABLE)
    return dynamodb
