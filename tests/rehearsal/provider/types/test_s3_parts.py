import pytest
from botocore.exceptions import ClientError

from rehearsal.provider.errors import ProviderError, codes
from rehearsal.provider.schema import Update
from rehearsal.provider.types import (
    s3_bucket_object_lock_configuration,
    s3_bucket_ownership_controls,
    s3_bucket_policy,
    s3_bucket_public_access_block,
    s3_bucket_replication_config,
    s3_bucket_server_side_encryption_configuration,
    s3_bucket_versioning,
    s3_parts,
)
from tests.rehearsal.provider.fakes import client_error
from tests.rehearsal.provider.stubbed import World

OWNER = "111111111111"
MALFORMED = "Invalid principal in policy"
LOCKED = "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed."
NOT_VERSIONED = "Versioning must be 'Enabled' on the bucket to apply a replication configuration"
REPLICATION = {
    "bucket": "b",
    "role": "arn:aws:iam::111111111111:role/r",
    "rules": [{"status": "Enabled", "destination": {"bucket": "arn:aws:s3:::t"}}],
}


def test_the_owner_is_part_of_the_id_and_of_every_call() -> None:
    inputs = {"bucket": "b", "expectedBucketOwner": OWNER}
    resource_id = s3_parts.part_id(inputs)
    assert resource_id == f"b,{OWNER}"
    assert s3_parts.addressed(resource_id) == {"Bucket": "b", "ExpectedBucketOwner": OWNER}
    assert s3_parts.named(resource_id) == inputs
    assert s3_parts.owned_import(resource_id).known == inputs


def test_without_an_owner_the_id_is_the_bucket() -> None:
    assert s3_parts.part_id({"bucket": "b"}) == "b"
    assert s3_parts.addressed("b") == {"Bucket": "b"}


@pytest.mark.parametrize("text", ["", ",", "b,", f"b,{OWNER},more"])
def test_fails_when_an_import_id_has_another_form(text: str) -> None:
    with pytest.raises(ProviderError, match="unexpected format for ID"):
        s3_parts.owned_import(text)


def test_fails_when_what_was_deleted_stays() -> None:
    world = World()
    with pytest.raises(ProviderError, match="timeout while waiting"):
        s3_parts.until_gone(world.context(), codes("NoSuchThing"), lambda: None)
    assert world.clock.now >= s3_parts.PROPAGATION


def test_versioning_that_is_disabled_writes_nothing_and_deletes_nothing() -> None:
    world = World()
    disabled = {"bucket": "b", "versioningConfiguration": {"status": "Disabled"}}
    assert s3_bucket_versioning.create(world.context(), disabled) == "b"
    s3_bucket_versioning.delete(world.context(), "b", disabled)
    world.done()


def test_versioning_is_read_until_three_answers_in_a_row_agree() -> None:
    world = World()
    for status in ("Suspended", "Enabled", "Enabled", "Enabled"):
        world.expect("s3", "get_bucket_versioning", {"Bucket": "b"}, {"Status": status})
    read = s3_bucket_versioning.read(world.context(), "b", {})
    assert read["versioningConfiguration"] == {"status": "Enabled"}
    assert world.clock.slept == [1.0, 1.0, 1.0]
    world.done()


def test_a_bucket_that_never_had_versioning_reads_as_disabled() -> None:
    world = World()
    for _ in range(3):
        world.expect("s3", "get_bucket_versioning", {"Bucket": "b"}, {})
    assert s3_bucket_versioning.read(world.context(), "b", {})["versioningConfiguration"] == {"status": "Disabled"}


@pytest.mark.parametrize(
    ("code", "message", "done"),
    [("InvalidBucketState", LOCKED, True), ("InvalidBucketState", "other", False), ("NoSuchBucket", "no", True)],
)
def test_a_lock_that_refuses_the_suspension_counts_as_done(code: str, message: str, done: bool) -> None:
    assert s3_bucket_versioning.ignored(client_error(code, message)) is done


def test_the_mfa_code_goes_along() -> None:
    world = World()
    configuration = {"Status": "Enabled", "MFADelete": "Enabled"}
    world.expect(
        "s3",
        "put_bucket_versioning",
        {"Bucket": "b", "MFA": "serial 123456", "VersioningConfiguration": configuration},
        {},
    )
    asked = {"status": "Enabled", "mfaDelete": "Enabled"}
    s3_bucket_versioning.create(
        world.context(), {"bucket": "b", "mfa": "serial 123456", "versioningConfiguration": asked}
    )
    world.done()


def test_a_policy_with_a_principal_not_yet_known_heals() -> None:
    world = World()
    world.refuse("s3", "put_bucket_policy", "MalformedPolicy", MALFORMED)
    world.expect("s3", "put_bucket_policy", {"Bucket": "b", "Policy": '{"a":1}'}, {})
    s3_bucket_policy.create(world.context(), {"bucket": "b", "policy": '{ "a": 1 }'})
    world.done()


def test_fails_when_a_principal_never_comes_after_two_minutes() -> None:
    world = World()
    for _ in range(30):
        world.refuse("s3", "put_bucket_policy", "MalformedPolicy", MALFORMED)
    with pytest.raises(ProviderError, match=r"putting S3 Bucket \(b\) Policy: .*MalformedPolicy: Invalid principal"):
        s3_bucket_policy.create(world.context(), {"bucket": "b", "policy": "{}"})
    assert 120 <= world.clock.now < 140


def test_fails_at_once_when_a_public_policy_is_blocked() -> None:
    world = World()
    world.refuse("s3", "put_bucket_policy", "AccessDenied", "public", 403)
    with pytest.raises(ProviderError, match="AccessDenied"):
        s3_bucket_policy.create(world.context(), {"bucket": "b", "policy": "{}"})
    assert world.clock.slept == []


def test_encryption_always_says_whether_there_is_a_bucket_key_and_waits_for_a_competing_change() -> None:
    world = World()
    world.refuse("s3", "put_bucket_encryption", "OperationAborted", status=409)
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}
    world.expect(
        "s3", "put_bucket_encryption", {"Bucket": "b", "ServerSideEncryptionConfiguration": {"Rules": [rule]}}, {}
    )
    rules = [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}]
    s3_bucket_server_side_encryption_configuration.create(world.context(), {"bucket": "b", "rules": rules})
    world.done()


def test_ownership_is_not_written_again_but_is_deleted_again() -> None:
    world = World()
    world.refuse("s3", "put_bucket_ownership_controls", "NoSuchBucket", status=404)
    given = {"bucket": "b", "rule": {"objectOwnership": "ObjectWriter"}}
    with pytest.raises(ProviderError, match=r"Ownership Controls: .*NoSuchBucket"):
        s3_bucket_ownership_controls.create(world.context(), given)
    world.refuse("s3", "delete_bucket_ownership_controls", "OperationAborted", status=409)
    world.expect("s3", "delete_bucket_ownership_controls", {"Bucket": "b"}, {})
    s3_bucket_ownership_controls.delete(world.context(), "b", given)
    world.done()


def test_a_public_access_block_that_is_to_stay_is_left_alone() -> None:
    world = World()
    s3_bucket_public_access_block.delete(world.context(), "b", {"skipDestroy": True})
    world.done()


def test_a_lock_is_written_again_only_while_it_is_new() -> None:
    world = World()
    given = {"bucket": "b", "objectLockEnabled": "Enabled"}
    sent = {"Bucket": "b", "ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"}}
    world.refuse("s3", "put_object_lock_configuration", "NoSuchBucket", status=404)
    world.expect("s3", "put_object_lock_configuration", sent, {})
    s3_bucket_object_lock_configuration.create(world.context(), given)
    world.refuse("s3", "put_object_lock_configuration", "NoSuchBucket", status=404)
    with pytest.raises(ClientError):
        s3_bucket_object_lock_configuration.update(
            world.context(), Update(id="b", old=given, new=given, changed=frozenset())
        )
    world.done()


@pytest.mark.parametrize(("code", "message"), [("NoSuchBucket", "no"), ("InvalidRequest", NOT_VERSIONED)])
def test_replication_waits_for_the_bucket_and_its_versioning(code: str, message: str) -> None:
    world = World()
    world.refuse("s3", "put_bucket_replication", code, message)
    rule = {"Status": "Enabled", "Prefix": "", "Destination": {"Bucket": "arn:aws:s3:::t"}}
    configuration = {"Role": REPLICATION["role"], "Rules": [rule]}
    world.expect("s3", "put_bucket_replication", {"Bucket": "b", "ReplicationConfiguration": configuration}, {})
    s3_bucket_replication_config.create(world.context(), REPLICATION)
    world.done()


def test_fails_when_versioning_never_comes_after_two_minutes() -> None:
    world = World()
    for _ in range(30):
        world.refuse("s3", "put_bucket_replication", "InvalidRequest", NOT_VERSIONED)
    with pytest.raises(ProviderError, match=r"creating S3 Bucket \(b\) Replication Configuration: .*must be 'Enabled'"):
        s3_bucket_replication_config.create(world.context(), REPLICATION)
    assert 120 <= world.clock.now < 140


def test_fails_at_once_when_an_update_meets_a_bucket_without_versioning() -> None:
    world = World()
    world.refuse("s3", "put_bucket_replication", "InvalidRequest", NOT_VERSIONED)
    change = Update(id="b", old=REPLICATION, new=REPLICATION, changed=frozenset({"rules"}))
    with pytest.raises(ClientError):
        s3_bucket_replication_config.update(world.context(), change)
    assert world.clock.slept == []
