"""What AWS Backup refuses of restore testing plans and their selections."""

import re
from collections.abc import Sequence
from typing import Final
from zoneinfo import available_timezones

from rehearsal.emulator import schedules
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.testing.testing_records import PointChoice

_GUIDE: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html"
_QUOTAS: Final = f"{_GUIDE}#restore-testing-quotas"
_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference"
_CHOICE: Final = f"{_API}/API_RestoreTestingRecoveryPointSelection.html"
_SELECTION: Final = f"{_API}/API_RestoreTestingSelectionForCreate.html"
_INFERRED: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html"
_READ: Final = "2026-11-22"
_INVALID: Final = "InvalidParameterValueException"
_NAME: Final = re.compile(r"[A-Za-z0-9_]{1,50}")
_VAULT: Final = re.compile(r"arn:aws[a-z-]*:backup:[a-z0-9*-]+:[0-9*]+:backup-vault:[A-Za-z0-9_*-]+")
_MOST_PLANS: Final = 100
_MOST: Final = 30
"""Selections of a plan, resources and conditions of a selection, and vaults of a plan."""
_LONGEST_WINDOW_DAYS: Final = 365
_LONGEST_HOURS: Final = 168
_TYPES: Final = frozenset(
    {"Aurora", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "S3"},
)
_OVERRIDES: Final = frozenset({"encryptiontype", "kmsmasterkeyarn"})


@rule(f"{_API}/API_RestoreTestingPlanForCreate.html", read=_READ)
def refuse_a_testing_name_of_another_form(name: str) -> None:
    """A restore testing plan or selection is named by 1 to 50 letters, digits and underscores."""
    if not _NAME.fullmatch(name):
        raise Refused(_INVALID, f"Invalid name {name!r}: up to 50 alphanumeric characters and underscores.")


@rule(f"{_API}/API_CreateRestoreTestingPlan.html", read=_READ)
def refuse_a_testing_name_that_is_taken(name: str, exists: bool) -> None:
    """A name is used once: of a plan in an account and region, of a selection in a plan."""
    if exists:
        raise Refused("AlreadyExistsException", f"{name} already exists.")


@rule(f"{_API}/API_GetRestoreTestingPlan.html", read=_READ)
def refuse_an_absent_test(name: str, exists: bool) -> None:
    """An operation on a restore testing plan or selection that does not exist is refused."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Cannot find {name}.")


@rule(f"{_API}/API_RestoreTestingPlanForCreate.html", read=_READ)
def refuse_a_testing_schedule_of_another_form(expression: str, zone: str) -> None:
    """A restore testing plan runs by a cron expression of six fields, in a time zone that exists."""
    if not expression.startswith("cron(") or not schedules.is_valid(expression) or zone not in available_timezones():
        raise Refused(_INVALID, f"Invalid schedule {expression} in {zone}.")


@rule(_QUOTAS, read=_READ)
def refuse_a_start_window_outside_a_week(hours: int) -> None:
    """A restore test starts within 1 to 168 hours."""
    if not 1 <= hours <= _LONGEST_HOURS:
        raise Refused(_INVALID, f"StartWindowHours must be 1 to {_LONGEST_HOURS}, got {hours}.")


@rule(_CHOICE, read=_READ)
def refuse_a_choice_of_points_that_lacks_something(choice: PointChoice) -> None:
    """A restore testing plan says which vaults, which types of points, and whether the latest or a random one."""
    for name in ("Algorithm", "IncludeVaults", "RecoveryPointTypes"):
        if not choice.get(name):
            raise Refused("MissingParameterValueException", f"RecoveryPointSelection.{name} is required.")


@rule(_CHOICE, read=_READ)
def refuse_a_selection_window_outside_a_year(days: int) -> None:
    """Points are chosen from the last 1 to 365 days."""
    if not 1 <= days <= _LONGEST_WINDOW_DAYS:
        raise Refused(_INVALID, f"SelectionWindowDays must be 1 to {_LONGEST_WINDOW_DAYS}, got {days}.")


@rule(_CHOICE, read=_READ)
def refuse_what_is_no_selector_of_vaults(selectors: Sequence[str]) -> None:
    """Vaults are chosen by a wildcard alone, or by up to 30 ARNs, which may hold wildcards."""
    every = list(selectors) == ["*"]
    if len(selectors) > _MOST or not (every or all(_VAULT.fullmatch(one) for one in selectors)):
        raise Refused(_INVALID, f"Invalid vaults: '*', or up to {_MOST} ARNs of vaults.")


@rule(_QUOTAS, read=_READ)
def refuse_too_many_testing_plans(plans: int) -> None:
    """An account has at most 100 restore testing plans in a region."""
    if plans >= _MOST_PLANS:
        raise Refused("LimitExceededException", f"An account has at most {_MOST_PLANS} restore testing plans.")


@rule(_QUOTAS, read=_READ)
def refuse_too_many_testing_selections(selections: int) -> None:
    """A restore testing plan has at most 30 selections."""
    if selections >= _MOST:
        raise Refused("LimitExceededException", f"A restore testing plan has at most {_MOST} selections.")


@rule(f"{_API}/API_DeleteRestoreTestingPlan.html", read=_READ)
def refuse_to_delete_a_testing_plan_with_selections(selections: int) -> None:
    """A restore testing plan is deleted when all its selections are."""
    if selections:
        raise Refused("InvalidRequestException", "The restore testing plan still has selections.")


@rule(_SELECTION, read=_READ)
def refuse_a_type_that_cannot_be_tested(kind: str) -> None:
    """Restores are tested of the resource types that AWS Backup lists."""
    if kind not in _TYPES:
        raise Refused(_INVALID, f"Invalid ProtectedResourceType {kind}: one of {', '.join(sorted(_TYPES))}.")


@rule(_SELECTION, read=_READ)
def refuse_resources_and_conditions_that_do_not_go_together(arns: Sequence[str], conditions: int) -> None:
    """A selection has up to 30 ARNs, or the wildcard, alone or with up to 30 conditions on tags."""
    wildcard = list(arns) == ["*"]
    if (
        not (arns or conditions)
        or (arns and not wildcard and (conditions or "*" in arns))
        or len(arns) > _MOST
        or conditions > _MOST
    ):
        raise Refused(
            _INVALID, f"Give up to {_MOST} ProtectedResourceArns, or '*' and up to {_MOST} ProtectedResourceConditions."
        )


@rule(_SELECTION, read=_READ)
def refuse_a_validation_window_outside_a_week(hours: int) -> None:
    """What a test restored is kept for 0 to 168 hours."""
    if not 0 <= hours <= _LONGEST_HOURS:
        raise Refused(_INVALID, f"ValidationWindowHours must be 0 to {_LONGEST_HOURS}, got {hours}.")


@rule(_INFERRED, read=_READ)
def refuse_to_override_other_metadata(name: str) -> None:
    """Of a tested table only the encryption can be overridden: encryptionType and kmsMasterKeyArn, in any case."""
    if name.lower() not in _OVERRIDES:
        raise Refused(_INVALID, f"The restore metadata {name} cannot be overridden.")
