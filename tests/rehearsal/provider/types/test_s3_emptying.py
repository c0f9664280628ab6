from typing import Any

import pytest

from rehearsal.provider.errors import ProviderError
from rehearsal.provider.types.s3_emptying import delete_versions_of_key, empty_bucket
from tests.rehearsal.provider.stubbed import REGION, World

BUCKET = "archive"
ONE = {"Key": "k", "VersionId": "1"}
BYPASS = {"BypassGovernanceRetention": True}
DENIED = {"Errors": [{**ONE, "Code": "AccessDenied", "Message": "locked"}]}


def delete_objects(world: World, answer: dict[str, Any], **more: Any) -> None:
    sent = {"Bucket": BUCKET, "Delete": {"Quiet": True, "Objects": [ONE]}, **more}
    world.expect("s3", "delete_objects", sent, answer)


def empty(world: World, *, locked: bool) -> None:
    empty_bucket(world.client("s3", REGION), BUCKET, locked=locked)
    world.done()


def test_versions_go_first_and_delete_markers_in_a_second_pass_without_the_bypass() -> None:
    world = World()
    page = {"Versions": [ONE], "DeleteMarkers": [ONE]}
    world.expect("s3", "list_object_versions", {"Bucket": BUCKET}, page)
    delete_objects(world, {}, **BYPASS)
    world.expect("s3", "list_object_versions", {"Bucket": BUCKET}, page)
    delete_objects(world, {})
    empty(world, locked=True)


def test_all_pages_are_emptied_and_what_is_gone_already_does_not_count() -> None:
    world = World()
    more = {"IsTruncated": True, "NextKeyMarker": "k", "NextVersionIdMarker": "1", "Versions": [ONE]}
    world.expect("s3", "list_object_versions", {"Bucket": BUCKET}, more)
    delete_objects(world, {"Errors": [{**ONE, "Code": "NoSuchKey"}]})
    world.expect(
        "s3",
        "list_object_versions",
        {"Bucket": BUCKET, "KeyMarker": "k", "VersionIdMarker": "1"},
        {"Versions": [ONE]},
    )
    delete_objects(world, {})
    world.expect("s3", "list_object_versions", {"Bucket": BUCKET}, {})
    empty(world, locked=False)


def test_a_denied_version_loses_its_hold_and_is_tried_once_more_without_the_bypass() -> None:
    world = World()
    world.expect("s3", "list_object_versions", {"Bucket": BUCKET}, {"Versions": [ONE]})
    delete_objects(world, DENIED, **BYPASS)
    world.expect("s3", "put_object_legal_hold", {"Bucket": BUCKET, **ONE, "LegalHold": {"Status": "OFF"}}, {})
    world.expect("s3", "delete_object", {"Bucket": BUCKET, **ONE}, {})
    world.expect("s3", "list_object_versions", {"Bucket": BUCKET}, {})
    empty(world, locked=True)


def test_fails_when_the_second_try_is_denied_too() -> None:
    world = World()
    world.expect("s3", "list_object_versions", {"Bucket": BUCKET}, {"Versions": [ONE]})
    delete_objects(world, DENIED, **BYPASS)
    world.expect("s3", "put_object_legal_hold", {"Bucket": BUCKET, **ONE, "LegalHold": {"Status": "OFF"}}, {})
    world.refuse("s3", "delete_object", "AccessDenied", status=403)
    with pytest.raises(ProviderError, match=r"emptying S3 Bucket \(archive\): .* object versions: .*AccessDenied"):
        empty(world, locked=True)


def test_fails_when_a_version_is_denied_and_no_lock_is_known() -> None:
    world = World()
    world.expect("s3", "list_object_versions", {"Bucket": BUCKET}, {"Versions": [ONE]})
    delete_objects(world, DENIED)
    with pytest.raises(ProviderError, match="AccessDenied: locked"):
        empty(world, locked=False)


def of_key(world: World, kind: str) -> None:
    found = {kind: [ONE, {"Key": "k2", "VersionId": "9"}]}
    world.expect("s3", "list_object_versions", {"Bucket": BUCKET, "Prefix": "k"}, found)


@pytest.mark.parametrize(("force", "more"), [(False, {}), (True, BYPASS)])
def test_all_versions_and_markers_of_one_key_go_and_none_of_another(force: bool, more: dict[str, Any]) -> None:
    world = World()
    for kind in ("Versions", "DeleteMarkers"):
        of_key(world, kind)
        world.expect("s3", "delete_object", {"Bucket": BUCKET, **ONE, **more}, {})
    delete_versions_of_key(world.client("s3", REGION), BUCKET, "k", force=force)
    world.done()


def test_force_lifts_the_legal_hold_of_a_version() -> None:
    world = World()
    of_key(world, "Versions")
    world.refuse("s3", "delete_object", "AccessDenied", status=403)
    world.expect("s3", "head_object", {"Bucket": BUCKET, **ONE}, {"ObjectLockLegalHoldStatus": "ON"})
    world.expect("s3", "put_object_legal_hold", {"Bucket": BUCKET, **ONE, "LegalHold": {"Status": "OFF"}}, {})
    world.expect("s3", "delete_object", {"Bucket": BUCKET, **ONE, **BYPASS}, {})
    world.expect("s3", "list_object_versions", {"Bucket": BUCKET, "Prefix": "k"}, {})
    delete_versions_of_key(world.client("s3", REGION), BUCKET, "k", force=True)
    world.done()


def test_fails_when_a_version_of_a_key_is_kept() -> None:
    world = World()
    of_key(world, "Versions")
    world.refuse("s3", "delete_object", "AccessDenied", status=403)
    with pytest.raises(ProviderError, match=r"deleting at least one S3 Object version, last error: .*AccessDenied"):
        delete_versions_of_key(world.client("s3", REGION), BUCKET, "k", force=False)
