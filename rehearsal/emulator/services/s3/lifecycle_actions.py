"""S3: does to a version what a lifecycle rule says, and tells who wants to know."""

# ruff: noqa: SLF001 - MiniStack's functions have no public names
from dataclasses import dataclass, replace

from rehearsal.emulator import door
from rehearsal.emulator.services.s3.lifecycle_deeds import Deed
from rehearsal.emulator.services.s3.notifications import Happening, emit, notify
from rehearsal.emulator.services.s3.tables import BUCKETS, VERSIONING
from rehearsal.emulator.services.s3.versions import Version, mark


@dataclass(frozen=True)
class Place:
    """What rules are asked about: all versions of a key, or an upload."""

    account: str
    bucket: str
    key: str
    upload_id: str = ""
    """"": the versions of the key."""


def act(place: Place, version: Version, deed: Deed) -> None:
    """Move a version, delete it, or hide it behind a delete marker; the scope is the bucket's."""
    happening = Happening("", place.bucket, place.key, id_of(version), int(version["size"]), str(version["etag"]))
    if deed.what == "move":
        mark(place.bucket, place.key, id_of(version), storage_class=deed.storage_class)
        _tell_of_move(happening, deed.storage_class)
    elif deed.what == "delete":
        _delete(place, version)
        _tell_of_deletion(replace(happening, name="s3:LifecycleExpiration:Delete"), "Permanently Deleted")
    else:
        objects = BUCKETS[place.bucket]["objects"]
        marker: str = door.s3._record_delete_marker(place.bucket, place.key, objects.get(place.key))
        objects.pop(place.key, None)
        made = replace(happening, name="s3:LifecycleExpiration:DeleteMarkerCreated", version_id=marker)
        _tell_of_deletion(made, "Delete Marker Created")


def _delete(place: Place, version: Version) -> None:
    bucket = BUCKETS[place.bucket]
    if place.bucket in VERSIONING:
        door.s3._delete_object_version(bucket, place.bucket, place.key, version.get("version_id") or "null")
    else:
        door.s3._purge_current_object(place.bucket, place.key, bucket)


def _tell_of_move(happening: Happening, storage_class: str) -> None:
    moved = {"lifecycleEventData": {"transitionEventData": {"destinationStorageClass": storage_class}}}
    notify(replace(happening, name="s3:LifecycleTransition"), moved)
    emit(happening, "Object Storage Class Changed", {"destination-storage-class": storage_class})


def _tell_of_deletion(happening: Happening, kind: str) -> None:
    notify(happening)
    emit(happening, "Object Deleted", {"reason": "Lifecycle Expiration", "deletion-type": kind})


def id_of(version: Version) -> str | None:
    """Return a version's id; None for the version that was made while the bucket kept none."""
    found = version.get("version_id")
    return None if found == "null" else found
