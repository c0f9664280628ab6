"""The table of an S3 object: its properties, what S3 calls them, and which of them need a new version."""

from datetime import UTC, datetime
from typing import Any, Final

from rehearsal.provider.errors import ProviderError
from rehearsal.provider.schema import Imported, Kind, Property
from rehearsal.provider.types.s3_parts import BUCKET
from rehearsal.provider.validation import length, matching, one_of

CHECKSUMS: Final = ("checksumCrc32", "checksumCrc32c", "checksumCrc64nvme", "checksumSha1", "checksumSha256")

CONTENT: Final = frozenset(
    {
        "bucketKeyEnabled",
        "cacheControl",
        "checksumAlgorithm",
        "content",
        "contentBase64",
        "contentDisposition",
        "contentEncoding",
        "contentLanguage",
        "contentType",
        "etag",
        "kmsKeyId",
        "metadata",
        "serverSideEncryption",
        "source",
        "sourceHash",
        "storageClass",
        "websiteRedirect",
    }
)
"""Properties whose change writes the object anew."""

HEAD: Final = {
    "cacheControl": "CacheControl",
    "contentDisposition": "ContentDisposition",
    "contentEncoding": "ContentEncoding",
    "contentLanguage": "ContentLanguage",
    "contentType": "ContentType",
    "metadata": "Metadata",
    "objectLockLegalHoldStatus": "ObjectLockLegalHoldStatus",
    "objectLockMode": "ObjectLockMode",
    "serverSideEncryption": "ServerSideEncryption",
    "versionId": "VersionId",
    "websiteRedirect": "WebsiteRedirectLocation",
    **{name: f"Checksum{name[8:].upper()}" for name in CHECKSUMS},
}
"""What HeadObject calls the properties that are told as they are."""

SENT: Final = {
    "bucket": "Bucket",
    "key": "Key",
    "acl": "ACL",
    "bucketKeyEnabled": "BucketKeyEnabled",
    "cacheControl": "CacheControl",
    "checksumAlgorithm": "ChecksumAlgorithm",
    "contentDisposition": "ContentDisposition",
    "contentEncoding": "ContentEncoding",
    "contentLanguage": "ContentLanguage",
    "contentType": "ContentType",
    "metadata": "Metadata",
    "objectLockLegalHoldStatus": "ObjectLockLegalHoldStatus",
    "objectLockMode": "ObjectLockMode",
    "objectLockRetainUntilDate": "ObjectLockRetainUntilDate",
    "serverSideEncryption": "ServerSideEncryption",
    "storageClass": "StorageClass",
    "websiteRedirect": "WebsiteRedirectLocation",
}
"""What PutObject calls the properties that are sent as they are; those that are empty or false are not sent."""


def moment(text: str) -> datetime:
    """The instant that an RFC 3339 text names."""
    return datetime.fromisoformat(text)


def instant(value: datetime) -> str:
    """The text that the provider keeps of an instant: RFC 3339, UTC, whole seconds."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def imported(text: str) -> Imported:
    """Take an import id `bucket/key` or `s3://bucket/key`.

    Raises:
        ProviderError: the id has another form.
    """
    bucket, _, key = text.removeprefix("s3://").partition("/")
    if not bucket or not key:
        raise ProviderError(f"id {text} should be in format <bucket>/<key> or s3://<bucket>/<key>")
    return Imported(id=key, known={"bucket": bucket, "key": key})


def _lower_case_keys(value: Any) -> str | None:
    upper = sorted(key for key in value if key != key.lower())
    return f"metadata must be lowercase only, got {upper}" if upper else None


_CONTENTS: Final = ("source", "content", "contentBase64")
_ACLS: Final = one_of(
    "private",
    "public-read",
    "public-read-write",
    "authenticated-read",
    "aws-exec-read",
    "bucket-owner-read",
    "bucket-owner-full-control",
)
_INSTANT: Final = matching(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", "expected an RFC 3339 time")


def _content(name: str, kind: Kind = Kind.STRING) -> Property:
    return Property(kind=kind, unreadable=True, conflicts_with=tuple(one for one in _CONTENTS if one != name))


PROPERTIES: Final = {
    "bucket": BUCKET,
    "key": Property(optional_computed=True, replaces=True, checks=(length(1, 1024),)),
    "source": _content("source", Kind.ASSET),
    "content": _content("content"),
    "contentBase64": _content("contentBase64"),
    "sourceHash": Property(unreadable=True),
    "acl": Property(optional_computed=True, unreadable=True, checks=(_ACLS,)),
    "forceDestroy": Property(kind=Kind.BOOLEAN, default=False, unreadable=True),
    "bucketKeyEnabled": Property(kind=Kind.BOOLEAN, optional_computed=True),
    "cacheControl": Property(),
    "checksumAlgorithm": Property(unreadable=True, checks=(one_of("CRC32", "CRC32C", "SHA1", "SHA256", "CRC64NVME"),)),
    "contentDisposition": Property(),
    "contentEncoding": Property(),
    "contentLanguage": Property(),
    "contentType": Property(optional_computed=True),
    "etag": Property(optional_computed=True, conflicts_with=("kmsKeyId",)),
    "kmsKeyId": Property(optional_computed=True),
    "metadata": Property(kind=Kind.MAP, checks=(_lower_case_keys,)),
    "objectLockLegalHoldStatus": Property(checks=(one_of("ON", "OFF"),)),
    "objectLockMode": Property(checks=(one_of("GOVERNANCE", "COMPLIANCE"),)),
    "objectLockRetainUntilDate": Property(
        checks=(_INSTANT,), canonical=lambda value: instant(moment(value)) if value else value
    ),
    "serverSideEncryption": Property(
        optional_computed=True, checks=(one_of("AES256", "aws:fsx", "aws:kms", "aws:kms:dsse"),)
    ),
    "storageClass": Property(optional_computed=True),
    "websiteRedirect": Property(),
}
"""What a program says of an object."""
