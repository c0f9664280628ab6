"""What AWS Backup refuses when a backup job is asked for or stopped."""

from typing import Final

from rehearsal.emulator.rules import Refused, rule
from strongroom.facts.limits import START_WINDOW_MINUTES

_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference"
_AIR_GAPPED: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/lag-vault-primary-backup.html"
_READ: Final = "2026-11-22"
_LONGEST_WINDOW: Final = 52_560_000
_INVALID: Final = "InvalidParameterValueException"


@rule(f"{_API}/API_StartBackupJob.html", read=_READ)
def refuse_a_job_on_a_resource_elsewhere(arn: str, account: str, region: str) -> None:
    """A job backs up a resource of the caller's account and region."""
    if arn.split(":")[3:5] != [region, account]:
        raise Refused(_INVALID, f"The resource {arn} must be one of account {account} in {region}.")


@rule(f"{_API}/API_StartBackupJob.html", read=_READ)
def refuse_a_start_window_of_a_job_outside_its_bounds(minutes: int) -> None:
    """A job's start window is at least 60 minutes and at most 100 years."""
    if not START_WINDOW_MINUTES.low <= minutes <= _LONGEST_WINDOW:
        raise Refused(
            _INVALID,
            f"Invalid start window. StartWindowMinutes must be {START_WINDOW_MINUTES.low} to {_LONGEST_WINDOW},"
            f" got {minutes}.",
        )


@rule(f"{_API}/API_StartBackupJob.html", read=_READ)
def refuse_a_job_that_must_end_before_it_may_start(start: int, complete: int) -> None:
    """A job's completion window, counted from the same instant, is no shorter than its start window."""
    if complete < start:
        raise Refused(
            _INVALID, f"CompleteWindowMinutes ({complete}) must not be less than StartWindowMinutes ({start})."
        )


@rule(f"{_API}/API_StartBackupJob.html", read=_READ)
def refuse_a_role_that_backup_cannot_assume_for_a_job(arn: str, trusts: bool) -> None:
    """The role of a job exists in the account and trusts backup.amazonaws.com."""
    if not trusts:
        raise Refused(_INVALID, f"IAM Role {arn} cannot be assumed by AWS Backup")


@rule(_AIR_GAPPED, read=_READ)
def refuse_an_air_gapped_vault_as_the_only_target(vault: str, is_air_gapped: bool) -> None:
    """A job or rule names a standard vault; an air-gapped one is named besides, by its ARN."""
    if is_air_gapped:
        raise Refused(_INVALID, f"Backup vault {vault} is logically air-gapped, name a standard vault as well.")


@rule(_AIR_GAPPED, read=_READ)
def refuse_an_air_gapped_target_that_is_none(arn: str, fits: bool) -> None:
    """The air-gapped vault that a job or rule backs up to is one of its own account and region."""
    if not fits:
        raise Refused(_INVALID, f"{arn} is no logically air-gapped vault of this account and region.")


@rule(f"{_API}/API_StartBackupJob.html", read=_READ)
def refuse_a_token_of_another_request(token: str, is_same: bool) -> None:
    """An idempotency token stands for one request: with other parameters it is refused."""
    if not is_same:
        raise Refused(_INVALID, f"The idempotency token {token} was used with other parameters.")


@rule(f"{_API}/API_StopBackupJob.html", read=_READ)
def refuse_to_stop_a_job_that_has_ended(job: str, state: str, has_ended: bool) -> None:
    """Only a job that has not ended can be stopped."""
    if has_ended:
        raise Refused("InvalidRequestException", f"The backup job {job} cannot be stopped because it is {state}.")
