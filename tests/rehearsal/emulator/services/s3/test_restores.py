from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.asking import BUCKET, make_bucket
from tests.rehearsal.emulator.services.backup.asking import refusal
from tests.rehearsal.emulator.services.s3.replicating import Pair

pytestmark = pytest.mark.emulator

_NAMED: dict[str, Any] = {"Bucket": BUCKET, "Key": "receipts"}
_HOUR = 3600


@pytest.fixture
def s3(emulator: Emulator) -> Any:
    """S3 of prod with a bucket."""
    client = emulator.client("s3")
    make_bucket(client)
    return client


def _wait(emulator: Emulator, hours: float) -> None:
    emulator.advance(hours * _HOUR)


def _request(days: int = 2, tier: str = "Standard") -> dict[str, Any]:
    return {"RestoreRequest": {"Days": days, "GlacierJobParameters": {"Tier": tier}}}


@pytest.mark.parametrize(
    ("storage_class", "tier", "hours"),
    [
        ("GLACIER", "Expedited", 0.1),
        ("GLACIER", "Standard", 5),
        ("GLACIER", "Bulk", 12),
        ("DEEP_ARCHIVE", "Standard", 12),
        ("DEEP_ARCHIVE", "Bulk", 48),
    ],
)
def test_an_archived_object_is_read_when_its_copy_is_there_and_until_its_days_are_over(
    emulator: Emulator, s3: Any, storage_class: str, tier: str, hours: float
) -> None:
    s3.put_object(**_NAMED, Body=b"1", StorageClass=storage_class)
    assert refusal(s3.get_object, **_NAMED) == "InvalidObjectState"
    s3.restore_object(**_NAMED, **_request(tier=tier))
    _wait(emulator, hours * 0.8)
    assert s3.head_object(**_NAMED)["Restore"] == 'ongoing-request="true"'
    assert refusal(s3.get_object, **_NAMED) == "InvalidObjectState"
    _wait(emulator, hours * 0.2 + 0.1)
    assert s3.head_object(**_NAMED)["Restore"].startswith('ongoing-request="false"')
    assert s3.get_object(**_NAMED)["Body"].read() == b"1"
    _wait(emulator, 73)
    assert "Restore" not in s3.head_object(**_NAMED)
    assert refusal(s3.get_object, **_NAMED) == "InvalidObjectState"


def test_a_version_beneath_a_delete_marker_is_restored(emulator: Emulator, s3: Any) -> None:
    version = {**_NAMED, "VersionId": s3.put_object(**_NAMED, Body=b"1", StorageClass="DEEP_ARCHIVE")["VersionId"]}
    s3.delete_object(**_NAMED)
    s3.restore_object(**version, **_request())
    assert refusal(s3.get_object, **version) == "InvalidObjectState"
    _wait(emulator, 13)
    found = s3.get_object(**version)
    assert (found["Body"].read(), found["StorageClass"]) == (b"1", "DEEP_ARCHIVE")


def test_fails_when_a_restore_is_asked_for_twice(emulator: Emulator, s3: Any) -> None:
    s3.put_object(**_NAMED, Body=b"1", StorageClass="GLACIER")
    s3.restore_object(**_NAMED, **_request())
    assert refusal(s3.restore_object, **_NAMED, **_request()) == "RestoreAlreadyInProgress"
    _wait(emulator, 6)
    s3.restore_object(**_NAMED, **_request(days=9))
    _wait(emulator, 100)
    assert s3.get_object(**_NAMED)["Body"].read() == b"1"


@pytest.mark.parametrize(
    ("storage_class", "code"),
    [("STANDARD", "ObjectAlreadyInActiveTierError"), ("GLACIER_IR", "InvalidObjectState")],
)
def test_fails_when_what_is_not_archived_is_restored(s3: Any, storage_class: str, code: str) -> None:
    s3.put_object(**_NAMED, Body=b"1", StorageClass=storage_class)
    assert refusal(s3.restore_object, **_NAMED, **_request()) == code
    assert s3.get_object(**_NAMED)["Body"].read() == b"1"


def test_fails_when_the_deep_archive_is_asked_to_hurry(s3: Any) -> None:
    s3.put_object(**_NAMED, Body=b"1", StorageClass="DEEP_ARCHIVE")
    assert refusal(s3.restore_object, **_NAMED, **_request(tier="Expedited")) == "InvalidArgument"


def test_fails_when_a_restore_is_for_no_days(s3: Any) -> None:
    s3.put_object(**_NAMED, Body=b"1", StorageClass="GLACIER")
    assert refusal(s3.restore_object, **_NAMED, RestoreRequest={}) == "MalformedXML"
    assert refusal(s3.restore_object, Bucket=BUCKET, Key="absent", **_request()) == "NoSuchKey"


def test_events_tell_when_a_copy_comes_and_goes(pair: Pair) -> None:
    pair.listen("s3:ObjectRestore:*")
    pair.put("receipts", StorageClass="GLACIER")
    pair.source.restore_object(**_NAMED, **_request())
    pair.wait(100 * _HOUR)
    names = [event["eventName"] for event in pair.heard()]
    assert names == ["ObjectRestore:Post", "ObjectRestore:Completed", "ObjectRestore:Delete"]
