from collections.abc import Generator
from typing import Any

import pytest

from rehearsal.provider.types import find
from tests.rehearsal.provider.driver import Driver, InputsRefusedError, Resource, driving
from tests.rehearsal.provider.fakes import clients

ARN = "arn:aws:iam::111111111111:role/r"
TARGET = "arn:aws:s3:::target"
SSE = {"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}]}
RULE = {"id": "r", "status": "Enabled"}

TYPES: dict[str, dict[str, Any]] = {
    "Bucket": {},
    "BucketLifecycleConfiguration": {"rules": [RULE]},
    "BucketMetric": {"name": "m"},
    "BucketNotification": {},
    "BucketObjectLockConfiguration": {},
    "BucketObjectv2": {"content": "1"},
    "BucketOwnershipControls": {"rule": {"objectOwnership": "BucketOwnerEnforced"}},
    "BucketPolicy": {"policy": "{}"},
    "BucketPublicAccessBlock": {},
    "BucketReplicationConfig": {
        "role": ARN,
        "rules": [{"status": "Enabled", "destination": {"bucket": TARGET}}],
    },
    "BucketServerSideEncryptionConfiguration": SSE,
    "BucketVersioning": {"versioningConfiguration": {"status": "Enabled"}},
}
"""Each type with the least that a program says of it, beside the bucket."""

OWNED = (
    "BucketLifecycleConfiguration",
    "BucketObjectLockConfiguration",
    "BucketServerSideEncryptionConfiguration",
    "BucketVersioning",
)


@pytest.fixture(scope="module")
def provider() -> Generator[Driver]:
    with driving(lambda _profile, _region: clients(), region="eu-west-2") as driver:
        yield driver


def token(kind: str) -> str:
    return f"aws:s3/{kind[0].lower()}{kind[1:]}:{kind}"


def made(provider: Driver, kind: str, given: dict[str, Any]) -> Resource:
    inputs = provider.check(token(kind), "r", given)
    return Resource(token(kind), "r", "id", inputs, inputs)


@pytest.mark.parametrize("kind", TYPES)
def test_another_bucket_or_region_replaces(provider: Driver, kind: str) -> None:
    given = {"bucket": "one", **TYPES[kind]}
    before = made(provider, kind, given)
    assert provider.diff(before, {**given, "bucket": "two"}).replaces == ["bucket"]
    assert provider.diff(before, {**given, "region": "eu-west-1"}).replaces == ["region"]
    assert provider.diff(before, given).diffs == []


@pytest.mark.parametrize("kind", OWNED)
def test_an_owner_named_later_replaces(provider: Driver, kind: str) -> None:
    given = {"bucket": "one", **TYPES[kind]}
    later = {**given, "expectedBucketOwner": "111111111111"}
    assert provider.diff(made(provider, kind, given), later).replaces == ["expectedBucketOwner"]


@pytest.mark.parametrize(
    ("kind", "name", "old", "new"),
    [
        ("Bucket", "objectLockEnabled", False, True),
        ("BucketObjectv2", "key", "a", "b"),
        ("BucketMetric", "name", "a", "b"),
    ],
)
def test_what_else_replaces(provider: Driver, kind: str, name: str, old: object, new: object) -> None:
    given = {"bucket": "one", **TYPES[kind], name: old}
    assert provider.diff(made(provider, kind, given), {**given, name: new}).replaces == [name]


@pytest.mark.parametrize(
    ("kind", "defaults"),
    [
        ("Bucket", {"forceDestroy": False}),
        ("BucketObjectLockConfiguration", {"objectLockEnabled": "Enabled"}),
        (
            "BucketPublicAccessBlock",
            dict.fromkeys(("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), False),
        ),
        ("BucketNotification", {"eventbridge": False}),
    ],
)
def test_check_fills_in_the_defaults(provider: Driver, kind: str, defaults: dict[str, Any]) -> None:
    inputs = provider.check(token(kind), "r", {"bucket": "one", **TYPES[kind]})
    assert {name: inputs[name] for name in inputs["__defaults"] if name != "region"} == defaults


def test_an_unnamed_bucket_is_named_in_lower_case_after_its_resource(provider: Driver) -> None:
    assert provider.check("aws:s3/bucket:Bucket", "Exports", {})["bucket"].startswith("exports-")


def test_an_unnamed_object_is_named_exactly_after_its_resource(provider: Driver) -> None:
    assert provider.check("aws:s3/bucketObjectv2:BucketObjectv2", "Manifest", {"bucket": "one"})["key"] == "Manifest"


def test_the_content_of_an_object_moves_its_version(provider: Driver) -> None:
    given = {"bucket": "one", "content": "1", "acl": "private"}
    before = made(provider, "BucketObjectv2", given)
    assert provider.diff(before, {**given, "content": "2"}).diffs == ["content"]
    table = find(token("BucketObjectv2"))
    assert table is not None
    assert "content" in table.outputs["versionId"].changes_with
    assert "acl" not in table.outputs["versionId"].changes_with


def lifecycle(**more: object) -> dict[str, Any]:
    return {"rules": [{**RULE, **more}]}


def replication(**more: object) -> dict[str, Any]:
    return {"role": ARN, "rules": [{"status": "Enabled", "destination": {"bucket": TARGET}, **more}]}


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        ("Bucket", {"bucket": "Upper"}, "only 3 to 63 lowercase"),
        ("Bucket", {"bucket": "ab"}, "only 3 to 63 lowercase"),
        ("Bucket", {"bucket": "10.0.0.1"}, "only 3 to 63 lowercase"),
        ("Bucket", {"versioning": {"enabled": True}}, "unknown property 'versioning'"),
        ("BucketVersioning", {"versioningConfiguration": {"status": "On"}}, "to be one of"),
        ("BucketVersioning", {"expectedBucketOwner": "1"}, "twelve digits"),
        ("BucketPolicy", {"policy": "no json"}, "invalid JSON"),
        ("BucketObjectLockConfiguration", {"objectLockEnabled": "Disabled"}, "to be one of"),
        (
            "BucketObjectLockConfiguration",
            {"rule": {"defaultRetention": {"mode": "GOVERNANCE", "days": 1, "years": 1}}},
            "conflicts with",
        ),
        ("BucketLifecycleConfiguration", {"rules": []}, "expected length"),
        ("BucketLifecycleConfiguration", lifecycle(status="On"), "to be one of"),
        ("BucketLifecycleConfiguration", lifecycle(prefix="a", filter={"prefix": "a"}), "conflicts with filter"),
        (
            "BucketLifecycleConfiguration",
            lifecycle(filter={"prefix": "a", "objectSizeLessThan": 1}),
            "expected at most one of",
        ),
        (
            "BucketLifecycleConfiguration",
            lifecycle(transitions=[{"storageClass": "GLACIER"}]),
            "exactly one of date and days",
        ),
        (
            "BucketLifecycleConfiguration",
            lifecycle(noncurrentVersionExpiration={"noncurrentDays": 0}),
            "at least",
        ),
        ("BucketReplicationConfig", replication(destination={"bucket": "target"}), "invalid ARN"),
        (
            "BucketReplicationConfig",
            replication(
                destination={"bucket": TARGET, "replicationTime": {"status": "Enabled", "time": {"minutes": 5}}}
            ),
            "expected 15",
        ),
        ("BucketReplicationConfig", {"rules": []}, "expected length"),
        ("BucketMetric", {"filter": {}}, "at least one of"),
        ("BucketMetric", {"name": "m" * 65}, "expected length"),
        ("BucketObjectv2", {"contentBase64": "MQ=="}, "conflicts with"),
        ("BucketObjectv2", {"metadata": {"Upper": "1"}}, "metadata must be lowercase only"),
        ("BucketObjectv2", {"objectLockRetainUntilDate": "soon"}, "RFC 3339"),
    ],
)
def test_fails_when_a_value_is_not_allowed(provider: Driver, kind: str, given: dict[str, Any], says: str) -> None:
    with pytest.raises(InputsRefusedError, match=says):
        provider.check(token(kind), "r", {"bucket": "one", **TYPES[kind], **given})


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("Bucket", {"bucket": "abc"}),
        ("Bucket", {"bucket": "a" * 63}),
        ("BucketMetric", {"name": "m" * 64}),
        ("BucketLifecycleConfiguration", lifecycle(noncurrentVersionExpiration={"noncurrentDays": 1})),
        ("BucketLifecycleConfiguration", lifecycle(transitions=[{"storageClass": "GLACIER", "days": 0}])),
    ],
)
def test_the_last_allowed_value_is_allowed(provider: Driver, kind: str, given: dict[str, Any]) -> None:
    assert provider.check(token(kind), "r", {"bucket": "one", **TYPES[kind], **given})


@pytest.mark.parametrize("status", ["Enabled", "Suspended"])
def test_fails_when_versioning_is_to_be_undone(provider: Driver, status: str) -> None:
    given = {"bucket": "one", "versioningConfiguration": {"status": status}}
    before = made(provider, "BucketVersioning", given)
    with pytest.raises(Exception, match=f"cannot be updated from '{status}' to 'Disabled'"):
        provider.diff(before, {**given, "versioningConfiguration": {"status": "Disabled"}})
