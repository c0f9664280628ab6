import json
from typing import Any

import pytest

from tests.emulator_process import BACKUP
from tests.rehearsal.emulator.services.asking import BUCKET, make_key
from tests.rehearsal.emulator.services.s3.replicating import (
    ARCHIVE,
    KEY,
    READS,
    ROLE,
    WRITES,
    Pair,
    destination,
    rule,
)

pytestmark = pytest.mark.emulator

_MARKERS = {"Status": "Enabled"}
_OWNED: dict[str, Any] = {"AccessControlTranslation": {"Owner": "Destination"}, "Account": BACKUP}


def _replica_key(pair: Pair, *actions: str) -> str:
    """Make a key in the backup account that lets the role do something through S3, bound to the replica."""
    kms = pair.emulator.client("kms", account=BACKUP)
    admin = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{BACKUP}:root"}, "Action": "kms:*", "Resource": "*"}
    through = {
        "kms:ViaService": "s3.eu-west-2.amazonaws.com",
        "kms:EncryptionContext:aws:s3:arn": f"arn:aws:s3:::{ARCHIVE}/{KEY}",
    }
    role = {
        "Effect": "Allow",
        "Principal": {"AWS": ROLE},
        "Action": list(actions),
        "Resource": "*",
        "Condition": {"StringEquals": through},
    }
    document = {"Version": "2012-10-17", "Statement": [admin, role]}
    return kms.create_key(Policy=json.dumps(document))["KeyMetadata"]["Arn"]


def _put_under_kms(pair: Pair, replica_key: str, **more: Any) -> None:
    pair.replicate(
        rule(
            SourceSelectionCriteria={"SseKmsEncryptedObjects": {"Status": "Enabled"}},
            Destination=destination(EncryptionConfiguration={"ReplicaKmsKeyID": replica_key}),
        )
    )
    pair.put(ServerSideEncryption="aws:kms", SSEKMSKeyId=make_key(pair.emulator), **more)


def test_fails_when_the_role_may_not_write_replicas(pair: Pair) -> None:
    pair.listen()
    pair.give_role(*READS, "s3:ReplicateDelete")
    pair.put()
    assert (pair.status(), pair.reasons()) == ("FAILED", ["DstPutObjectNotPermitted"])


def test_fails_when_the_policy_of_the_destination_does_not_let_the_role_in(pair: Pair) -> None:
    pair.listen()
    pair.archive.delete_bucket_policy(Bucket=ARCHIVE)
    pair.put()
    assert (pair.status(), pair.reasons(), pair.replicas()) == ("FAILED", ["DstPutObjectNotPermitted"], [])


def test_replicas_travel_over_tls(pair: Pair) -> None:
    insecure = {"Bool": {"aws:SecureTransport": "false"}}
    for client, bucket, let_in in ((pair.source, BUCKET, ()), (pair.archive, ARCHIVE, (ROLE,))):
        everything = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
        only_over_tls: dict[str, Any] = {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": everything,
            "Condition": insecure,
        }
        writers = [
            {"Effect": "Allow", "Principal": {"AWS": role}, "Action": list(WRITES), "Resource": everything[1]}
            for role in let_in
        ]
        document = {"Version": "2012-10-17", "Statement": [only_over_tls, *writers]}
        client.put_bucket_policy(Bucket=bucket, Policy=json.dumps(document))
    pair.put()
    assert (pair.status(), len(pair.replicas())) == ("COMPLETED", 1)


def test_fails_when_the_destination_is_gone(pair: Pair) -> None:
    pair.listen()
    pair.archive.delete_bucket(Bucket=ARCHIVE)
    pair.put()
    assert (pair.status(), pair.reasons()) == ("FAILED", ["DstBucketNotFound"])


def test_fails_when_the_destination_keeps_no_versions_any_more(pair: Pair) -> None:
    pair.listen()
    pair.archive.put_bucket_versioning(Bucket=ARCHIVE, VersioningConfiguration={"Status": "Suspended"})
    pair.put()
    assert (pair.status(), pair.reasons()) == ("FAILED", ["DstBucketUnversioned"])


def test_fails_when_only_the_source_got_object_lock(pair: Pair) -> None:
    pair.listen()
    lock = {"ObjectLockEnabled": "Enabled"}
    pair.source.put_object_lock_configuration(Bucket=BUCKET, ObjectLockConfiguration=lock)
    pair.put("first")
    assert (pair.status("first"), pair.reasons()) == ("FAILED", ["DstBucketObjectLockConfigMissing"])
    pair.archive.put_object_lock_configuration(Bucket=ARCHIVE, ObjectLockConfiguration=lock)
    pair.put("second")
    assert pair.status("second") == "COMPLETED"


@pytest.mark.parametrize(("right", "reasons"), [("s3:ReplicateDelete", []), ("s3:Nothing", ["DstDelObjNotPermitted"])])
def test_a_delete_marker_needs_a_right_of_its_own(pair: Pair, right: str, reasons: list[str]) -> None:
    pair.replicate(rule(DeleteMarkerReplication=_MARKERS))
    pair.put()
    pair.status()
    pair.listen()
    pair.let_in("s3:ReplicateObject", right)
    pair.source.delete_object(Bucket=BUCKET, Key=KEY)
    assert pair.reasons() == reasons
    assert len(pair.replicas()) == (1 if reasons else 2)


@pytest.mark.parametrize(
    ("ownership", "right", "status"),
    [
        ("BucketOwnerPreferred", "s3:ObjectOwnerOverrideToBucketOwner", "COMPLETED"),
        ("BucketOwnerPreferred", "s3:Nothing", "FAILED"),
        ("BucketOwnerEnforced", "s3:Nothing", "COMPLETED"),
    ],
)
def test_where_acls_are_in_force_another_owner_needs_a_right(
    pair: Pair, ownership: str, right: str, status: str
) -> None:
    controls = {"Rules": [{"ObjectOwnership": ownership}]}
    pair.archive.put_bucket_ownership_controls(Bucket=ARCHIVE, OwnershipControls=controls)
    pair.replicate(rule(Destination=destination(**_OWNED)))
    pair.let_in("s3:ReplicateObject", right)
    pair.put()
    assert pair.status() == status


def test_what_a_key_encrypts_stays_behind_without_a_word_on_it(pair: Pair) -> None:
    pair.put(ServerSideEncryption="aws:kms", SSEKMSKeyId=make_key(pair.emulator))
    assert (pair.status(), pair.replicas()) == (None, [])


def test_a_replica_is_encrypted_under_the_key_of_the_rule(pair: Pair) -> None:
    key = _replica_key(pair, "kms:Encrypt")
    _put_under_kms(pair, key)
    assert pair.status() == "COMPLETED"
    assert pair.archive.head_object(Bucket=ARCHIVE, Key=KEY)["SSEKMSKeyId"] == key


def test_a_replica_key_can_be_named_by_its_alias(pair: Pair) -> None:
    key = _replica_key(pair, "kms:Encrypt")
    pair.emulator.client("kms", account=BACKUP).create_alias(AliasName="alias/replicas", TargetKeyId=key)
    _put_under_kms(pair, key.rpartition(":")[0] + ":alias/replicas")
    assert pair.status() == "COMPLETED"
    assert pair.archive.head_object(Bucket=ARCHIVE, Key=KEY)["SSEKMSKeyId"] == key


def test_fails_when_the_replica_key_does_not_let_the_role_encrypt(pair: Pair) -> None:
    pair.listen()
    _put_under_kms(pair, _replica_key(pair, "kms:Decrypt"))
    assert (pair.status(), pair.reasons()) == ("FAILED", ["DstPutObjectNotPermitted"])


def test_fails_when_a_bucket_key_is_bound_to_the_bucket_and_the_policy_to_the_object(pair: Pair) -> None:
    pair.listen()
    _put_under_kms(pair, _replica_key(pair, "kms:Encrypt", "kms:Decrypt"), BucketKeyEnabled=True)
    assert (pair.status(), pair.reasons()) == ("FAILED", ["DstPutObjectNotPermitted"])


def _absent(_: Pair) -> str:
    return f"arn:aws:kms:eu-west-2:{BACKUP}:key/00000000-0000-0000-0000-000000000000"


def _disabled(pair: Pair) -> str:
    key = _replica_key(pair, "kms:Encrypt")
    pair.emulator.client("kms", account=BACKUP).disable_key(KeyId=key)
    return key


@pytest.mark.parametrize(("make", "reason"), [(_absent, "DstKmsKeyNotFound"), (_disabled, "DstKmsKeyInvalidState")])
def test_fails_when_the_replica_key_cannot_be_used(pair: Pair, make: Any, reason: str) -> None:
    """The configuration was taken all the same: S3 does not look the key up."""
    pair.listen()
    _put_under_kms(pair, make(pair))
    assert (pair.status(), pair.reasons()) == ("FAILED", [reason])


def test_in_one_account_the_role_alone_decides(pair: Pair) -> None:
    near = "strongroom-test-near"
    pair.source.create_bucket(
        Bucket=near, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}, ObjectLockEnabledForBucket=True
    )
    pair.replicate(rule(Destination=destination(near)))
    pair.put("first")
    pair.give_role(*READS)
    pair.put("second")
    assert [pair.status("first"), pair.status("second")] == ["COMPLETED", "FAILED"]
