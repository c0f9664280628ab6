from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.asking import BUCKET, make_bucket
from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator

_METRICS: dict[str, Any] = {"Id": "exports", "Filter": {"Prefix": "exports/"}}
_INVENTORY: dict[str, Any] = {
    "Id": "nightly",
    "IsEnabled": True,
    "IncludedObjectVersions": "All",
    "Schedule": {"Frequency": "Daily"},
    "OptionalFields": ["Size", "ReplicationStatus"],
    "Destination": {
        "S3BucketDestination": {"Bucket": f"arn:aws:s3:::{BUCKET}", "Format": "CSV", "Prefix": "inventory"}
    },
}


@pytest.fixture
def s3(emulator: Emulator) -> Any:
    """S3 of prod with one bucket in it."""
    client = emulator.client("s3")
    make_bucket(client)
    return client


def test_metrics_of_a_bucket_are_read_back_listed_and_taken_away(s3: Any) -> None:
    other = {"Id": "everything"}
    for configuration in (_METRICS, other):
        s3.put_bucket_metrics_configuration(Bucket=BUCKET, Id=configuration["Id"], MetricsConfiguration=configuration)
    shown = s3.get_bucket_metrics_configuration(Bucket=BUCKET, Id="exports")
    assert shown["MetricsConfiguration"] == _METRICS
    listed = s3.list_bucket_metrics_configurations(Bucket=BUCKET)["MetricsConfigurationList"]
    assert listed == [other, _METRICS]
    s3.delete_bucket_metrics_configuration(Bucket=BUCKET, Id="exports")
    for call in (s3.get_bucket_metrics_configuration, s3.delete_bucket_metrics_configuration):
        assert refusal(call, Bucket=BUCKET, Id="exports") == "NoSuchConfiguration"
    assert s3.head_bucket(Bucket=BUCKET)


def test_an_inventory_is_read_back_apart_from_the_metrics(s3: Any) -> None:
    s3.put_bucket_inventory_configuration(Bucket=BUCKET, Id="nightly", InventoryConfiguration=_INVENTORY)
    shown = s3.get_bucket_inventory_configuration(Bucket=BUCKET, Id="nightly")
    assert shown["InventoryConfiguration"] == _INVENTORY
    assert refusal(s3.get_bucket_metrics_configuration, Bucket=BUCKET, Id="nightly") == "NoSuchConfiguration"


def test_fails_when_a_configuration_has_another_id_than_its_address(s3: Any) -> None:
    asked = {"Bucket": BUCKET, "Id": "others", "MetricsConfiguration": _METRICS}
    assert refusal(s3.put_bucket_metrics_configuration, **asked) == "InvalidArgument"


def test_fails_when_the_bucket_of_a_configuration_does_not_exist(s3: Any) -> None:
    assert refusal(s3.get_bucket_metrics_configuration, Bucket=f"{BUCKET}-absent", Id="exports") == "NoSuchBucket"
