"""S3: does to objects what lifecycle rules say, at the midnight when it is due; nothing is looked at before."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.services.s3.instants import midnight_after, parsed
from rehearsal.emulator.services.s3.lifecycle_actions import Place, act, id_of
from rehearsal.emulator.services.s3.lifecycle_deeds import Deed, Rule, Seen, aborts_at, deeds
from rehearsal.emulator.services.s3.retentions import FOREVER, locked_until
from rehearsal.emulator.services.s3.tables import (
    BUCKETS,
    LIFECYCLES,
    TAGS,
    UPLOADS,
    VERSIONING,
    keys_of,
    look_at_object,
    look_at_versions,
    region_of,
)
from rehearsal.emulator.services.s3.versions import Version
from rehearsal.emulator.timeline import AGENDAS, Appointments

_LEAST_SIZE: Final = "x-amz-transition-default-minimum-object-size"


class LifecycleAgenda:
    """Knows for each key when the next thing happens to it, and looks again at what has changed."""

    def __init__(self) -> None:
        self._slots: Appointments[Place] = Appointments()
        self._changed: dict[Place, None] = {}

    def look_again(self, bucket: str, key: str, upload_id: str = "") -> None:
        """Note that something about a key of the scope's account has changed; nothing in a bucket without rules."""
        if bucket in LIFECYCLES:
            self._changed[Place(door.account(), bucket, key, upload_id)] = None

    def look_at_bucket(self, account: str, bucket: str) -> None:
        """Note that a bucket has other rules."""
        for key in keys_of(account, bucket):
            self._changed[Place(account, bucket, key)] = None
        for (owner, upload_id), upload in UPLOADS.to_dict().items():
            if (owner, upload["bucket"]) == (account, bucket):
                self._changed[Place(account, bucket, upload["key"], upload_id)] = None

    def next_due(self) -> datetime | None:
        """Return when the next deed is due."""
        while self._changed:
            self._appoint(self._changed.popitem()[0])
        return self._slots.next()

    def run_due(self, now: datetime) -> None:
        """Do what is due by now."""
        for place in self._slots.take(now):
            with door.request_scope(place.account, region_of(place.bucket)):
                if place.upload_id:
                    UPLOADS.pop(place.upload_id, None)
                else:
                    while (first := _first_due(place, now)) is not None:
                        act(place, *first)
            self._appoint(place)

    def renew(self) -> None:
        """Begin again from the buckets that have rules."""
        self._slots.clear()
        self._changed.clear()
        for account, bucket in list(LIFECYCLES.to_dict()):
            self.look_at_bucket(account, bucket)

    def _appoint(self, place: Place) -> None:
        with door.request_scope(place.account, region_of(place.bucket)):
            due = _abort(place) if place.upload_id else min((deed.at for _, deed in _ahead(place)), default=None)
        if due is None:
            self._slots.drop(place)
        else:
            self._slots.set(place, due)


AGENDA: Final = LifecycleAgenda()
"""The agenda of this process."""
AGENDAS["s3 lifecycle"] = AGENDA


def _rules(bucket: str) -> list[Rule]:
    """What MiniStack could not read as rules it keeps as text."""
    found: list[Rule] | str | None = LIFECYCLES.get(bucket)
    return found if isinstance(found, list) else []


def _abort(place: Place) -> datetime | None:
    upload: door.Record | None = UPLOADS.get(place.upload_id)
    return None if upload is None else aborts_at(_rules(place.bucket), place.key, parsed(upload["created"]))


def _ahead(place: Place) -> Iterator[tuple[Version, Deed]]:
    """Yield what the rules do to each version: nothing is deleted before its lock ends, or under legal hold."""
    rules = _rules(place.bucket)
    if not rules:
        return
    least_size: str = BUCKETS[place.bucket].get(_LEAST_SIZE, "all_storage_classes_128K")
    for version, seen in _seen(place):
        for deed in deeds(rules, place.key, seen, least_size):
            allowed = _allowed(place, version, deed)
            if allowed is not None:
                yield version, allowed


def _allowed(place: Place, version: Version, deed: Deed) -> Deed | None:
    now = clock.now()
    if deed.what == "move" and version.get("replication_status") == "PENDING":
        return replace(deed, at=max(deed.at, midnight_after(now, 1)))
    until = locked_until(place.bucket, place.key, id_of(version)) if deed.what == "delete" else None
    if until is None:
        return deed
    return None if until == FOREVER else replace(deed, at=max(deed.at, midnight_after(until, 0)))


def _first_due(place: Place, now: datetime) -> tuple[Version, Deed] | None:
    due = [(version, deed) for version, deed in _ahead(place) if deed.at <= now]
    return min(due, key=lambda found: found[1].rank, default=None)


def _seen(place: Place) -> Iterator[tuple[Version, Seen]]:
    versions = look_at_versions(place.account, place.bucket, place.key)
    current = look_at_object(place.account, place.bucket, place.key)
    if not versions and current is not None:
        versions = [current]
    versioned = place.bucket in VERSIONING
    for at, version in enumerate(versions):
        is_last = at == len(versions) - 1
        marker = bool(version.get("is_delete_marker"))
        tags: dict[str, str] = TAGS.get((place.bucket, place.key, id_of(version))) or {}
        yield (
            version,
            Seen(
                created=parsed(version["last_modified"]),
                size=int(version["size"]),
                storage_class=str(version.get("storage_class") or "STANDARD"),
                tags=None if marker else tags,
                versioned=versioned,
                noncurrent_since=None if is_last else parsed(versions[at + 1]["last_modified"]),
                newer_noncurrent=max(0, len(versions) - 2 - at),
                is_alone=len(versions) == 1,
            ),
        )
