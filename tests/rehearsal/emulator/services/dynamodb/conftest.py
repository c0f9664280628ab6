"""Fixtures of the tests of DynamoDB."""

from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.asking import TABLE


@pytest.fixture
def dynamodb(emulator: Emulator) -> Any:
    """DynamoDB of prod with one table in it."""
    client = emulator.client("dynamodb")
    client.create_table(**TABLE)
    return client
