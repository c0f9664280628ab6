"""S3: what a replication fails for at its source, each with the reason that S3 gives in the failure's event."""

from typing import Final

from rehearsal.emulator import judgement
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.kms.using import use_key
from rehearsal.emulator.services.s3.passages import Passage
from rehearsal.emulator.services.s3.tables import LOCKS, owner_of

_GUIDE: Final = "https://docs.aws.amazon.com/AmazonS3/latest/userguide"
_REASONS: Final = f"{_GUIDE}/replication-metrics-events.html"
_RIGHTS: Final = f"{_GUIDE}/setting-repl-config-perm-overview.html"
_LOCK: Final = f"{_GUIDE}/object-lock-managing.html"
_KMS: Final = f"{_GUIDE}/replication-config-for-kms-objects.html"
_READ: Final = "2026-11-22"
_S3: Final = "s3.amazonaws.com"


@rule(_REASONS, read=_READ)
def refuse_to_replicate_without_the_role(passage: Passage) -> None:
    """The replication role exists and lets S3 in, or replication fails with AssumeRoleNotPermitted."""
    account = owner_of(passage.source) or ""
    if not judgement.service_may_assume(passage.role, _S3, account, passage.source_bucket):
        raise Refused("AssumeRoleNotPermitted", f"S3 cannot assume {passage.role}")


@rule(_REASONS, read=_READ)
def refuse_to_replicate_without_the_configuration(passage: Passage, configured: bool) -> None:
    """The bucket still has the rule and the role may read it, or it fails with SrcBucketReplicationConfigMissing."""
    if not configured or not passage.may("s3:GetReplicationConfiguration", passage.source_bucket):
        raise Refused("SrcBucketReplicationConfigMissing", f"{passage.source} has no such replication rule")


@rule(_RIGHTS, read=_READ)
def refuse_to_replicate_without_listing(passage: Passage) -> None:
    """The role may s3:ListBucket the source, or replication fails with SrcHeadObjectNotPermitted."""
    if not passage.may("s3:ListBucket", passage.source_bucket):
        raise Refused("SrcHeadObjectNotPermitted", f"{passage.role} may not list {passage.source}")


@rule(_RIGHTS, read=_READ)
def refuse_to_replicate_what_may_not_be_read(passage: Passage, under_kms: bool) -> None:
    """The role may s3:GetObjectVersionForReplication (without KMS GetObjectVersion), or SrcGetObjectNotPermitted."""
    actions = ["s3:GetObjectVersionForReplication", *([] if under_kms else ["s3:GetObjectVersion"])]
    if not any(passage.may(action, passage.source_object) for action in actions):
        raise Refused("SrcGetObjectNotPermitted", f"{passage.role} may not read {passage.source_object}")


@rule(_REASONS, read=_READ)
def refuse_to_replicate_without_reading_the_acl(passage: Passage) -> None:
    """The role may s3:GetObjectVersionAcl, or replication fails with SrcGetAclNotPermitted."""
    if not passage.may("s3:GetObjectVersionAcl", passage.source_object):
        raise Refused("SrcGetAclNotPermitted", f"{passage.role} may not read the ACL of {passage.source_object}")


@rule(_LOCK, read=_READ)
def refuse_to_replicate_without_reading_the_retention(passage: Passage) -> None:
    """From a locked bucket the role may s3:GetObjectRetention, or it fails with SrcGetRetentionNotPermitted."""
    if passage.source in LOCKS and not passage.may("s3:GetObjectRetention", passage.source_object):
        raise Refused("SrcGetRetentionNotPermitted", f"{passage.role} may not read the retention")


@rule(_LOCK, read=_READ)
def refuse_to_replicate_without_reading_the_legal_hold(passage: Passage) -> None:
    """From a locked bucket the role may s3:GetObjectLegalHold, or it fails with SrcGetLegalHoldNotPermitted."""
    if passage.source in LOCKS and not passage.may("s3:GetObjectLegalHold", passage.source_object):
        raise Refused("SrcGetLegalHoldNotPermitted", f"{passage.role} may not read the legal hold")


@rule(_REASONS, read=_READ)
def refuse_to_replicate_tags_that_may_not_be_read(passage: Passage) -> None:
    """New tags follow when the role may s3:GetObjectVersionTagging, or that fails with SrcGetTaggingNotPermitted."""
    if not passage.may("s3:GetObjectVersionTagging", passage.source_object):
        raise Refused("SrcGetTaggingNotPermitted", f"{passage.role} may not read the tags of {passage.source_object}")


@rule(_REASONS, read=_READ)
def refuse_to_replicate_what_the_rule_leaves_out(chosen: bool) -> None:
    """What a key encrypts follows a rule that still names a replica key, or it fails with SrcObjectNotEligible."""
    if not chosen:
        raise Refused("SrcObjectNotEligible", "the rule names no key for replicas of what a key encrypts")


@rule(_KMS, read=_READ)
def refuse_to_replicate_without_the_source_key(role: str, key_arn: str, bound_to: str) -> None:
    """The role may kms:Decrypt through S3, or SrcGetObjectNotPermitted; an unusable key gives SrcKmsKeyInvalidState."""
    try:
        use_key(role, key_arn, ["kms:Decrypt"], "s3", {"aws:s3:arn": bound_to})
    except Refused as refused:
        denied = refused.code == "AccessDeniedException"
        raise Refused("SrcGetObjectNotPermitted" if denied else "SrcKmsKeyInvalidState", str(refused)) from refused


def check_source(passage: Passage, *, configured: bool, under_kms: bool) -> None:
    """Refuse a replication whose source cannot be read.

    Raises:
        Refused: With S3's failure reason.
    """
    refuse_to_replicate_without_the_role(passage)
    refuse_to_replicate_without_the_configuration(passage, configured)
    refuse_to_replicate_without_listing(passage)
    refuse_to_replicate_what_may_not_be_read(passage, under_kms)
    refuse_to_replicate_without_reading_the_acl(passage)
    refuse_to_replicate_without_reading_the_retention(passage)
    refuse_to_replicate_without_reading_the_legal_hold(passage)
