"""How long recovery points live, and whether a vault's lock takes such a life: decided without any record."""

from datetime import timedelta
from typing import Final, TypedDict

from rehearsal.emulator.services.backup.records import Lock
from rehearsal.emulator.services.backup.shapes import Lifecycle

DELETION_DELAY: Final = timedelta(hours=4)
"""AWS deletes at a random moment of the eight hours after the end of a life: here always in their middle.

https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html (read 2026-11-22).
"""

_DAY: Final = 86_400
_OUTSIDE: Final = "The retention specified in the job is not within the range specified for the target Backup Vault."
"""https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-dashboards.html (read 2026-11-22)."""


class CalculatedLifecycle(TypedDict, total=False):
    """When a point goes cold and when its life ends, in seconds since 1970; what is absent does not happen."""

    MoveToColdStorageAt: float
    DeleteAt: float


def fits_lock(lock: Lock | None, life: Lifecycle) -> str | None:
    """Return AWS's sentence when a vault's lock fails a job that makes a point of this life; None when it fits.

    A life without end is above every upper bound.
    """
    if lock is None:
        return None
    days, least, most = life.get("DeleteAfterDays"), lock["MinRetentionDays"], lock["MaxRetentionDays"]
    too_long = most is not None and (days is None or days > most)
    too_short = least is not None and days is not None and days < least
    return _OUTSIDE if too_long or too_short else None


def calculated(creation: float, life: Lifecycle, *, can_go_cold: bool) -> CalculatedLifecycle:
    """Return the dates that follow from a life.

    Args:
        creation: Seconds since 1970 from which the days are counted.
        life: The point's.
        can_go_cold: Whether its type knows cold storage; the move is ignored where it does not.
    """
    dates: CalculatedLifecycle = {}
    if can_go_cold and "MoveToColdStorageAfterDays" in life:
        dates["MoveToColdStorageAt"] = creation + life["MoveToColdStorageAfterDays"] * _DAY
    if "DeleteAfterDays" in life:
        dates["DeleteAt"] = creation + life["DeleteAfterDays"] * _DAY
    return dates
