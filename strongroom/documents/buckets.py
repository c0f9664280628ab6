"""Policies of buckets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from strongroom.documents.policy import ANYONE, Condition, Document, Statement, document, when
from strongroom.documents.principals import Caretakers, Origin, from_origin, not_by_role, resource_statement
from strongroom.facts import arns, names

_GUARDS: Final = (
    "s3:DeleteBucket",
    "s3:DeleteBucketPolicy",
    "s3:PutBucketAcl",
    "s3:PutBucketObjectLockConfiguration",
    "s3:PutBucketOwnershipControls",
    "s3:PutBucketPolicy",
    "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketVersioning",
    "s3:PutEncryptionConfiguration",
    "s3:PutLifecycleConfiguration",
    "s3:PutReplicationConfiguration",
)
_VERSIONS: Final = ("s3:DeleteObjectVersion", "s3:DeleteObjectVersionTagging")
_LOCKS: Final = ("s3:BypassGovernanceRetention", "s3:ReplicateDelete")
_ENCRYPTION: Final = "s3:x-amz-server-side-encryption"
_KEY: Final = "s3:x-amz-server-side-encryption-aws-kms-key-id"


@dataclass(frozen=True)
class Held:
    """What an archive keeps, and for how long."""

    origin: Origin
    """Source whose replication role writes."""
    retention_days: int
    """Days that Object Lock keeps each object; nobody may ask for fewer."""
    disposable: bool = False
    """Whether the caretakers may delete what is held. Default: nobody may."""


def exports(bucket: str, key_arn: str, caretakers: Caretakers) -> Document:
    """Policy of the bucket that exports and the settings manifest are written to.

    Args:
        bucket: Name of the bucket.
        key_arn: The only key that objects may be encrypted with.
        caretakers: Roles of the bucket's account that may change its guards and delete versions.
    """
    return document(
        _encrypted_on_the_way(bucket), *_encrypted_at_rest(bucket, key_arn), *_guarded(bucket, caretakers, _VERSIONS)
    )


def archive(bucket: str, key_arns: Sequence[str], held: Held, caretakers: Caretakers) -> Document:
    """Policy of the locked bucket in the backup account: the source replicates into it, and nobody takes anything out.

    A replica that comes with a retention of its own keeps that one, whatever the bucket's default; S3 has no condition
    on it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html, read 2026-11-22.

    Args:
        bucket: Name of the bucket.
        key_arns: ARNs of the only key that objects may be encrypted with: its own and its alias's, as the source names
            it by alias.
        held: What is kept.
        caretakers: Roles of the backup account that may change the bucket's guards.
    """
    replicas = from_origin(
        held.origin,
        [names.replication_role(held.origin.environment)],
        "Replicate",
        ["s3:ObjectOwnerOverrideToBucketOwner", "s3:ReplicateObject", "s3:ReplicateTags"],
    )
    for statement in replicas:
        statement["Resource"] = f"{arns.bucket(bucket)}/*"
    kept = _on_objects("KeepEveryVersion", bucket, (*_VERSIONS, *_LOCKS))
    if held.disposable:
        kept["Condition"] = not_by_role(caretakers.roles)
    shortened = _on_objects("KeepLongEnough", bucket, ["s3:PutObject", "s3:PutObjectRetention"])
    shortened["Condition"] = {"NumericLessThan": {"s3:object-lock-remaining-retention-days": str(held.retention_days)}}
    return document(
        *replicas,
        _encrypted_on_the_way(bucket),
        *_encrypted_at_rest(bucket, key_arns),
        kept,
        shortened,
        *_guarded(bucket, caretakers, ()),
    )


def state(bucket: str, key_arn: str) -> Document:
    """Policy of the bucket of Pulumi's state: versions stay, so that a damaged state can be taken back."""
    return document(
        _encrypted_on_the_way(bucket),
        *_encrypted_at_rest(bucket, key_arn),
        _on_objects("KeepEveryVersion", bucket, _VERSIONS),
    )


def _encrypted_on_the_way(bucket: str) -> Statement:
    plain = resource_statement("OnlyOverTls", "Deny", ANYONE, ["s3:*"])
    plain["Resource"] = [arns.bucket(bucket), f"{arns.bucket(bucket)}/*"]
    plain["Condition"] = {"Bool": {"aws:SecureTransport": "false"}}
    return plain


def _encrypted_at_rest(bucket: str, key_arn: str | Sequence[str]) -> list[Statement]:
    writes = ["s3:PutObject", "s3:ReplicateObject"]
    otherwise = _on_objects("OnlyUnderAKey", bucket, writes)
    otherwise["Condition"] = _given_but_not(_ENCRYPTION, "aws:kms")
    elsewhere = _on_objects("OnlyUnderThisKey", bucket, writes)
    elsewhere["Condition"] = _given_but_not(_KEY, key_arn)
    return [otherwise, elsewhere]


def _given_but_not(key: str, value: str | Sequence[str]) -> Condition:
    """Condition on a header that differs; one that is left out means the bucket's default, which is right."""
    return when({"Null": {key: "false"}}, {"StringNotEquals": {key: value if isinstance(value, str) else list(value)}})


def _guarded(bucket: str, caretakers: Caretakers, on_objects: Sequence[str]) -> list[Statement]:
    guards = resource_statement("KeepTheGuards", "Deny", ANYONE, _GUARDS)
    guards["Resource"] = arns.bucket(bucket)
    guards["Condition"] = not_by_role(caretakers.roles)
    if not on_objects:
        return [guards]
    versions = _on_objects("KeepVersions", bucket, on_objects)
    versions["Condition"] = not_by_role(caretakers.roles)
    return [guards, versions]


def _on_objects(sid: str, bucket: str, actions: Sequence[str]) -> Statement:
    statement = resource_statement(sid, "Deny", ANYONE, actions)
    statement["Resource"] = f"{arns.bucket(bucket)}/*"
    return statement
