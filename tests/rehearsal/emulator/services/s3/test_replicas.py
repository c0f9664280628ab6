from typing import Any

import pytest

from tests.emulator_process import BACKUP, Emulator
from tests.rehearsal.emulator.services.asking import BUCKET, make_bucket, policy
from tests.rehearsal.emulator.services.s3.replicating import ARCHIVE, KEY, ROLE, Pair, destination, rule

pytestmark = pytest.mark.emulator

_SECOND = "strongroom-test-second"


def _slowly(pair: Pair, seconds: float = 60) -> None:
    pair.emulator.control("PUT", "durations", {"replication": {"seconds": seconds}})


def test_a_replica_has_the_version_id_the_time_the_content_and_the_metadata_of_its_source(pair: Pair) -> None:
    version_id = pair.put(Metadata={"made-by": "export"}, ContentType="text/plain", Tagging="tier=gold")
    replica = pair.archive.get_object(Bucket=ARCHIVE, Key=KEY, VersionId=version_id)
    source = pair.source.head_object(Bucket=BUCKET, Key=KEY)
    assert replica["Body"].read() == b"receipts"
    assert (replica["ReplicationStatus"], source["ReplicationStatus"]) == ("REPLICA", "COMPLETED")
    assert [replica[name] for name in ("LastModified", "ETag", "Metadata", "ContentType")] == [
        source[name] for name in ("LastModified", "ETag", "Metadata", "ContentType")
    ]
    tags = pair.archive.get_object_tagging(Bucket=ARCHIVE, Key=KEY)["TagSet"]
    assert tags == [{"Key": "tier", "Value": "gold"}]


def test_an_object_is_pending_until_its_replica_is_there(pair: Pair) -> None:
    _slowly(pair)
    version_id = pair.put()
    assert (pair.status(), pair.replicas()) == ("PENDING", [])
    pair.wait(59)
    assert pair.status(VersionId=version_id) == "PENDING"
    pair.wait(2)
    assert (pair.status(), pair.replicas()) == ("COMPLETED", [(KEY, version_id)])


def test_a_multipart_upload_is_replicated_with_its_tags(pair: Pair) -> None:
    pair.replicate(rule(Filter={"Tag": {"Key": "tier", "Value": "gold"}}))
    upload = pair.source.create_multipart_upload(Bucket=BUCKET, Key=KEY, Tagging="tier=gold")["UploadId"]
    named = {"Bucket": BUCKET, "Key": KEY, "UploadId": upload}
    part = pair.source.upload_part(**named, PartNumber=1, Body=b"receipts")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    version_id = pair.source.complete_multipart_upload(**named, MultipartUpload=parts)["VersionId"]
    assert pair.replicas() == [(KEY, version_id)]


@pytest.mark.parametrize(
    ("chosen", "key", "tagging", "replicated"),
    [
        ({"Prefix": "exports/"}, KEY, "", True),
        ({"Prefix": "exports/"}, "other/part-1", "", False),
        ({"Tag": {"Key": "tier", "Value": "gold"}}, KEY, "tier=gold", True),
        ({"Tag": {"Key": "tier", "Value": "gold"}}, KEY, "tier=lead", False),
        ({"And": {"Prefix": "exports/", "Tags": [{"Key": "a", "Value": "1"}]}}, KEY, "a=1&b=2", True),
        ({"And": {"Prefix": "exports/", "Tags": [{"Key": "a", "Value": "1"}]}}, "other/part-1", "a=1", False),
        ({"And": {"Prefix": "exports/", "Tags": [{"Key": "a", "Value": "1"}]}}, KEY, "b=2", False),
    ],
)
def test_a_rule_replicates_what_its_filter_chooses(
    pair: Pair, chosen: dict[str, Any], key: str, tagging: str, replicated: bool
) -> None:
    pair.replicate(rule(Filter=chosen))
    pair.put(key, Tagging=tagging)
    assert (pair.status(key) is not None) is replicated
    assert bool(pair.replicas()) is replicated


def test_each_destination_gets_a_replica_by_its_rule_of_the_highest_priority(pair: Pair) -> None:
    make_bucket(pair.source, _SECOND)
    pair.replicate(
        rule(ID="low", Priority=1, Destination=destination(StorageClass="GLACIER")),
        rule(ID="high", Priority=7, Destination=destination(StorageClass="STANDARD_IA")),
        rule(ID="second", Priority=3, Destination=destination(_SECOND)),
    )
    version_id = pair.put()
    assert pair.archive.head_object(Bucket=ARCHIVE, Key=KEY)["StorageClass"] == "STANDARD_IA"
    assert pair.replicas(_SECOND, pair.source) == [(KEY, version_id)]


def test_one_failed_destination_makes_the_source_failed(pair: Pair) -> None:
    make_bucket(pair.source, _SECOND)
    pair.replicate(rule(), rule(ID="second", Priority=3, Destination=destination(_SECOND)))
    pair.let_in("s3:ReplicateTags")
    pair.put()
    assert pair.status() == "FAILED"
    assert len(pair.replicas(_SECOND, pair.source)) == 1


def test_what_was_there_before_the_rule_is_not_replicated(pair: Pair) -> None:
    pair.source.delete_bucket_replication(Bucket=BUCKET)
    pair.put()
    pair.replicate()
    assert (pair.status(), pair.replicas()) == (None, [])


def test_a_replica_is_not_replicated_on(pair: Pair) -> None:
    make_bucket(pair.source, _SECOND)
    third = {"Role": ROLE, "Rules": [rule(Destination=destination(_SECOND))]}
    pair.archive.put_bucket_replication(Bucket=ARCHIVE, ReplicationConfiguration=third)
    pair.put()
    assert len(pair.replicas()) == 1
    assert pair.replicas(_SECOND, pair.source) == []


def test_an_archived_object_is_not_replicated(pair: Pair) -> None:
    pair.put(StorageClass="DEEP_ARCHIVE")
    assert (pair.status(), pair.replicas()) == (None, [])


@pytest.mark.parametrize(("word", "replicated"), [("Enabled", True), ("Disabled", False)])
def test_a_delete_marker_is_replicated_when_the_rule_says_so(pair: Pair, word: str, replicated: bool) -> None:
    pair.replicate(rule(DeleteMarkerReplication={"Status": word}))
    version_id = pair.put()
    marker = pair.source.delete_object(Bucket=BUCKET, Key=KEY)["VersionId"]
    assert pair.replicas() == [*([(KEY, marker)] if replicated else []), (KEY, version_id)]


def test_the_deletion_of_a_version_is_never_replicated(pair: Pair) -> None:
    pair.replicate(rule(DeleteMarkerReplication={"Status": "Enabled"}))
    version_id = pair.put()
    assert pair.replicas() == [(KEY, version_id)]
    pair.source.delete_object(Bucket=BUCKET, Key=KEY, VersionId=version_id)
    assert pair.replicas() == [(KEY, version_id)]


def test_what_a_lifecycle_rule_does_is_not_replicated(pair: Pair) -> None:
    pair.replicate(rule(DeleteMarkerReplication={"Status": "Enabled"}))
    version_id = pair.put()
    expire = {"ID": "all", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}
    pair.source.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [expire]})
    pair.wait(3 * 86400)
    assert "DeleteMarkers" in pair.source.list_object_versions(Bucket=BUCKET)
    assert pair.replicas() == [(KEY, version_id)]


def test_versions_keep_their_order_when_the_older_arrives_later(pair: Pair) -> None:
    _slowly(pair)
    first = pair.put()
    _slowly(pair, 5)
    second = pair.put()
    pair.wait(120)
    assert pair.replicas() == [(KEY, second), (KEY, first)]
    assert pair.archive.head_object(Bucket=ARCHIVE, Key=KEY)["VersionId"] == second


def test_a_replica_can_be_ordered_to_fail_or_to_come_late_or_never(pair: Pair) -> None:
    for key, order in {
        "failing": {"ends": "FAILED", "message": "DstPutObjectNotPermitted"},
        "late": {"ends": "COMPLETED", "after_seconds": 90},
        "never": {"ends": "NEVER"},
    }.items():
        pair.emulator.control("POST", "orders", {"job": "replication", "resource": key, **order})
        pair.put(key)
    assert [pair.status(key) for key in ("failing", "late", "never")] == ["FAILED", "PENDING", "PENDING"]
    pair.wait(100)
    assert [pair.status(key) for key in ("failing", "late", "never")] == ["FAILED", "COMPLETED", "PENDING"]


def test_an_object_waits_for_a_region_that_is_down(pair: Pair) -> None:
    west = "eu-west-1"
    far = pair.emulator.client("s3", account=BACKUP, region=west)
    far.create_bucket(Bucket=_SECOND, CreateBucketConfiguration={"LocationConstraint": west})
    far.put_bucket_versioning(Bucket=_SECOND, VersioningConfiguration={"Status": "Enabled"})
    let = policy(Principal={"AWS": ROLE}, Action="s3:Replicate*", Resource=f"arn:aws:s3:::{_SECOND}/*")
    far.put_bucket_policy(Bucket=_SECOND, Policy=let)
    pair.replicate(rule(Destination=destination(_SECOND)))
    pair.emulator.control("POST", "orders", {"down": west})
    pair.put()
    pair.wait(3600)
    assert pair.status() == "PENDING"
    pair.emulator.control("DELETE", "orders")
    pair.wait(3600)
    assert pair.status() == "COMPLETED"


def test_retention_of_the_source_wins_over_the_default_of_the_destination(locked_pair: Pair) -> None:
    default = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 30}}}
    locked_pair.archive.put_object_lock_configuration(Bucket=ARCHIVE, ObjectLockConfiguration=default)
    locked_pair.put("with", ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate="2099-01-01T00:00:00Z")
    locked_pair.put("without")
    own = locked_pair.archive.get_object_retention(Bucket=ARCHIVE, Key="with")["Retention"]
    given = locked_pair.archive.get_object_retention(Bucket=ARCHIVE, Key="without")["Retention"]
    assert (own["Mode"], own["RetainUntilDate"].year) == ("GOVERNANCE", 2099)
    assert given["Mode"] == "COMPLIANCE"


def test_a_bucket_without_lock_fills_a_locked_one_that_has_a_default(pair: Pair) -> None:
    default = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 30}}}
    pair.archive.put_object_lock_configuration(Bucket=ARCHIVE, ObjectLockConfiguration=default)
    pair.put()
    assert pair.archive.get_object_retention(Bucket=ARCHIVE, Key=KEY)["Retention"]["Mode"] == "COMPLIANCE"


def test_what_waits_is_replicated_after_a_crash(own_emulator: Emulator) -> None:
    pair = Pair(own_emulator)
    pair.make()
    pair.replicate()
    _slowly(pair)
    version_id = pair.put()
    own_emulator.crash()
    pair = Pair(own_emulator)
    assert pair.status() == "PENDING"
    pair.wait(61)
    assert (pair.status(), pair.replicas()) == ("COMPLETED", [(KEY, version_id)])
