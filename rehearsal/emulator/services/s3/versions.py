"""S3: the versions of an object, found, marked, and put in their place among the others."""

# ruff: noqa: SLF001 - MiniStack's functions have no public names
from collections.abc import Sequence
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.services.s3.instants import written
from rehearsal.emulator.services.s3.tables import BUCKETS, VERSIONS

_CARRIED: Final = ("checksum_type", "parts", "replicated_by", "restore")
"""What MiniStack loses between an object and its entry among the versions."""

Version = door.Record


@replaces("services.s3:now_iso", read="f75b8f2114211a94")
def now_iso(_: Any) -> str:
    """Return the emulator's time: objects are made, and become noncurrent, on its clock."""
    return written(clock.now())


@replaces("services.s3:_version_entry_from_record", read="ddd99b6828a0d82d")
def version_entry_from_record(original: Any, current: door.Record, *rest: Any) -> Version:
    """Keep with a version what MiniStack drops."""
    return _carried(original(current, *rest), current)


@replaces("services.s3:_object_record_from_version", read="dcb5e05b6658bf69")
def object_record_from_version(original: Any, version: Version) -> door.Record:
    """Give back to an object what MiniStack drops."""
    return _carried(original(version), version)


def find(bucket: str, key: str, version_id: str | None) -> Version | None:
    """Return a version of the scope's account.

    Args:
        bucket: Name.
        key: Of the object.
        version_id: None for the object of a bucket that keeps no versions; that one is a current record.
    """
    for version in VERSIONS.get((bucket, key), []):
        if version["version_id"] == (version_id or "null"):
            return version
    current = _objects(bucket).get(key)
    return current if current is not None and _is(current, version_id) else None


def mark(bucket: str, key: str, version_id: str | None, **members: object) -> None:
    """Set members of a version, and of the current object when that is the version."""
    versions: Sequence[Version] = VERSIONS.get((bucket, key), [])
    for version in versions:
        if version["version_id"] == (version_id or "null"):
            version.update(members)
    current = _objects(bucket).get(key)
    if current is not None and _is(current, version_id):
        current.update(members)


def place(bucket: str, key: str, version: Version) -> None:
    """Put a version that was made elsewhere among those of its key, in the order of their creation."""
    versions: list[Version] = list(VERSIONS.get((bucket, key), []))
    door.s3._preserve_null_version(bucket, key, versions, _objects(bucket).get(key))
    versions = [other for other in versions if other["version_id"] != version["version_id"]]
    at = len(versions)
    while at and versions[at - 1]["last_modified"] > version["last_modified"]:
        at -= 1
    versions.insert(at, version)
    for other in versions:
        other["is_latest"] = other is versions[-1]
    VERSIONS[bucket, key] = versions
    _show(bucket, key, versions[-1])


def _is(current: door.Record, version_id: str | None) -> bool:
    return (current.get("version_id") or "null") == (version_id or "null")


def _show(bucket: str, key: str, latest: Version) -> None:
    if latest.get("is_delete_marker"):
        _objects(bucket).pop(key, None)
        return
    current = door.s3._object_record_from_version(latest)
    _objects(bucket)[key] = {**current, "body": latest["data"]}


def _objects(bucket: str) -> Any:
    found: door.Record | None = BUCKETS.get(bucket)
    return found["objects"] if found else {}


def _carried(made: door.Record, source: door.Record) -> door.Record:
    return {**made, **{name: source[name] for name in _CARRIED if source.get(name)}}
