from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal.provider.errors import ProviderError
from rehearsal.provider.schema import TagChange
from rehearsal.provider.types import s3_bucket, s3_bucket_reading
from tests.rehearsal.provider.stubbed import REGION, World

NAME = "strongroom-prod-exports"
TAGS = {"owner": "platform"}
TAG_SET = [{"Key": "owner", "Value": "platform"}]
MADE: dict[str, Any] = {
    "Bucket": NAME,
    "ACL": "private",
    "CreateBucketConfiguration": {"LocationConstraint": REGION},
}
NO_TAGS_ALLOWED = "user u is not authorized to perform: s3:TagResource on resource"
PARTS = (
    ("get_bucket_policy", "policy"),
    ("get_bucket_acl", "ACL"),
    ("get_bucket_cors", "CORS configuration"),
    ("get_bucket_website", "website"),
    ("get_bucket_versioning", "versioning"),
    ("get_bucket_accelerate_configuration", "accelerate status"),
    ("get_bucket_request_payment", "request payment"),
    ("get_bucket_logging", "logging"),
    ("get_bucket_lifecycle_configuration", "lifecycle configuration"),
    ("get_bucket_replication", "replication configuration"),
    ("get_bucket_encryption", "server-side encryption configuration"),
    ("get_object_lock_configuration", "object lock configuration"),
)
"""The calls of a read in their order, and what an error calls them."""


def test_a_create_sends_tags_and_lock_and_waits_for_a_competing_change() -> None:
    world = World()
    world.refuse("s3", "create_bucket", "OperationAborted", status=409)
    place = {"LocationConstraint": REGION, "Tags": TAG_SET}
    world.expect(
        "s3", "create_bucket", {**MADE, "CreateBucketConfiguration": place, "ObjectLockEnabledForBucket": True}, {}
    )
    given = {"bucket": NAME, "tagsAll": TAGS, "objectLockEnabled": True}
    assert s3_bucket.create(world.context(), given) == NAME
    world.done()


def test_a_role_that_may_not_tag_makes_the_bucket_and_tags_it_afterwards() -> None:
    world = World()
    world.refuse("s3", "create_bucket", "AccessDenied", NO_TAGS_ALLOWED, 403)
    world.expect("s3", "create_bucket", MADE, {})
    given = {"bucket": NAME, "tagsAll": TAGS}
    s3_bucket.create(world.context(), given)
    world.refuse("s3", "head_bucket", "404", status=404)
    world.expect("s3", "head_bucket", {"Bucket": NAME}, {})
    world.refuse("s3", "get_bucket_tagging", "NoSuchTagSet", status=404)
    world.expect("s3", "put_bucket_tagging", {"Bucket": NAME, "Tagging": {"TagSet": TAG_SET}}, {})
    s3_bucket.settle(world.context(), NAME, given)
    world.done()


def test_fails_when_a_create_is_denied_for_another_reason() -> None:
    world = World()
    world.refuse("s3", "create_bucket", "AccessDenied", "no", 403)
    with pytest.raises(ClientError):
        s3_bucket.create(world.context(), {"bucket": NAME, "tagsAll": TAGS})
    world.done()


def test_fails_when_the_bucket_is_there_already_in_the_first_region() -> None:
    world = World()
    world.expect("s3", "head_bucket", {"Bucket": NAME}, {}, region="us-east-1")
    with pytest.raises(ProviderError, match="BucketAlreadyExists"):
        s3_bucket.create(world.context("us-east-1"), {"bucket": NAME, "tagsAll": {}})


def read(world: World, *, denied: str | None = None) -> dict[str, Any]:
    world.expect("s3", "head_bucket", {"Bucket": NAME}, {})
    for method, _name in PARTS:
        if method == denied:
            world.refuse("s3", method, "AccessDenied", status=403)
            break
        world.refuse("s3", method, "NotImplemented", status=501)
    world.expect("s3", "head_bucket", {"Bucket": NAME}, {"BucketRegion": REGION})
    world.refuse("s3", "get_bucket_tagging", "NoSuchTagSet", status=404)
    return s3_bucket_reading.read(world.context(), NAME, {})


def test_a_read_asks_in_the_real_providers_order_and_bears_what_is_not_there() -> None:
    world = World()
    found = read(world)
    assert found["bucketRegion"] == REGION
    assert found["objectLockEnabled"] is False
    assert found["tagsAll"] == {}
    world.done()


@pytest.mark.parametrize(("method", "name"), PARTS)
def test_one_denied_call_fails_the_whole_read(method: str, name: str) -> None:
    with pytest.raises(ProviderError, match=rf"reading S3 Bucket \({NAME}\) {name}: .*AccessDenied"):
        read(World(), denied=method)


def test_a_part_is_asked_again_while_a_new_bucket_is_not_visible() -> None:
    world = World()
    world.expect("s3", "head_bucket", {"Bucket": NAME}, {})
    world.refuse("s3", "get_bucket_policy", "NoSuchBucket", status=404)
    world.expect("s3", "get_bucket_policy", {"Bucket": NAME}, {"Policy": "{}"})
    world.refuse("s3", "get_bucket_acl", "AccessDenied", status=403)
    with pytest.raises(ProviderError, match="ACL"):
        s3_bucket_reading.read(world.context(), NAME, {})
    assert world.clock.slept == [0.1]


def test_tags_of_others_stay_when_tags_change() -> None:
    world = World()
    now = [{"Key": "owner", "Value": "old"}, {"Key": "theirs", "Value": "1"}, {"Key": "gone", "Value": "1"}]
    world.expect("s3", "get_bucket_tagging", {"Bucket": NAME}, {"TagSet": now})
    left = [{"Key": "owner", "Value": "platform"}, {"Key": "theirs", "Value": "1"}]
    world.expect("s3", "put_bucket_tagging", {"Bucket": NAME, "Tagging": {"TagSet": left}}, {})
    s3_bucket.tag(world.context(), TagChange(id=NAME, state={}, put=TAGS, remove=["gone"]))
    world.done()


def test_the_last_tag_is_taken_away_by_a_call_of_its_own() -> None:
    world = World()
    world.expect("s3", "get_bucket_tagging", {"Bucket": NAME}, {"TagSet": TAG_SET})
    world.expect("s3", "delete_bucket_tagging", {"Bucket": NAME}, {})
    s3_bucket.tag(world.context(), TagChange(id=NAME, state={}, put={}, remove=["owner"]))
    world.done()


def test_a_delete_waits_until_the_bucket_is_no_longer_seen() -> None:
    world = World()
    world.expect("s3", "delete_bucket", {"Bucket": NAME}, {})
    world.expect("s3", "head_bucket", {"Bucket": NAME}, {})
    world.refuse("s3", "head_bucket", "404", status=404)
    s3_bucket.delete(world.context(), NAME, {})
    assert world.clock.slept == [0.1]
    world.done()


@pytest.mark.parametrize("force", [False, None])
def test_fails_when_the_bucket_is_full_and_nothing_allows_to_empty_it(force: bool | None) -> None:
    world = World()
    world.refuse("s3", "delete_bucket", "BucketNotEmpty", status=409)
    with pytest.raises(ClientError):
        s3_bucket.delete(world.context(), NAME, {"forceDestroy": force})


@pytest.mark.parametrize(
    ("state", "bypass"),
    [
        ({"objectLockConfiguration": {"objectLockEnabled": "Enabled"}}, {"BypassGovernanceRetention": True}),
        ({"objectLockEnabled": True}, {}),
    ],
)
def test_the_bypass_is_sent_only_when_the_state_knows_the_lock(state: dict[str, Any], bypass: dict[str, Any]) -> None:
    world = World()
    world.refuse("s3", "delete_bucket", "BucketNotEmpty", status=409)
    world.expect("s3", "list_object_versions", {"Bucket": NAME}, {"Versions": [{"Key": "k", "VersionId": "1"}]})
    objects = {"Quiet": True, "Objects": [{"Key": "k", "VersionId": "1"}]}
    world.expect("s3", "delete_objects", {"Bucket": NAME, "Delete": objects, **bypass}, {})
    world.expect("s3", "list_object_versions", {"Bucket": NAME}, {})
    world.expect("s3", "delete_bucket", {"Bucket": NAME}, {})
    world.refuse("s3", "head_bucket", "404", status=404)
    s3_bucket.delete(world.context(), NAME, {"forceDestroy": True, **state})
    world.done()
