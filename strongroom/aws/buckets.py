"""Buckets, as far as this program reads them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from strongroom.aws.answers import there
from strongroom.aws.errors import NotThereError, translated
from strongroom.documents.policy import Document

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_s3.type_defs import ObjectLockRuleTypeDef

T = TypeVar("T")


@dataclass(frozen=True)
class Retention:
    """Object Lock's default for new objects."""

    mode: str
    days: int


@dataclass(frozen=True)
class Bucket:
    """How a bucket is set up."""

    name: str
    versioned: bool
    locked: bool = False
    """Whether Object Lock is on."""
    retention: Retention | None = None
    """Default retention. Absent: objects come without one."""
    key: str | None = None
    """KMS key that objects are encrypted with by default. Absent: S3's own keys."""
    private: bool = False
    """Whether all four public access blocks are on."""
    policy: Document | None = None


class Buckets(Protocol):
    """Reads buckets."""

    def lock(self, name: str, owner: str) -> Bucket | None:
        """Versioning and Object Lock of a bucket; None where there is no bucket.

        Args:
            name: Name of the bucket.
            owner: Account that must own it: a stranger may hold the name.
        """
        ...

    def bucket(self, name: str, owner: str) -> Bucket | None:
        """All of a bucket's set-up; None where there is no bucket."""
        ...


class S3Buckets:
    """Buckets as S3 tells of them."""

    def __init__(self, client: "S3Client") -> None:
        self._client = client

    def lock(self, name: str, owner: str) -> Bucket | None:
        """See `Buckets.lock`."""
        versioning = self._maybe(
            name, lambda: self._client.get_bucket_versioning(Bucket=name, ExpectedBucketOwner=owner)
        )
        if versioning is None:
            return None
        said = self._maybe(
            name, lambda: self._client.get_object_lock_configuration(Bucket=name, ExpectedBucketOwner=owner)
        )
        settings = said.get("ObjectLockConfiguration", {}) if said else None
        return Bucket(
            name,
            versioned=versioning.get("Status") == "Enabled",
            locked=settings is not None
            and _told(settings.get("ObjectLockEnabled"), "ObjectLockEnabled", name) == "Enabled",
            retention=_retention(settings.get("Rule") if settings else None),
        )

    def bucket(self, name: str, owner: str) -> Bucket | None:
        """See `Buckets.bucket`."""
        seen = self.lock(name, owner)
        if seen is None:
            return None
        text = self._maybe(name, lambda: self._client.get_bucket_policy(Bucket=name, ExpectedBucketOwner=owner))
        return Bucket(
            name,
            versioned=seen.versioned,
            locked=seen.locked,
            retention=seen.retention,
            key=self._key(name, owner),
            private=self._private(name, owner),
            policy=cast("Document", json.loads(_told(text.get("Policy") or None, "Policy", name))) if text else None,
        )

    def _key(self, name: str, owner: str) -> str | None:
        said = self._maybe(name, lambda: self._client.get_bucket_encryption(Bucket=name, ExpectedBucketOwner=owner))
        if said is None:
            return None
        settings = said.get("ServerSideEncryptionConfiguration", {})
        rules = _told(settings.get("Rules"), "Rules", name)
        found = [rule.get("ApplyServerSideEncryptionByDefault", {}).get("KMSMasterKeyID") for rule in rules]
        return next((key for key in found if key), None)

    def _private(self, name: str, owner: str) -> bool:
        said = self._maybe(name, lambda: self._client.get_public_access_block(Bucket=name, ExpectedBucketOwner=owner))
        if said is None:
            return False
        blocks = said.get("PublicAccessBlockConfiguration", {})
        four = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
        # All four are looked at, so that a missing one is not taken for one that is off.
        told = [_told(blocks.get(block), block, name) for block in four]
        return all(told)

    def _maybe(self, name: str, read: Callable[[], T]) -> T | None:
        try:
            with translated(f"reading bucket {name}"):
                return read()
        except NotThereError:
            return None


def _told(value: T | None, member: str, name: str) -> T:
    """A member that every true answer has; botocore makes an empty setting of an empty body."""
    return there(value, member, f"reading bucket {name}")


def _retention(rule: "ObjectLockRuleTypeDef | None") -> Retention | None:
    said = rule.get("DefaultRetention") if rule else None
    if said is None:
        return None
    return Retention(said.get("Mode", ""), said.get("Days") or said.get("Years", 0) * 365)
