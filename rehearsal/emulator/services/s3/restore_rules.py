"""S3: what a restore of an archived object is refused for."""

from typing import Final

from rehearsal.emulator.rules import Refused, rule

_API: Final = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html"
_OPTIONS: Final = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html"
_READ: Final = "2026-11-22"
ARCHIVES: Final = ("GLACIER", "DEEP_ARCHIVE")
"""Classes whose objects are unreadable until they are restored."""
HOURS: Final = {
    ("GLACIER", "Expedited"): 5 / 60,
    ("GLACIER", "Standard"): 5,
    ("GLACIER", "Bulk"): 12,
    ("DEEP_ARCHIVE", "Standard"): 12,
    ("DEEP_ARCHIVE", "Bulk"): 48,
}
"""The longest that AWS says it takes: restoring-objects-retrieval-options.html."""


@rule(_API, read=_READ)
def refuse_to_restore_what_is_not_archived(storage_class: str) -> None:
    """Only objects in GLACIER and DEEP_ARCHIVE are restored."""
    if storage_class == "GLACIER_IR":
        raise Refused("InvalidObjectState", "Restore is not allowed for the object's current storage class.")
    if storage_class not in ARCHIVES:
        raise Refused("ObjectAlreadyInActiveTierError", "This action is not allowed against this storage tier.")


@rule(_API, read=_READ)
def refuse_a_second_restore(in_progress: bool) -> None:
    """While a copy is being restored no other is begun."""
    if in_progress:
        raise Refused("RestoreAlreadyInProgress", "Object restore is already in progress.")


@rule(_OPTIONS, read=_READ)
def refuse_an_unknown_tier(storage_class: str, tier: str) -> None:
    """The tier is Expedited, Standard or Bulk; from DEEP_ARCHIVE nothing is expedited."""
    if (storage_class, tier) not in HOURS:
        raise Refused("InvalidArgument", f"The retrieval tier {tier} is not valid for {storage_class}")


@rule(_API, read=_READ)
def refuse_a_restore_without_days(days: str) -> None:
    """A restore says for how many days the copy stays, at least one."""
    if not days.isdigit() or int(days) < 1:
        raise Refused("MalformedXML", "The Days element is required for regular (non-select) restore")
