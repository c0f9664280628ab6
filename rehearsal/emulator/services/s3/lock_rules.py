"""S3: what Object Lock refuses. Nothing here knows MiniStack."""

from datetime import datetime
from typing import Final

from rehearsal.emulator.rules import Refused, rule

_GUIDE: Final = "https://docs.aws.amazon.com/AmazonS3/latest/userguide"
_API: Final = "https://docs.aws.amazon.com/AmazonS3/latest/API"
_LOCK: Final = f"{_GUIDE}/object-lock.html"
_MANAGING: Final = f"{_GUIDE}/object-lock-managing.html"
_READ: Final = "2026-11-22"
_MODES: Final = ("GOVERNANCE", "COMPLIANCE")
_HOLDS: Final = ("ON", "OFF")
_MOST: Final = {"Days": 36500, "Years": 100}
_PROTECTED: Final = "Access Denied because object protected by object lock."


@rule(f"{_API}/API_PutObjectLockConfiguration.html", read=_READ)
def refuse_a_lock_without_a_configuration(locked: bool) -> None:
    """Retention and legal hold are for objects of buckets with Object Lock."""
    if not locked:
        raise Refused("InvalidRequest", "Bucket is missing Object Lock Configuration")


@rule(f"{_API}/API_DefaultRetention.html", read=_READ)
def refuse_a_default_retention_out_of_bounds(unit: str, length: int) -> None:
    """A default retention is 1 to 36500 days, or 1 to 100 years."""
    if length < 1:
        raise Refused("InvalidArgument", "Default retention period must be a positive integer value.")
    if length > _MOST[unit]:
        raise Refused("InvalidArgument", f"Default retention period too large for '{unit}', at most {_MOST[unit]}")


@rule(f"{_API}/API_PutObject.html", read=_READ)
def refuse_half_a_retention(mode: str, until: str) -> None:
    """A retention is a mode and a date."""
    if bool(mode) != bool(until):
        raise Refused(
            "InvalidArgument", "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied"
        )


@rule(f"{_API}/API_PutObject.html", read=_READ)
def refuse_an_unknown_mode(mode: str) -> None:
    """A retention's mode is GOVERNANCE or COMPLIANCE."""
    if mode not in _MODES:
        raise Refused("InvalidArgument", "Unknown wormMode directive.")


@rule(f"{_API}/API_PutObject.html", read=_READ)
def refuse_an_unknown_legal_hold(hold: str) -> None:
    """A legal hold is ON or OFF."""
    if hold not in _HOLDS:
        raise Refused("InvalidArgument", "Legal Hold must be either of 'ON' or 'OFF'")


@rule(f"{_API}/API_PutObjectRetention.html", read=_READ)
def refuse_a_retention_that_is_over(until: datetime, now: datetime) -> None:
    """An object is retained until a date that is still to come."""
    if until <= now:
        raise Refused("InvalidArgument", "The retain until date must be in the future!")


@rule(_MANAGING, read=_READ)
def refuse_a_locked_upload_without_a_checksum(has_checksum: bool, kind: str) -> None:
    """What is uploaded with a retention, its own or the bucket's, comes with Content-MD5 or a checksum."""
    if not has_checksum:
        raise Refused(
            "InvalidRequest",
            f"Content-MD5 OR x-amz-checksum- HTTP header is required for {kind} requests with Object Lock parameters",
        )


@rule(_LOCK, read=_READ)
def refuse_to_delete_what_is_held(held: bool) -> None:
    """A version under legal hold is deleted by nobody."""
    if held:
        raise Refused("AccessDenied", _PROTECTED)


@rule(_LOCK, read=_READ)
def refuse_to_delete_what_compliance_retains(mode: str, until: datetime, now: datetime) -> None:
    """A version that is retained in compliance mode is deleted by nobody, the root user included, until its date."""
    if mode == "COMPLIANCE" and until > now:
        raise Refused("AccessDenied", _PROTECTED)


@rule(_MANAGING, read=_READ)
def refuse_to_delete_what_governance_retains(mode: str, until: datetime, now: datetime, bypassed: bool) -> None:
    """In governance mode it takes s3:BypassGovernanceRetention and the header that says so."""
    if mode == "GOVERNANCE" and until > now and not bypassed:
        raise Refused("AccessDenied", _PROTECTED)


@rule(_LOCK, read=_READ)
def refuse_to_weaken_a_compliance_retention(weakens: bool, mode: str) -> None:
    """A compliance retention is made longer; not shorter, not weaker, not away, and by nobody."""
    if weakens and mode == "COMPLIANCE":
        raise Refused("AccessDenied", _PROTECTED)


@rule(_MANAGING, read=_READ)
def refuse_to_weaken_a_governance_retention(weakens: bool, mode: str, bypassed: bool) -> None:
    """A governance retention is made shorter or taken away with s3:BypassGovernanceRetention and the header only."""
    if weakens and mode == "GOVERNANCE" and not bypassed:
        raise Refused("AccessDenied", _PROTECTED)


@rule(f"{_GUIDE}/object-lock-managing.html", read=_READ)
def refuse_a_retention_that_policies_refuse(sentence: str | None) -> None:
    """Whoever sets a retention is judged by its mode, date and s3:object-lock-remaining-retention-days too."""
    if sentence:
        raise Refused("AccessDenied", sentence)


def weakens(former: tuple[str, datetime], mode: str, until: datetime) -> bool:
    """Return whether a retention protects less than the former one."""
    return until < former[1] or (former[0] == "COMPLIANCE" and mode != "COMPLIANCE")
