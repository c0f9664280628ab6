"""Lifecycles of recovery points, in plans and copy actions alike."""

from typing import Final

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.shapes import Lifecycle
from strongroom.facts.limits import COLD_MINIMUM_DAYS, RETENTION_DAYS

_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_Lifecycle.html"
_CONTINUOUS: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html"
_READ: Final = "2026-11-22"
_MOST_CONTINUOUS: Final = 35


@rule(_API, read=_READ)
def refuse_a_life_outside_its_bounds(rule_name: str, life: Lifecycle) -> None:
    """A recovery point lives 1 to 36,500 days when its life ends at all."""
    days = life.get("DeleteAfterDays")
    if days is not None and not RETENTION_DAYS.low <= days <= RETENTION_DAYS.high:
        _refuse(
            rule_name,
            f"DeleteAfterDays cannot be less than {RETENTION_DAYS.low} or more than {RETENTION_DAYS.high} days",
        )


@rule(_API, read=_READ)
def refuse_a_move_to_cold_storage_outside_its_bounds(rule_name: str, life: Lifecycle) -> None:
    """A recovery point moves to cold storage after 1 day at the earliest."""
    days = life.get("MoveToColdStorageAfterDays")
    if days is not None and days < 1:
        _refuse(rule_name, f"MoveToColdStorageAfterDays cannot be less than 1 day, got {days}")


@rule(_API, read=_READ)
def refuse_less_than_ninety_days_in_cold_storage(rule_name: str, life: Lifecycle) -> None:
    """A recovery point is deleted 90 days after it went cold, or later."""
    cold, end = life.get("MoveToColdStorageAfterDays"), life.get("DeleteAfterDays")
    if cold is not None and end is not None and end < cold + COLD_MINIMUM_DAYS:
        _refuse(
            rule_name,
            f"DeleteAfterDays cannot be less than {COLD_MINIMUM_DAYS} days apart from MoveToColdStorageAfterDays",
        )


@rule(_CONTINUOUS, read=_READ)
def refuse_a_continuous_backup_that_cannot_be_kept(rule_name: str, life: Lifecycle) -> None:
    """A continuous backup never goes cold and is kept 1 to 35 days."""
    if "MoveToColdStorageAfterDays" in life:
        _refuse(rule_name, "MoveToColdStorageAfterDays is unavailable")
    if life.get("DeleteAfterDays", _MOST_CONTINUOUS + 1) > _MOST_CONTINUOUS:
        _refuse(rule_name, f"DeleteAfterDays of a continuous backup must be 1 to {_MOST_CONTINUOUS} days")


def check(rule_name: str, life: Lifecycle) -> None:
    """Refuse a lifecycle that no recovery point can have.

    Args:
        rule_name: What the message names; empty where no rule of a plan is at fault.
        life: As it was asked.

    Raises:
        Refused: it is one.
    """
    refuse_a_life_outside_its_bounds(rule_name, life)
    refuse_a_move_to_cold_storage_outside_its_bounds(rule_name, life)
    refuse_less_than_ninety_days_in_cold_storage(rule_name, life)


def _refuse(rule_name: str, why: str) -> None:
    where = f"Error in rule {rule_name} : " if rule_name else ""
    raise Refused("InvalidParameterValueException", f"{where}Invalid lifecycle. {why}")
