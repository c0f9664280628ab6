"""Objects of buckets by version: what a delete marker hides is still there to be read."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from strongroom.aws.answers import pages, there, utc
from strongroom.aws.errors import translated

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_s3.type_defs import DeleteMarkerEntryTypeDef, ObjectVersionTypeDef


@dataclass(frozen=True)
class Version:
    """One version of an object, or a delete marker over the versions beneath it."""

    version_id: str
    modified: datetime
    size: int
    """Bytes; 0 for a delete marker."""
    is_delete_marker: bool
    locked_until: datetime | None = None
    """Until when Object Lock keeps it. Absent: not locked, or not told; listings never tell."""
    replication_status: str | None = None
    """PENDING, COMPLETED, FAILED or REPLICA. Absent: it takes no part in replication, or as above."""
    key_arn: str | None = None
    """KMS key that it lies under. Absent: keys of S3, or as above."""
    is_latest: bool = False
    """Whether a read without a version id meets this one. Default: not, or, from `head`, not told."""


class Objects(Protocol):
    """Objects of one account and region."""

    def versions(self, bucket: str, key: str, owner: str) -> list[Version]:
        """All versions and delete markers of one object, the newest first; none where it never was.

        Args:
            bucket: Name of the bucket.
            key: Name of the object.
            owner: Account that must own the bucket: a stranger may hold the name.

        Raises:
            NotThereError: there is no such bucket.
            DeniedError: another account owns it, or the caller may not list it.
            AwsError: a page cannot be read, or was cut off.
        """
        ...

    def read(self, bucket: str, key: str, version_id: str, owner: str) -> bytes:
        """What a version holds.

        Raises:
            NotThereError: there is no such version.
            AwsError: as for `versions`; or it is a delete marker.
        """
        ...

    def head(self, bucket: str, key: str, version_id: str, owner: str) -> Version:
        """A version with its lock, its replication and its key; errors as for `read`."""
        ...


class S3Objects:
    """Objects as S3 tells of them."""

    def __init__(self, client: "S3Client") -> None:
        self._client = client

    def versions(self, bucket: str, key: str, owner: str) -> list[Version]:
        """See `Objects.versions`."""
        what = f"listing the versions of {key} in bucket {bucket}"
        listing = self._client.get_paginator("list_object_versions").paginate(
            Bucket=bucket, Prefix=key, ExpectedBucketOwner=owner
        )
        found = list[Version]()
        for page in pages(listing, what, "IsTruncated"):
            versions, markers = page.get("Versions", []), page.get("DeleteMarkers", [])
            found += [_version(said, what, said.get("Size")) for said in versions if said.get("Key") == key]
            found += [_version(said, what, None) for said in markers if said.get("Key") == key]
        # S3's times are whole seconds, and markers come in a list of their own: the latest one is what S3 says it is.
        return sorted(found, key=lambda one: (one.is_latest, one.modified), reverse=True)

    def read(self, bucket: str, key: str, version_id: str, owner: str) -> bytes:
        """See `Objects.read`."""
        what = f"reading version {version_id} of {key} in bucket {bucket}"
        with translated(what):
            answer = self._client.get_object(Bucket=bucket, Key=key, VersionId=version_id, ExpectedBucketOwner=owner)
            return there(answer.get("Body"), "Body", what).read()

    def head(self, bucket: str, key: str, version_id: str, owner: str) -> Version:
        """See `Objects.head`."""
        what = f"looking at version {version_id} of {key} in bucket {bucket}"
        with translated(what):
            said = self._client.head_object(Bucket=bucket, Key=key, VersionId=version_id, ExpectedBucketOwner=owner)
        return Version(
            version_id=version_id,
            modified=utc(there(said.get("LastModified"), "LastModified", what)),
            size=there(said.get("ContentLength"), "ContentLength", what),
            is_delete_marker=said.get("DeleteMarker", False),
            locked_until=utc(said.get("ObjectLockRetainUntilDate")),
            replication_status=said.get("ReplicationStatus"),
            key_arn=said.get("SSEKMSKeyId"),
        )


def _version(said: "ObjectVersionTypeDef | DeleteMarkerEntryTypeDef", what: str, size: int | None) -> Version:
    return Version(
        version_id=there(said.get("VersionId"), "VersionId", what),
        modified=utc(there(said.get("LastModified"), "LastModified", what)),
        size=size or 0,
        is_delete_marker=size is None,
        is_latest=said.get("IsLatest", False),
    )
