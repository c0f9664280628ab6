import time
from collections.abc import Sequence
from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.asking import BUCKET, make_bucket
from tests.rehearsal.emulator.services.backup.asking import refusal
from tests.rehearsal.emulator.services.s3.replicating import KEY, Pair

pytestmark = pytest.mark.emulator

_NAMED: dict[str, Any] = {"Bucket": BUCKET, "Key": "receipts"}
_BIG: bytes = b"x" * 128 * 1024
_DAY = 86400


@pytest.fixture
def s3(emulator: Emulator) -> Any:
    """S3 of prod with a versioned bucket."""
    client = emulator.client("s3")
    make_bucket(client)
    return client


def _rule(**does: object) -> dict[str, Any]:
    return {"ID": "test", "Status": "Enabled", "Filter": {"Prefix": ""}} | does


def _put(s3: Any, *rules: dict[str, Any], **more: object) -> None:
    s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": list(rules)}, **more)


def _wait(emulator: Emulator, days: float) -> None:
    emulator.advance(days * _DAY)


def _versions(s3: Any) -> list[str]:
    return [version["VersionId"] for version in s3.list_object_versions(Bucket=BUCKET).get("Versions", [])]


def _classes(s3: Any, *keys: str) -> Sequence[str]:
    return [s3.head_object(Bucket=BUCKET, Key=key).get("StorageClass", "STANDARD") for key in keys]


def test_current_objects_expire_behind_a_delete_marker_and_their_versions_later(emulator: Emulator, s3: Any) -> None:
    _put(s3, _rule(Expiration={"Days": 10}, NoncurrentVersionExpiration={"NoncurrentDays": 5}))
    s3.put_object(**_NAMED, Body=b"1")
    _wait(emulator, 9.9)
    assert refusal(s3.get_object, Bucket=BUCKET, Key="absent") == "NoSuchKey"
    s3.head_object(**_NAMED)
    _wait(emulator, 1.2)
    assert refusal(s3.head_object, **_NAMED) == "404"
    assert len(_versions(s3)) == 1
    _wait(emulator, 6)
    assert _versions(s3) == []


def test_rules_that_come_later_concern_what_is_there(emulator: Emulator, s3: Any) -> None:
    s3.put_object(**_NAMED, Body=b"1")
    _wait(emulator, 20)
    _put(s3, _rule(Expiration={"Days": 10}))
    assert refusal(s3.head_object, **_NAMED) == "404"


def test_without_rules_nothing_happens_any_more(emulator: Emulator, s3: Any) -> None:
    _put(s3, _rule(Expiration={"Days": 10}))
    s3.put_object(**_NAMED, Body=b"1")
    s3.delete_bucket_lifecycle(Bucket=BUCKET)
    _wait(emulator, 400)
    assert len(_versions(s3)) == 1


def test_a_lone_delete_marker_goes(emulator: Emulator, s3: Any) -> None:
    marker_goes = _rule(
        Expiration={"ExpiredObjectDeleteMarker": True}, NoncurrentVersionExpiration={"NoncurrentDays": 1}
    )
    _put(s3, marker_goes)
    s3.put_object(**_NAMED, Body=b"1")
    s3.delete_object(**_NAMED)
    assert "DeleteMarkers" in s3.list_object_versions(Bucket=BUCKET)
    _wait(emulator, 3)
    assert "DeleteMarkers" not in s3.list_object_versions(Bucket=BUCKET)


def test_in_a_bucket_without_versions_objects_are_gone(emulator: Emulator) -> None:
    s3 = emulator.client("s3")
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    _put(s3, _rule(Expiration={"Days": 1}))
    s3.put_object(**_NAMED, Body=b"1")
    _wait(emulator, 3)
    s3.delete_bucket(Bucket=BUCKET)


@pytest.mark.parametrize(("hold", "days"), [(False, 30), (True, 400)])
def test_a_locked_version_expires_only_after_its_lock(emulator: Emulator, hold: bool, days: int) -> None:
    s3 = emulator.client("s3")
    make_bucket(s3, ObjectLockEnabledForBucket=True)
    default = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 30}}}
    s3.put_object_lock_configuration(Bucket=BUCKET, ObjectLockConfiguration=default)
    _put(s3, _rule(Expiration={"Days": 1}, NoncurrentVersionExpiration={"NoncurrentDays": 1}))
    named = {**_NAMED, "VersionId": s3.put_object(**_NAMED, Body=b"1")["VersionId"]}
    if hold:
        s3.put_object_legal_hold(**named, LegalHold={"Status": "ON"})
    _wait(emulator, days - 0.5)
    assert len(_versions(s3)) == 1
    assert refusal(s3.head_object, **_NAMED) == "404"
    if hold:
        s3.put_object_legal_hold(**named, LegalHold={"Status": "OFF"})
    _wait(emulator, 2)
    assert _versions(s3) == []


def test_objects_move_from_class_to_class_and_small_ones_stay(emulator: Emulator, s3: Any) -> None:
    moves = [{"Days": 30, "StorageClass": "STANDARD_IA"}, {"Days": 90, "StorageClass": "DEEP_ARCHIVE"}]
    _put(s3, _rule(Transitions=moves))
    for key, body in {"big": _BIG, "small": b"1"}.items():
        s3.put_object(Bucket=BUCKET, Key=key, Body=body)
    _wait(emulator, 32)
    assert _classes(s3, "big", "small") == ["STANDARD_IA", "STANDARD"]
    _wait(emulator, 60)
    assert _classes(s3, "big", "small") == ["DEEP_ARCHIVE", "STANDARD"]
    assert refusal(s3.get_object, Bucket=BUCKET, Key="big") == "InvalidObjectState"


def test_small_objects_move_too_where_the_bucket_says_so(emulator: Emulator, s3: Any) -> None:
    moves = [{"Days": 30, "StorageClass": "DEEP_ARCHIVE"}]
    _put(s3, _rule(Transitions=moves), TransitionDefaultMinimumObjectSize="varies_by_storage_class")
    s3.put_object(**_NAMED, Body=b"1")
    _wait(emulator, 32)
    assert _classes(s3, "receipts") == ["DEEP_ARCHIVE"]


def test_what_waits_for_its_replica_does_not_move(pair: Pair) -> None:
    pair.emulator.control("PUT", "durations", {"replication": {"seconds": 40 * _DAY}})
    pair.put(body=_BIG)
    _put(pair.source, _rule(Transitions=[{"Days": 30, "StorageClass": "STANDARD_IA"}]))
    pair.wait(35 * _DAY)
    assert _classes(pair.source, KEY) == ["STANDARD"]
    pair.wait(7 * _DAY)
    assert _classes(pair.source, KEY) == ["STANDARD_IA"]


def test_a_replica_is_as_old_as_its_source(pair: Pair) -> None:
    pair.emulator.control("PUT", "durations", {"replication": {"seconds": 5 * _DAY}})
    expire = {"Rules": [_rule(Expiration={"Days": 6})]}
    pair.archive.put_bucket_lifecycle_configuration(Bucket="strongroom-test-archive", LifecycleConfiguration=expire)
    pair.put()
    pair.wait(8 * _DAY)
    assert refusal(pair.archive.head_object, Bucket="strongroom-test-archive", Key=KEY) == "404"
    assert len(pair.replicas()) == 2


def test_an_upload_that_is_never_completed_is_given_up(emulator: Emulator, s3: Any) -> None:
    _put(s3, _rule(AbortIncompleteMultipartUpload={"DaysAfterInitiation": 7}))
    s3.create_multipart_upload(**_NAMED)
    _wait(emulator, 6)
    assert len(s3.list_multipart_uploads(Bucket=BUCKET)["Uploads"]) == 1
    _wait(emulator, 2.1)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=BUCKET)


def test_the_prefix_of_a_rule_of_the_older_form_counts(emulator: Emulator, s3: Any) -> None:
    older = {"ID": "older", "Status": "Enabled", "Prefix": "logs/", "Expiration": {"Days": 1}}
    _put(s3, older)
    for key in ("logs/1", "data/1"):
        s3.put_object(Bucket=BUCKET, Key=key, Body=b"1")
    _wait(emulator, 3)
    assert [one["Key"] for one in s3.list_objects_v2(Bucket=BUCKET)["Contents"]] == ["data/1"]


def test_events_tell_what_a_rule_did(pair: Pair) -> None:
    pair.source.delete_bucket_replication(Bucket=BUCKET)
    pair.listen("s3:LifecycleExpiration:*")
    _put(pair.source, _rule(Expiration={"Days": 1}, NoncurrentVersionExpiration={"NoncurrentDays": 1}))
    pair.put()
    pair.wait(5 * _DAY)
    names = [event["eventName"] for event in pair.heard()]
    # The second deletion is that of the delete marker, which is alone and a day old by then.
    assert names == ["LifecycleExpiration:DeleteMarkerCreated", *["LifecycleExpiration:Delete"] * 2]


def test_eventbridge_is_told_of_moves_and_of_ends(pair: Pair) -> None:
    pair.source.delete_bucket_replication(Bucket=BUCKET)
    url = pair.listen_on_the_bus("aws.s3")
    pair.source.put_bucket_notification_configuration(
        Bucket=BUCKET, NotificationConfiguration={"EventBridgeConfiguration": {}}
    )
    moves = [{"Days": 30, "StorageClass": "STANDARD_IA"}]
    _put(pair.source, _rule(Expiration={"Days": 40}, Transitions=moves))
    pair.put(body=_BIG)
    pair.heard_on(url)
    pair.wait(42 * _DAY)
    move, end = [(event["detail-type"], event["detail"]) for event in pair.heard_on(url)]
    assert (move[0], move[1]["destination-storage-class"]) == ("Object Storage Class Changed", "STANDARD_IA")
    assert (end[0], end[1]["reason"], end[1]["deletion-type"]) == (
        "Object Deleted",
        "Lifecycle Expiration",
        "Delete Marker Created",
    )


def test_rules_are_kept_over_a_crash(own_emulator: Emulator) -> None:
    s3 = own_emulator.client("s3")
    make_bucket(s3)
    _put(s3, _rule(Expiration={"Days": 10}))
    s3.put_object(**_NAMED, Body=b"1")
    own_emulator.crash()
    _wait(own_emulator, 12)
    assert refusal(own_emulator.client("s3").head_object, **_NAMED) == "404"


def test_ten_years_over_many_objects_cost_little(emulator: Emulator, s3: Any) -> None:
    _put(s3, _rule(Expiration={"Days": 3000}, NoncurrentVersionExpiration={"NoncurrentDays": 5}))
    for number in range(100):
        s3.put_object(Bucket=BUCKET, Key=f"receipts/{number}", Body=b"1")
    begun = time.monotonic()
    _wait(emulator, 2900)
    assert time.monotonic() - begun < 2
    _wait(emulator, 750)
    assert _versions(s3) == []
