from collections.abc import Callable
from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.signals import MINUTE


@pytest.fixture
def cloudwatch(emulator: Emulator) -> Any:
    """CloudWatch of prod at the beginning of a minute: no alarm is evaluated between two calls of a test."""
    emulator.advance(MINUTE - emulator.now().second)
    return emulator.client("cloudwatch")


@pytest.fixture
def put(cloudwatch: Any) -> Callable[..., None]:
    """Puts a value into a metric of the shop."""

    def put(name: str, value: float, vault: str | None = None, **more: object) -> None:
        dimensions = [{"Name": "vault", "Value": vault}] if vault else []
        datum = {"MetricName": name, "Value": value, "Dimensions": dimensions, **more}
        cloudwatch.put_metric_data(Namespace="shop", MetricData=[datum])

    return put
