from typing import Any

import pytest

from rehearsal.provider.errors import ProviderError
from rehearsal.provider.schema import TagChange, Update
from rehearsal.provider.types import s3_bucket_objectv2 as objects
from rehearsal.provider.types import s3_object_table as table
from rehearsal.provider.wire import Asset
from tests.rehearsal.provider.stubbed import REGION, World

AT: dict[str, Any] = {"Bucket": "b", "Key": "k"}
GIVEN: dict[str, Any] = {"bucket": "b", "key": "k", "tagsAll": {}}
KEY = f"arn:aws:kms:{REGION}:111111111111:key/1"
EARLY, LATE = "2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"content": "text"}, {"Body": b"text"}),
        ({"contentBase64": "dGV4dA=="}, {"Body": b"text"}),
        ({"source": Asset(hash="1", text="text")}, {"Body": b"text"}),
        ({}, {"Body": b""}),
        ({"tagsAll": {"a b": "1"}}, {"Body": b"", "Tagging": "a+b=1"}),
        ({"kmsKeyId": KEY}, {"Body": b"", "SSEKMSKeyId": KEY, "ServerSideEncryption": "aws:kms"}),
        (
            {"objectLockLegalHoldStatus": "ON"},
            {"Body": b"", "ObjectLockLegalHoldStatus": "ON", "ChecksumAlgorithm": "CRC32"},
        ),
        (
            {"objectLockLegalHoldStatus": "ON", "checksumAlgorithm": "SHA256"},
            {"Body": b"", "ObjectLockLegalHoldStatus": "ON", "ChecksumAlgorithm": "SHA256"},
        ),
    ],
)
def test_what_a_create_sends(given: dict[str, Any], sent: dict[str, Any]) -> None:
    world = World()
    world.expect("s3", "put_object", {**AT, **sent}, {})
    assert objects.create(world.context(), {**GIVEN, **given}) == "k"
    world.done()


def head(world: World, **more: Any) -> None:
    world.expect("s3", "head_object", AT, {"ETag": '"e"', **more})


@pytest.mark.parametrize(("default", "told"), [(KEY, None), (f"{KEY}2", KEY)])
def test_the_accounts_own_key_is_not_told(default: str, told: str | None) -> None:
    world = World()
    head(world, SSEKMSKeyId=KEY)
    described = {"KeyMetadata": {"KeyId": "1", "Arn": default}}
    world.expect("kms", "describe_key", {"KeyId": "alias/aws/s3"}, described)
    world.expect("s3", "get_object_tagging", AT, {"TagSet": []})
    read = objects.read(world.context(), "k", GIVEN)
    assert read["kmsKeyId"] == told
    assert read["etag"] == "e"
    assert read["storageClass"] == "STANDARD"


def test_fails_when_the_accounts_own_key_may_not_be_seen() -> None:
    world = World()
    head(world, SSEKMSKeyId=KEY)
    world.refuse("kms", "describe_key", "AccessDeniedException")
    with pytest.raises(ProviderError, match="describing default S3 KMS key"):
        objects.read(world.context(), "k", GIVEN)


def change(before: dict[str, Any], after: dict[str, Any], *names: str) -> Update:
    return Update(id="k", old={**GIVEN, **before}, new={**GIVEN, **after}, changed=frozenset(names))


@pytest.mark.parametrize(
    ("before", "after", "bypass"),
    [(LATE, EARLY, True), (EARLY, LATE, False), (None, EARLY, False), (EARLY, EARLY, False)],
)
def test_a_retention_is_shortened_with_the_bypass_and_prolonged_without(
    before: str | None, after: str, bypass: bool
) -> None:
    world = World()
    retention = {"Mode": "GOVERNANCE", "RetainUntilDate": after}
    more = {"BypassGovernanceRetention": True} if bypass else {}
    world.expect("s3", "put_object_retention", {**AT, "Retention": retention, **more}, {})
    new = {"objectLockMode": "GOVERNANCE", "objectLockRetainUntilDate": after}
    update = change({"objectLockRetainUntilDate": before}, new, "objectLockRetainUntilDate")
    objects.update(world.context(), update)
    world.done()


def test_a_retention_is_cleared_with_the_bypass() -> None:
    world = World()
    world.expect("s3", "put_object_retention", {**AT, "Retention": {}, "BypassGovernanceRetention": True}, {})
    objects.update(world.context(), change({"objectLockRetainUntilDate": LATE}, {}, "objectLockRetainUntilDate"))
    world.done()


def test_without_new_content_no_new_version_is_written() -> None:
    world = World()
    world.expect("s3", "put_object_acl", {**AT, "ACL": "private"}, {})
    world.expect("s3", "put_object_legal_hold", {**AT, "LegalHold": {"Status": "OFF"}}, {})
    objects.update(world.context(), change({}, {"acl": "private"}, "acl", "objectLockLegalHoldStatus"))
    world.done()


@pytest.mark.parametrize("name", sorted(table.CONTENT))
def test_new_content_writes_the_whole_object(name: str) -> None:
    world = World()
    world.expect("s3", "put_object", {**AT, "ACL": "private", "Body": b"new"}, {})
    objects.update(world.context(), change({}, {"content": "new", "acl": "private"}, name, "acl"))
    world.done()


def test_an_object_of_a_bucket_without_versions_is_deleted_once() -> None:
    world = World()
    world.expect("s3", "delete_object", AT, {})
    objects.delete(world.context(), "k", GIVEN)
    world.done()


def test_the_last_tag_is_taken_away_by_a_call_of_its_own() -> None:
    world = World()
    world.expect("s3", "get_object_tagging", AT, {"TagSet": [{"Key": "owner", "Value": "1"}]})
    world.expect("s3", "delete_object_tagging", AT, {})
    objects.tag(world.context(), TagChange(id="k", state=GIVEN, put={}, remove=["owner"]))
    world.done()


@pytest.mark.parametrize("text", ["b/path/k", "s3://b/path/k"])
def test_an_import_names_bucket_and_key(text: str) -> None:
    found = table.imported(text)
    assert found.id == "path/k"
    assert found.known == {"bucket": "b", "key": "path/k"}


@pytest.mark.parametrize("text", ["", "b", "b/", "/k"])
def test_fails_when_an_import_names_no_key(text: str) -> None:
    with pytest.raises(ProviderError, match="should be in format"):
        table.imported(text)
