"""S3: how long versions are retained, who may change that, and that nobody deletes them before."""

from datetime import UTC, datetime
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.refusing import refusing
from rehearsal.emulator.services.s3 import lock_rules as rules
from rehearsal.emulator.services.s3.callers import denial
from rehearsal.emulator.services.s3.instants import days_left, parsed, written
from rehearsal.emulator.services.s3.lock_documents import date_of, malformed, root_of, text_of
from rehearsal.emulator.services.s3.object_locks import Retention
from rehearsal.emulator.services.s3.tables import HOLDS, LOCKS, RETENTIONS

FOREVER: Final = datetime.max.replace(tzinfo=UTC)
"""Until when a legal hold holds."""
_BYPASS: Final = "x-amz-bypass-governance-retention"

Name = tuple[str, str, str | None]
"""Bucket, key, version id."""


@replaces("services.s3:_check_object_lock", read="691f1e733518be52")
@refusing("s3")
def check_object_lock(_: Any, bucket: str, key: str, headers: dict[str, str], version_id: str | None) -> None:
    """Refuse to delete a version that is locked."""
    rules.refuse_to_delete_what_is_held(HOLDS.get((bucket, key, version_id)) == "ON")
    retention: Retention | None = RETENTIONS.get((bucket, key, version_id))
    if retention:
        now, until = clock.now(), parsed(retention["RetainUntilDate"])
        rules.refuse_to_delete_what_compliance_retains(retention["Mode"], until, now)
        rules.refuse_to_delete_what_governance_retains(retention["Mode"], until, now, _bypasses(headers))


def locked_until(bucket: str, key: str, version_id: str | None) -> datetime | None:
    """Return until when a version cannot be deleted: FOREVER under legal hold, None when it can be."""
    if HOLDS.get((bucket, key, version_id)) == "ON":
        return FOREVER
    retention: Retention | None = RETENTIONS.get((bucket, key, version_id))
    until = parsed(retention["RetainUntilDate"]) if retention else None
    return until if until is not None and until > clock.now() else None


@replaces("services.s3:_put_object_retention", read="2915c4d97ebaa5b4")
@refusing("s3")
def put_object_retention(_: Any, bucket: str, key: str, body: bytes, headers: dict[str, str], query: Any = None) -> Any:
    """Change a retention, if it only gets stronger or the caller may bypass it."""
    found = door.s3._ensure_bucket(bucket)  # noqa: SLF001 - as MiniStack's own
    if found is None:
        return door.s3._no_such_bucket(bucket)  # noqa: SLF001 - as MiniStack's own
    name, missing = door.s3._object_lock_target(bucket, key, found, query)  # noqa: SLF001 - as MiniStack's own
    if missing:
        return missing
    rules.refuse_a_lock_without_a_configuration(bucket in LOCKS)
    mode, until = _asked(body)
    _judge(bucket, key, mode, until)
    change(name, mode, until, bypassed=_bypasses(headers))
    return 200, {}, b""


def change(name: Name, mode: str, until: datetime | None, *, bypassed: bool) -> None:
    """Give a version another retention.

    Args:
        name: Of the version.
        mode: Of the new retention; "" to have none.
        until: Its date; None to have none.
        bypassed: Whether the protection of governance mode is set aside.

    Raises:
        Refused: The former retention forbids it.
    """
    former: Retention | None = RETENTIONS.get(name)
    now = clock.now()
    if former and parsed(former["RetainUntilDate"]) > now:
        weaker = rules.weakens((former["Mode"], parsed(former["RetainUntilDate"])), mode, until or now)
        rules.refuse_to_weaken_a_compliance_retention(weaker, former["Mode"])
        rules.refuse_to_weaken_a_governance_retention(weaker, former["Mode"], bypassed)
    if until is None:
        RETENTIONS.pop(name, None)
    else:
        RETENTIONS[name] = {"Mode": mode, "RetainUntilDate": written(until)}


def relock_replica(name: Name, retention: Retention | None, hold: str | None) -> None:
    """Give a replica the lock that its source has now.

    Raises:
        Refused: DstPutRetentionNotPermitted, its present retention forbids it.
    """
    if retention:
        try:
            change(name, retention["Mode"], parsed(retention["RetainUntilDate"]), bypassed=False)
        except Refused as refused:
            raise Refused("DstPutRetentionNotPermitted", str(refused)) from refused
    if hold:
        HOLDS[name] = hold


def _asked(body: bytes) -> tuple[str, datetime | None]:
    root = root_of(body)
    mode, until = (text_of(root, tag) for tag in ("Mode", "RetainUntilDate"))
    if not mode and not until:
        return "", None
    if mode not in {"GOVERNANCE", "COMPLIANCE"} or not until:
        raise malformed()
    at = date_of(until)
    rules.refuse_a_retention_that_is_over(at, clock.now())
    return mode, at


def _judge(bucket: str, key: str, mode: str, until: datetime | None) -> None:
    if until is not None:
        keys = {
            "object_lock_mode": mode,
            "object_lock_retain_until_date": written(until),
            "object_lock_remaining_retention_days": str(days_left(clock.now(), until)),
        }
        rules.refuse_a_retention_that_policies_refuse(denial("s3:PutObjectRetention", bucket, key, **keys))


def _bypasses(headers: dict[str, str]) -> bool:
    """Whether the caller may has been judged with the request: MiniStack asks for it wherever the header is."""
    return headers.get(_BYPASS, "").lower() == "true"
