"""What AWS Backup refuses when the life of a recovery point is to be changed or ended."""

from typing import Final

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.shapes import Lifecycle

_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference"
_LOCK: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html"
_HOLD: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/legalhold.html"
_READ: Final = "2026-11-22"
_REQUEST: Final = "InvalidRequestException"


@rule(_LOCK, read=_READ)
def refuse_to_delete_from_a_locked_vault(arn: str, vault: str, is_locked: bool) -> None:
    """No point is deleted from a locked vault: in governance mode, in the grace time and after it alike."""
    if is_locked:
        raise Refused(_REQUEST, f"Recovery point {arn} cannot be deleted: backup vault {vault} is locked.")


@rule(_LOCK, read=_READ)
def refuse_to_change_a_life_in_a_locked_vault(arn: str, vault: str, is_locked: bool) -> None:
    """The lifecycle of a point in a locked vault stays as it is."""
    if is_locked:
        raise Refused(_REQUEST, f"The lifecycle of {arn} cannot be changed: backup vault {vault} is locked.")


@rule(_HOLD, read=_READ)
def refuse_to_delete_what_a_legal_hold_holds(arn: str, holds: list[str]) -> None:
    """A point under a legal hold is not deleted before the hold is cancelled."""
    if holds:
        raise Refused(_REQUEST, f"Recovery point {arn} cannot be deleted: it is under legal hold {', '.join(holds)}.")


@rule(f"{_API}/API_UpdateRecoveryPointLifecycle.html", read=_READ)
def refuse_to_change_the_move_of_a_cold_point(arn: str, before: Lifecycle, after: Lifecycle, is_cold: bool) -> None:
    """Once a point went cold, the day on which it did cannot be changed."""
    member = "MoveToColdStorageAfterDays"
    if is_cold and before.get(member) != after.get(member):
        raise Refused(_REQUEST, f"{member} of {arn} cannot be changed: it is in cold storage.")


@rule(f"{_API}/API_UpdateRecoveryPointLifecycle.html", read=_READ)
def refuse_a_point_that_is_not_there_yet(arn: str, status: str) -> None:
    """The life of a point that is being made cannot be changed, nor can it be deleted."""
    if status == "CREATING":
        raise Refused("InvalidResourceStateException", f"Recovery point {arn} is {status}.")


@rule(f"{_API}/API_DisassociateRecoveryPoint.html", read=_READ)
def refuse_to_disassociate_a_snapshot(arn: str) -> None:
    """Only a continuous backup is disassociated; a snapshot stays with AWS Backup."""
    raise Refused(_REQUEST, f"Recovery point {arn} is a snapshot, not a continuous backup.")


@rule(f"{_API}/API_DisassociateRecoveryPointFromParent.html", read=_READ)
def refuse_a_point_without_parent(arn: str) -> None:
    """Only a point that is nested in another is taken from it."""
    raise Refused(_REQUEST, f"Recovery point {arn} has no parent.")
