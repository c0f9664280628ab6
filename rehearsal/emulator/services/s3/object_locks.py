"""S3: Object Lock of new objects, by their own request or by their bucket's default, on the emulator's clock."""

from datetime import timedelta
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.services.refusing import refusing
from rehearsal.emulator.services.s3 import lock_rules as rules
from rehearsal.emulator.services.s3.instants import written, years_after
from rehearsal.emulator.services.s3.lock_documents import date_of, root_of, text_of
from rehearsal.emulator.services.s3.tables import HOLDS, LOCKS, RETENTIONS

_MODE: Final = "x-amz-object-lock-mode"
_UNTIL: Final = "x-amz-object-lock-retain-until-date"
_HOLD: Final = "x-amz-object-lock-legal-hold"
HEADERS: Final = (_MODE, _UNTIL, _HOLD)
"""By which an upload asks for a lock of its own."""

Retention = dict[str, str]
"""As MiniStack keeps it: Mode and RetainUntilDate."""


@replaces("services.s3:_object_lock_header_error", read="5d4b0f65a07fc07a")
@refusing("s3")
def object_lock_header_error(_: Any, bucket: str, headers: dict[str, str]) -> None:
    """Refuse an upload whose headers ask for a lock that S3 refuses."""
    mode, until, hold = (headers.get(name, "") for name in HEADERS)
    if not (mode or until or hold):
        return
    rules.refuse_a_lock_without_a_configuration(bucket in LOCKS)
    rules.refuse_half_a_retention(mode, until)
    if mode:
        rules.refuse_an_unknown_mode(mode)
        rules.refuse_a_retention_that_is_over(date_of(until), clock.now())
    if hold:
        rules.refuse_an_unknown_legal_hold(hold)


@replaces("services.s3:_apply_object_lock_from_headers", read="6ae36cbe1198b7ba")
def apply_object_lock_from_headers(
    _: Any, bucket: str, key: str, headers: dict[str, str], version_id: str | None
) -> None:
    """Lock an object that was made, as its request or its bucket says."""
    apply_lock(bucket, key, headers, version_id)


def apply_lock(bucket: str, key: str, headers: dict[str, str], version_id: str | None) -> None:
    """Lock an object that was made, as these headers say, else as the bucket's default does."""
    retention = {"Mode": headers[_MODE], "RetainUntilDate": headers[_UNTIL]} if headers.get(_MODE) else None
    lock(bucket, key, version_id, retention, headers.get(_HOLD))


def lock(bucket: str, key: str, version_id: str | None, retention: Retention | None, hold: str | None) -> None:
    """Lock a new version.

    Args:
        bucket: Of the scope's account; one without Object Lock locks nothing.
        key: Of the object.
        version_id: Of the new version.
        retention: Its own; None: the bucket's default, if it has one.
        hold: ON or OFF; None: as OFF.
    """
    if bucket not in LOCKS:
        return
    kept = retention or default_retention(bucket)
    if kept is not None:
        RETENTIONS[bucket, key, version_id] = dict(kept)
    if hold:
        HOLDS[bucket, key, version_id] = hold


def default_retention(bucket: str) -> Retention | None:
    """Return the retention that a bucket gives to an object made now; None when it gives none."""
    lock: door.Record = LOCKS.get(bucket, {})
    configured: door.Record | None = lock.get("default_retention")
    if not configured:
        return None
    now = clock.now()
    days: int | None = configured.get("Days")
    until = now + timedelta(days=days) if days else years_after(now, configured["Years"])
    return {"Mode": configured["Mode"], "RetainUntilDate": written(until)}


@replaces("services.s3:_put_object_lock_configuration", read="596d4a42de3b6400")
@refusing("s3")
def put_object_lock_configuration(original: Any, bucket: str, body: bytes) -> Any:
    """Refuse a default retention that is out of bounds."""
    for unit, length in _lengths(body):
        rules.refuse_a_default_retention_out_of_bounds(unit, length)
    return original(bucket, body)


def _lengths(body: bytes) -> list[tuple[str, int]]:
    root = root_of(body)
    found = [(unit, text_of(root, unit)) for unit in ("Days", "Years")]
    return [(unit, int(text)) for unit, text in found if text.lstrip("-").isdigit()]
