"""Permissions on buckets and what lies in them."""

from collections.abc import Sequence
from typing import Final

from strongroom.documents.permissions.scope import Scope
from strongroom.documents.policy import Statement, allow
from strongroom.facts import arns, names

_READ: Final = (
    "s3:GetAccelerateConfiguration",
    "s3:GetBucketAcl",
    "s3:GetBucketCORS",
    "s3:GetBucketLocation",
    "s3:GetBucketLogging",
    "s3:GetBucketNotification",
    "s3:GetBucketObjectLockConfiguration",
    "s3:GetBucketOwnershipControls",
    "s3:GetBucketPolicy",
    "s3:GetBucketPublicAccessBlock",
    "s3:GetBucketRequestPayment",
    "s3:GetBucketTagging",
    "s3:GetBucketVersioning",
    "s3:GetBucketWebsite",
    "s3:GetEncryptionConfiguration",
    "s3:GetLifecycleConfiguration",
    "s3:GetMetricsConfiguration",
    "s3:GetReplicationConfiguration",
    "s3:ListBucket",
    "s3:ListTagsForResource",
)
_WRITE: Final = (
    "s3:CreateBucket",
    "s3:PutBucketNotification",
    "s3:PutBucketObjectLockConfiguration",
    "s3:PutBucketOwnershipControls",
    "s3:PutBucketPolicy",
    "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketTagging",
    "s3:PutBucketVersioning",
    "s3:PutEncryptionConfiguration",
    "s3:PutLifecycleConfiguration",
    "s3:PutMetricsConfiguration",
    "s3:PutReplicationConfiguration",
    "s3:TagResource",
    "s3:UntagResource",
)
_EMPTY: Final = ("s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:ListBucketVersions")
_EMPTY_OBJECTS: Final = ("s3:BypassGovernanceRetention", "s3:DeleteObject", "s3:DeleteObjectVersion")
_READ_OBJECT: Final = ("s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:GetObjectVersionTagging")


def read(buckets: Sequence[str]) -> list[Statement]:
    """See how buckets are set up and what they list, never an object.

    Args:
        buckets: Names.
    """
    return [allow("ReadBuckets", _READ, [arns.bucket(name) for name in buckets])]


def write(scope: Scope, buckets: Sequence[str]) -> list[Statement]:
    """Make and set up buckets; empty and delete them only where the stack is disposable.

    Args:
        scope: Says whether the stack is disposable.
        buckets: Names.
    """
    where = [arns.bucket(name) for name in buckets]
    if not scope.disposable:
        return [allow("WriteBuckets", _WRITE, where)]
    return [
        allow("WriteBuckets", (*_WRITE, *_EMPTY), where),
        allow("EmptyBuckets", _EMPTY_OBJECTS, [f"{arn}/*" for arn in where]),
    ]


def read_manifest(scope: Scope) -> list[Statement]:
    """Read the settings manifest."""
    return [allow("ReadTheManifest", _READ_OBJECT, _manifest(scope))]


def write_manifest(scope: Scope) -> list[Statement]:
    """Write the settings manifest; old versions of it stay."""
    actions = ["s3:DeleteObject", "s3:PutObject", "s3:PutObjectTagging"]
    return [allow("WriteTheManifest", actions, _manifest(scope))]


def read_objects(*buckets: str) -> list[Statement]:
    """List buckets and read their objects in every version.

    Args:
        buckets: Names.
    """
    where = [arns.bucket(name) for name in buckets]
    return [
        allow("ListObjects", ["s3:GetBucketVersioning", "s3:ListBucket", "s3:ListBucketVersions"], where),
        allow("ReadObjects", (*_READ_OBJECT, "s3:GetObjectRetention"), [f"{arn}/*" for arn in where]),
    ]


def see_versions(*buckets: str) -> list[Statement]:
    """See which versions of objects a bucket holds, and until when; without its key nobody reads them by that.

    A look at a version takes the right to get it: S3 has none of its own for HeadObject.
    https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html, read 2026-11-22.

    Args:
        buckets: Names.
    """
    where = [arns.bucket(name) for name in buckets]
    return [
        allow("ListVersions", ["s3:ListBucketVersions"], where),
        allow("SeeVersions", ["s3:GetObjectRetention", "s3:GetObjectVersion"], [f"{arn}/*" for arn in where]),
    ]


def write_exports(scope: Scope) -> list[Statement]:
    """Write what DynamoDB exports on the role's behalf."""
    actions = ["s3:AbortMultipartUpload", "s3:PutObject", "s3:PutObjectAcl"]
    return [allow("WriteExports", actions, f"{arns.bucket(scope.exports)}/exports/*")]


def _manifest(scope: Scope) -> str:
    return f"{arns.bucket(scope.exports)}/{names.manifest_key(scope.environment)}"
