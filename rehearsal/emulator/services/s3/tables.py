"""The tables in which MiniStack's S3 keeps buckets, objects and what belongs to them."""

# ruff: noqa: SLF001 - MiniStack's tables have no public names
from typing import Any, Final

from rehearsal.emulator import door

BUCKETS: Final[Any] = door.s3._buckets
"""Name -> bucket, with its current objects by key under `objects`."""
VERSIONING: Final[Any] = door.s3._bucket_versioning
"""Name -> Enabled or Suspended; absent: never switched on."""
ENCRYPTION: Final[Any] = door.s3._bucket_encryption
LIFECYCLES: Final[Any] = door.s3._bucket_lifecycle
"""Name -> list of rules."""
REPLICATIONS: Final[Any] = door.s3._bucket_replication
"""Name -> role and rules."""
LOCKS: Final[Any] = door.s3._bucket_object_lock
"""Name -> default retention; a bucket is here when Object Lock is on."""
VERSIONS: Final[Any] = door.s3._object_versions
"""(bucket, key) -> versions and delete markers, the oldest first."""
TAGS: Final[Any] = door.s3._object_tags
"""(bucket, key, version id or None) -> tags."""
RETENTIONS: Final[Any] = door.s3._object_retention
HOLDS: Final[Any] = door.s3._object_legal_hold
UPLOADS: Final[Any] = door.s3._multipart_uploads
"""Upload id -> multipart upload that is not complete."""


def owner_of(bucket: str) -> str | None:
    """Return the account that has a bucket; None when there is none of that name."""
    return door.s3._bucket_owner_account(bucket)


def region_of(bucket: str) -> str:
    """Return the region of a bucket of whichever account; "" when there is none of that name."""
    owner = owner_of(bucket)
    found: door.Record | None = BUCKETS.get_scoped(owner, None, bucket) if owner else None
    return str((found or {}).get("region") or "")


def look_at_versions(account: str, bucket: str, key: str) -> list[door.Record]:
    """Return the versions of an object, the oldest first, for somebody who changes none; empty when there are none."""
    name = (account, (bucket, key))
    return VERSIONS._data.peek(name) if name in VERSIONS._data else []


def look_at_object(account: str, bucket: str, key: str) -> door.Record | None:
    """Return the current object for somebody who does not change it; None when there is none."""
    if (account, bucket) not in BUCKETS._data:
        return None
    objects = BUCKETS._data.inner((account, bucket))
    return objects.peek(key) if key in objects else None


def keys_of(account: str, bucket: str) -> set[str]:
    """Return the keys of all objects of a bucket, hidden ones too."""
    versioned = {key for owner, (place, key) in list(VERSIONS._data) if (owner, place) == (account, bucket)}
    known = (account, bucket) in BUCKETS._data
    return versioned | set(BUCKETS._data.inner((account, bucket)) if known else ())
