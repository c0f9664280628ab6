"""What AWS Backup refuses of restores: at once what is wrong in a request itself, else by a job that fails."""

from typing import Final

from rehearsal.emulator.rules import Refused, rule

_GUIDE: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide"
_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference"
_TROUBLE: Final = f"{_GUIDE}/restore-testing.html#restore-testing-troubleshooting"
_READ: Final = "2026-11-22"
_INVALID: Final = "InvalidParameterValueException"
_DENIED: Final = "AccessDeniedException"
_STATUSES: Final = frozenset({"COMPLETED", "AVAILABLE", "PARTIAL", "EXPIRED"})


@rule(f"{_GUIDE}/create-cross-account-backup.html#restore-cab", read=_READ)
def refuse_a_point_that_is_nobodys_here(arn: str, exists: bool) -> None:
    """A point is restored in the account that owns it, or in one that its logically air-gapped vault is shared with."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Cannot find recovery point {arn}.")


@rule(f"{_API}/API_StartRestoreJob.html", read=_READ)
def refuse_to_restore_what_is_not_whole(arn: str, status: str, has_data: bool) -> None:
    """A point is restored when it is complete, or as far as it goes: not while it is being made or deleted."""
    if status not in _STATUSES or not has_data:
        raise Refused("InvalidRequestException", f"Recovery point {arn} is {status} and cannot be restored.")


@rule(f"{_API}/API_StartRestoreJob.html", read=_READ)
def refuse_another_type_than_the_points(asked: str | None, kind: str) -> None:
    """A resource type that a restore names is the point's."""
    if asked not in {None, kind}:
        raise Refused(_INVALID, f"The recovery point is of {kind}, not of {asked}.")


@rule(f"{_GUIDE}/restoring-dynamodb.html", read=_READ)
def refuse_a_restore_without_a_role(given: bool) -> None:
    """A table is restored with a role."""
    if not given:
        raise Refused("MissingParameterValueException", "The parameter IamRoleArn is required.")


@rule(_TROUBLE, read=_READ)
def refuse_a_restore_role_that_backup_cannot_assume(arn: str, trusts: bool) -> None:
    """The role of a restore is of the caller's account and trusts backup.amazonaws.com: when asked for, and later."""
    if not trusts:
        raise Refused(_INVALID, f"IAM Role {arn} cannot be assumed by AWS Backup")


@rule(_TROUBLE, read=_READ)
def refuse_a_restore_role_without_the_rights(sentence: str | None) -> None:
    """A restore fails when its role may not make, read and write the new table."""
    if sentence:
        raise Refused(_DENIED, sentence)


@rule(_TROUBLE, read=_READ)
def refuse_a_key_that_the_restore_cannot_use(key: str, usable: bool) -> None:
    """A restore fails when its role cannot use the key of the point's vault, or that of the new table."""
    if not usable:
        raise Refused(
            _DENIED,
            f"The specified AWS KMS key {key} does not exist, is not enabled or you do not have permissions to access "
            "it.",
        )


@rule(f"{_API}/API_StartRestoreJob.html", read=_READ)
def refuse_a_restore_token_of_another_request(same: bool) -> None:
    """An idempotency token stands for one request for a restore; the same again is answered as before."""
    if not same:
        raise Refused(_INVALID, "The idempotency token was used with other parameters.")


@rule(f"{_API}/API_PutRestoreValidationResult.html", read=_READ)
def refuse_a_verdict_on_a_restore_that_is_no_test(is_test: bool) -> None:
    """A verdict is put on a restore that a restore testing plan started."""
    if not is_test:
        raise Refused("InvalidRequestException", "The restore job was not started by a restore testing plan.")


@rule(f"{_GUIDE}/restore-testing-validation.html", read=_READ)
def refuse_a_verdict_before_the_end(status: str) -> None:
    """A verdict is put on a restore that has completed."""
    if status != "COMPLETED":
        raise Refused("InvalidRequestException", f"The restore job is {status}; a verdict needs one that is COMPLETED.")


@rule(f"{_GUIDE}/restore-testing-validation.html", read=_READ)
def refuse_to_change_a_verdict(status: str | None) -> None:
    """A verdict that was put cannot be changed."""
    if status not in {None, "VALIDATING"}:
        raise Refused("InvalidRequestException", f"The validation status is {status} already and cannot be changed.")
