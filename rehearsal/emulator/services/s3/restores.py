"""S3: objects in the archive classes, unreadable until a copy was restored, on the emulator's clock."""

# ruff: noqa: SLF001 - MiniStack's functions have no public names
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.services.refusing import refusing
from rehearsal.emulator.services.s3 import restore_rules as rules
from rehearsal.emulator.services.s3.instants import midnight_after, written
from rehearsal.emulator.services.s3.tables import BUCKETS, VERSIONS, owner_of, region_of
from rehearsal.emulator.services.s3.versions import Version, find, mark
from rehearsal.emulator.timeline import AGENDAS, Appointments

Place = tuple[str, str, str, str | None]
"""Account, bucket, key, version id."""


class RestoreAgenda:
    """Tells when a copy is there, and takes it away when its days are over."""

    def __init__(self) -> None:
        self._slots: Appointments[Place] = Appointments()

    def appoint(self, place: Place, version: Version) -> None:
        """Look at a version again when its copy is there, then when its days are over."""
        restore = version["restore"]
        self._slots.set(place, _instant(restore["expires_at" if restore["completed_fired"] else "available_at"]))

    def next_due(self) -> datetime | None:
        """Return when the next copy comes or goes."""
        return self._slots.next()

    def run_due(self, now: datetime) -> None:
        """Let copies come and go."""
        for place in self._slots.take(now):
            account, bucket, key, version_id = place
            with door.request_scope(account, region_of(bucket)):
                version = find(bucket, key, version_id)
                if version is None or not version.get("restore"):
                    continue
                if version["restore"]["completed_fired"]:
                    mark(bucket, key, version_id, restore=None)
                    _tell(place, version, "Delete")
                else:
                    mark(bucket, key, version_id, restore={**version["restore"], "completed_fired": True})
                    _tell(place, version, "Completed", version["restore"]["expires_at"])
                    self.appoint(place, find(bucket, key, version_id) or version)

    def renew(self) -> None:
        """Begin again from the objects that are being restored, or are."""
        self._slots.clear()
        for (account, (bucket, key)), versions in VERSIONS.to_dict().items():
            for version in versions:
                if version.get("restore"):
                    self.appoint((account, bucket, key, version["version_id"]), version)
        for account, bucket in list(BUCKETS.to_dict()):
            for key, current in BUCKETS._data.inner((account, bucket)).copy().items():
                if current.get("restore") and not current.get("version_id"):
                    self.appoint((account, bucket, key, None), current)


AGENDA: Final = RestoreAgenda()
"""The agenda of this process."""
AGENDAS["s3 restores"] = AGENDA


@replaces("services.s3:_dispatch", read="52562ee7c18bd9e7")
@refusing("s3")
def dispatch(
    original: Any, method: str, bucket: str, key: str, headers: dict[str, str], body: bytes, query: Any
) -> Any:
    """Answer RestoreObject of a version too, which MiniStack does not know."""
    if method != "POST" or not key or "restore" not in query:
        return original(method, bucket, key, headers, body, query)
    found = BUCKETS.get(bucket)
    if found is None:
        return door.s3._no_such_bucket(bucket)
    gone = door.s3._no_such_version(bucket, key, query)
    version_id: str | None = door.s3._resolve_subresource_version(query, found, key)
    version = find(bucket, key, version_id)
    if gone or version is None or version.get("is_delete_marker"):
        return gone or door.s3._error("NoSuchKey", "The specified key does not exist.", 404, f"/{bucket}/{key}")
    return _restore((owner_of(bucket) or "", bucket, key, version_id), version, body)


@replaces("services.s3:_sync_restore", read="f6d181aefcf15c78")
def sync_restore(_: Any, _bucket: str, _key: str, current: door.Record | None) -> str | None:
    """Return how far a restore is, by the emulator's clock."""
    return _phase(current or {})


@replaces("services.s3:_get_object", read="64ad7071ef0ec45a")
def get_object(original: Any, bucket: str, key: str, headers: dict[str, str], query: Any = None) -> Any:
    """Hand out a version whose copy was restored; MiniStack does so for the current one only."""
    named: list[str] = query.get("versionId", []) if query else []
    version = find(bucket, key, named[0]) if named else None
    storage_class = (version or {}).get("storage_class")
    if version is None or storage_class not in rules.ARCHIVES or _phase(version) != "restored":
        return original(bucket, key, headers, query)
    version["storage_class"] = "STANDARD"
    try:
        status, answered, content = original(bucket, key, headers, query)
    finally:
        version["storage_class"] = storage_class
    return status, {**answered, "x-amz-storage-class": storage_class}, content


@replaces("services.s3:_object_response_headers", read="33b3f416a4b52eb6")
def object_response_headers(original: Any, record: door.Record, *rest: Any, **more: Any) -> Any:
    """Say by the emulator's clock whether a copy is there, and until when."""
    headers: dict[str, str] = original(record, *rest, **more)
    headers.pop("x-amz-restore", None)
    phase = _phase(record)
    if phase == "in_progress":
        headers["x-amz-restore"] = 'ongoing-request="true"'
    elif phase:
        expiry = _instant(record["restore"]["expires_at"]).strftime("%a, %d %b %Y %H:%M:%S GMT")
        headers["x-amz-restore"] = f'ongoing-request="false", expiry-date="{expiry}"'
    return headers


def _restore(place: Place, version: Version, body: bytes) -> Any:
    storage_class = str(version.get("storage_class") or "STANDARD")
    rules.refuse_to_restore_what_is_not_archived(storage_class)
    phase = _phase(version)
    rules.refuse_a_second_restore(phase == "in_progress")
    asked = {one.tag.rpartition("}")[2]: (one.text or "").strip() for one in door.s3.fromstring(body).iter()}
    rules.refuse_a_restore_without_days(asked.get("Days", ""))
    tier = asked.get("Tier") or "Standard"
    rules.refuse_an_unknown_tier(storage_class, tier)
    now = clock.now()
    available = now if phase else now + timedelta(hours=rules.HOURS[storage_class, tier])
    restore = {
        "requested_at": now.timestamp(),
        "available_at": available.timestamp(),
        "expires_at": midnight_after(available, int(asked["Days"])).timestamp(),
        "completed_fired": phase == "restored",
    }
    _, bucket, key, version_id = place
    mark(bucket, key, version_id, restore=restore)
    AGENDA.appoint(place, {"restore": restore})
    if not phase:
        _tell(place, version, "Post")
    return (200 if phase else 202), {}, b""


def _phase(record: door.Record) -> str | None:
    restore = record.get("restore")
    if not restore:
        return None
    now = clock.now().timestamp()
    if now < restore["available_at"]:
        return "in_progress"
    return "restored" if now < restore["expires_at"] else None


def _tell(place: Place, version: Version, what: str, expires_at: float | None = None) -> None:
    _, bucket, key, version_id = place
    more: door.Record = {}
    if expires_at is not None:
        more["restore_event_data"] = {
            "lifecycleRestorationExpiryTime": written(_instant(expires_at)),
            "lifecycleRestoreStorageClass": version["storage_class"],
        }
    told = {"size": version["size"], "etag": version["etag"], "version_id": version_id}
    door.s3._fire_s3_event(bucket, key, f"s3:ObjectRestore:{what}", **told, **more)


def _instant(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
