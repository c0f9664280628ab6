"""CloudWatch metrics of this program's own."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, Protocol

from strongroom.aws.errors import translated
from strongroom.facts.bounds import Bound

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch.client import CloudWatchClient
    from mypy_boto3_cloudwatch.type_defs import MetricDatumTypeDef

Unit = Literal["Seconds", "Count", "Bytes", "Percent", "None"]

_PAGE: Final = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html"
_READ: Final = date(2026, 11, 22)
_MEASURES: Final = Bound("measures in one request", 1, 1_000, _PAGE, _READ)
_BYTES: Final = Bound("bytes of one request", 1, 1_048_576, _PAGE, _READ)
_SPARE_BYTES: Final = 64 * 1024
"""What is left free for the request's own names; the limit counts the request as it is sent."""


@dataclass(frozen=True)
class Measure:
    """One value of one metric, at the moment of sending."""

    name: str
    value: float
    unit: Unit
    dimensions: Mapping[str, str]


class Metrics(Protocol):
    """Metrics of one account and region."""

    def put(self, namespace: str, measures: Sequence[Measure]) -> None:
        """Send measures, in as many requests as they need; none: nothing is sent.

        Raises:
            AwsError: AWS refuses a request; those before it were sent.
        """
        ...


class CloudWatchMetrics:
    """Metrics of CloudWatch."""

    def __init__(self, client: "CloudWatchClient") -> None:
        self._client = client

    def put(self, namespace: str, measures: Sequence[Measure]) -> None:
        """See `Metrics.put`."""
        for batch in _batches([_datum(measure) for measure in measures]):
            with translated(f"putting {len(batch)} measures into namespace {namespace}"):
                self._client.put_metric_data(Namespace=namespace, MetricData=batch)


def _datum(measure: Measure) -> "MetricDatumTypeDef":
    return {
        "MetricName": measure.name,
        "Value": measure.value,
        "Unit": measure.unit,
        "Dimensions": [{"Name": name, "Value": value} for name, value in measure.dimensions.items()],
    }


def _batches(data: "list[MetricDatumTypeDef]") -> "Iterator[list[MetricDatumTypeDef]]":
    batch: list[MetricDatumTypeDef] = []
    size = _SPARE_BYTES
    for datum in data:
        own = len(json.dumps(datum).encode())
        if batch and (len(batch) == _MEASURES.high or size + own > _BYTES.high):
            yield batch
            batch, size = [], _SPARE_BYTES
        batch.append(datum)
        size += own
    if batch:
        yield batch
