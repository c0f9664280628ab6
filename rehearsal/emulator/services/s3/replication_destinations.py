"""S3: what a replication fails for at its destination, each with the reason that S3 gives in the failure's event."""

from typing import Final

from rehearsal.emulator import door
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.kms.using import use_key
from rehearsal.emulator.services.s3.passages import Passage
from rehearsal.emulator.services.s3.tables import BUCKETS, LOCKS, VERSIONING, owner_of

_GUIDE: Final = "https://docs.aws.amazon.com/AmazonS3/latest/userguide"
_REASONS: Final = f"{_GUIDE}/replication-metrics-events.html"
_RIGHTS: Final = f"{_GUIDE}/setting-repl-config-perm-overview.html"
_KMS: Final = f"{_GUIDE}/replication-config-for-kms-objects.html"
_READ: Final = "2026-11-22"


@rule(_REASONS, read=_READ)
def refuse_to_replicate_to_an_absent_bucket(passage: Passage) -> None:
    """The destination still exists, or replication fails with DstBucketNotFound."""
    if owner_of(passage.destination) is None:
        raise Refused("DstBucketNotFound", f"there is no bucket {passage.destination}")


@rule(_REASONS, read=_READ)
def refuse_to_replicate_to_an_unversioned_bucket(passage: Passage) -> None:
    """The destination keeps versions, or replication fails with DstBucketUnversioned."""
    if VERSIONING.get_scoped(owner_of(passage.destination), None, passage.destination) != "Enabled":
        raise Refused("DstBucketUnversioned", f"{passage.destination} keeps no versions")


@rule(_REASONS, read=_READ)
def refuse_to_replicate_locked_objects_to_a_bucket_without_lock(passage: Passage) -> None:
    """From a bucket with Object Lock only to one that has it too, or it fails with DstBucketObjectLockConfigMissing."""
    if passage.source in LOCKS and not LOCKS.get_scoped(owner_of(passage.destination), None, passage.destination):
        raise Refused("DstBucketObjectLockConfigMissing", f"{passage.destination} has no Object Lock")


@rule(_RIGHTS, read=_READ)
def refuse_to_replicate_without_the_right_to_write(passage: Passage) -> None:
    """Role and, across accounts, bucket policy allow s3:ReplicateObject, or it fails with DstPutObjectNotPermitted."""
    if not passage.may("s3:ReplicateObject", passage.replica):
        raise Refused("DstPutObjectNotPermitted", f"{passage.role} may not replicate to {passage.replica}")


@rule(f"{_GUIDE}/replication-change-owner.html", read=_READ)
def refuse_to_change_the_owner_without_the_right(passage: Passage, changes: bool) -> None:
    """Where ACLs are in force a new owner needs s3:ObjectOwnerOverrideToBucketOwner, or DstPutObjectNotPermitted."""
    if changes and not passage.may("s3:ObjectOwnerOverrideToBucketOwner", passage.replica):
        raise Refused("DstPutObjectNotPermitted", f"{passage.role} may not change the owner of {passage.replica}")


@rule(_REASONS, read=_READ)
def refuse_to_replicate_a_delete_marker_without_the_right(passage: Passage) -> None:
    """Delete markers need s3:ReplicateDelete on the destination, or that fails with DstDelObjNotPermitted."""
    if not passage.may("s3:ReplicateDelete", passage.replica):
        raise Refused("DstDelObjNotPermitted", f"{passage.role} may not replicate delete markers to {passage.replica}")


@rule(_KMS, read=_READ)
def refuse_to_replicate_without_the_replica_key(role: str, key_arn: str, bound_to: str, through_bucket: bool) -> None:
    """The role may kms:Encrypt through S3 (with a Bucket Key kms:Decrypt too), or it fails with the key's reason."""
    codes = {"AccessDeniedException": "DstPutObjectNotPermitted", "NotFoundException": "DstKmsKeyNotFound"}
    actions = ["kms:Encrypt", *(["kms:Decrypt"] if through_bucket else [])]
    try:
        use_key(role, key_arn, actions, "s3", {"aws:s3:arn": bound_to})
    except Refused as refused:
        raise Refused(codes.get(refused.code, "DstKmsKeyInvalidState"), str(refused)) from refused


@rule(_REASONS, read=_READ)
def refuse_to_change_an_absent_replica(passage: Passage, exists: bool) -> None:
    """Tags, retention and legal hold follow to a replica that is there, or that fails with DstVersionNotFound."""
    if not exists:
        raise Refused("DstVersionNotFound", f"there is no such version of {passage.replica}")


def check_destination(passage: Passage, *, changes_owner: bool) -> None:
    """Refuse a replication whose destination cannot be written.

    Raises:
        Refused: With S3's failure reason.
    """
    refuse_to_replicate_to_an_absent_bucket(passage)
    refuse_to_replicate_to_an_unversioned_bucket(passage)
    refuse_to_replicate_locked_objects_to_a_bucket_without_lock(passage)
    refuse_to_replicate_without_the_right_to_write(passage)
    refuse_to_change_the_owner_without_the_right(passage, changes_owner and _has_acls(passage.destination))


def _has_acls(bucket: str) -> bool:
    found = BUCKETS.get_scoped(owner_of(bucket), None, bucket)
    return not door.s3._bucket_owner_enforced(found)  # noqa: SLF001 - MiniStack has no public look-up
