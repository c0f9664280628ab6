"""What AWS Backup refuses of copies: at once what is wrong in a request itself, else by a job that fails."""

import re
from typing import Final

from rehearsal.emulator.rules import Refused, rule

_GUIDE: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide"
_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference"
_DASHBOARDS: Final = f"{_GUIDE}/backup-dashboards.html"
_ACROSS: Final = f"{_GUIDE}/create-cross-account-backup.html"
_ACCESS: Final = "https://repost.aws/knowledge-center/backup-resolve-access-denied-error"
_READ: Final = "2026-11-22"
_INVALID: Final = "InvalidParameterValueException"
_DENIED: Final = "AccessDeniedException"
_DEFAULT: Final = "Default"
_VAULT_ARN: Final = re.compile(r"arn:aws[a-z-]*:backup:[a-z0-9-]+:\d{12}:backup-vault:[A-Za-z0-9_-]{2,50}")
MOST_ACROSS: Final = 30
"""Copies of one resource to other accounts at a time: aws-backup-limits.html, read 2026-11-22."""
_UNDER_AWS_KEY: Final = (
    "Copy job failed because the destination Backup vault is encrypted with the default Backup service managed key. "
    "The contents of this vault cannot be copied. Only the contents of a Backup vault encrypted by an AWS KMS key may "
    "be copied."
)
_NO_ACCESS: Final = "Access Denied trying to call AWS Backup service"


@rule(f"{_API}/API_StartCopyJob.html", read=_READ)
def refuse_a_destination_that_is_no_vault(arn: str) -> None:
    """A copy's destination is the ARN of a vault, in any account and region."""
    if not _VAULT_ARN.fullmatch(arn):
        raise Refused(_INVALID, f"Invalid DestinationBackupVaultArn {arn}.")


@rule(f"{_API}/API_StartCopyJob.html", read=_READ)
def refuse_an_absent_destination(arn: str, exists: bool) -> None:
    """A destination of the same account exists; a request for a copy is refused, a scheduled copy fails."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Backup vault {arn} does not exist.")


@rule(f"{_GUIDE}/recov-point-create-a-copy.html", read=_READ)
def refuse_to_copy_a_cold_point(arn: str, storage_class: str) -> None:
    """A point in cold storage cannot be copied: the request is refused."""
    if storage_class != "WARM":
        raise Refused("InvalidRequestException", f"Recovery point {arn} is in cold storage and cannot be copied.")


@rule(f"{_API}/API_StartCopyJob.html", read=_READ)
def refuse_to_copy_a_point_that_is_not_whole(arn: str, status: str) -> None:
    """A point is copied when it is complete, or as far as it goes: neither while it is made nor when it expired."""
    if status not in {"COMPLETED", "AVAILABLE", "PARTIAL"}:
        raise Refused("InvalidRequestException", f"Recovery point {arn} is {status} and cannot be copied.")


@rule(f"{_GUIDE}/restore-testing.html#restore-testing-troubleshooting", read=_READ)
def refuse_a_copy_role_that_backup_cannot_assume(arn: str, trusts: bool) -> None:
    """The role of a copy is of the source's account and trusts backup.amazonaws.com: when asked for, when it begins."""
    if not trusts:
        raise Refused(_INVALID, f"IAM Role {arn} cannot be assumed by AWS Backup")


@rule(f"{_GUIDE}/advanced-ddb-backup.html", read=_READ)
def refuse_to_copy_what_dynamodb_manages(source: str, target: str, advanced: bool) -> None:
    """A copy of a point that was made without DynamoDB's advanced features fails."""
    if not advanced:
        raise Refused(
            "InvalidRequestException",
            f"Copy job from {source} to {target} cannot be initiated for DynamoDB resources. Feature is not supported "
            "for provided resource type.",
        )


@rule(_DASHBOARDS, read=_READ)
def refuse_to_copy_out_of_the_organization(same: bool) -> None:
    """A copy to an account outside the organization fails."""
    if not same:
        raise Refused(
            _DENIED,
            "Access denied: Copy job failed. Both source and destination account must be a member of the same "
            "organization.",
        )


@rule(_DASHBOARDS, read=_READ)
def refuse_while_copies_across_accounts_are_off(on: bool) -> None:
    """A copy to another account fails while the management account has not turned such copies on."""
    if not on:
        raise Refused(
            "InvalidRequestException",
            "Copy job failed. Cross-account copy feature is not enabled for the current organization.",
        )


@rule(f"{_ACROSS}#security-considerations-cab", read=_READ)
def refuse_to_copy_into_a_default_vault_across_accounts(name: str) -> None:
    """A copy to the Default vault of another account fails: its key cannot be shared."""
    if name == _DEFAULT:
        raise Refused(_DENIED, _UNDER_AWS_KEY)


@rule(f"{_GUIDE}/logicallyairgappedvault.html#lag-creation", read=_READ)
def refuse_to_copy_out_of_an_air_gapped_vault_under_an_aws_key(customer_managed: bool) -> None:
    """A copy from a logically air-gapped vault into a standard one fails unless that one has a customer's key."""
    if not customer_managed:
        raise Refused(_DENIED, _UNDER_AWS_KEY)


@rule(_ACCESS, read=_READ)
def refuse_to_copy_into_a_vault_that_does_not_let_in(allowed: bool) -> None:
    """A copy fails when its role may not backup:CopyIntoBackupVault; an absent vault elsewhere lets nobody in."""
    if not allowed:
        raise Refused(_DENIED, _NO_ACCESS)


@rule(f"{_ACROSS}#designate-destination-accounts-cab", read=_READ)
def refuse_to_copy_from_a_vault_that_does_not_let_out(allowed: bool) -> None:
    """A copy fails when its role may not backup:CopyFromBackupVault the point to this vault and its account's unit."""
    if not allowed:
        raise Refused(_DENIED, _NO_ACCESS)


@rule(f"{_GUIDE}/using-service-linked-roles-AWSServiceRoleForBackup.html", read=_READ)
def refuse_without_the_service_linked_role(arn: str, exists: bool) -> None:
    """A copy to another account fails while that one has no service-linked role of AWS Backup, which copies."""
    if not exists:
        raise Refused(_DENIED, f"Copy job failed. Service-linked role {arn} does not exist.")


@rule(_DASHBOARDS, read=_READ)
def refuse_too_many_copies_at_a_time(running: int) -> None:
    """A copy to another account fails while 30 of the same resource are running."""
    if running >= MOST_ACROSS:
        raise Refused("LimitExceededException", "There are too many copy jobs running for resource.")


@rule(_DASHBOARDS, read=_READ)
def refuse_a_life_outside_the_lock(sentence: str | None) -> None:
    """A copy whose life is outside the destination's lock fails; without an end it is above every maximum."""
    if sentence:
        raise Refused(_INVALID, f"Copy job failed. {sentence}")


@rule(f"{_ACROSS}#security-considerations-cab", read=_READ)
def refuse_to_end_without_the_copy_role(exists: bool) -> None:
    """A copy to another account fails in the end when its role was deleted meanwhile."""
    if not exists:
        raise Refused(_DENIED, "Failed to unshare snapshot")


@rule(f"{_API}/API_StartCopyJob.html", read=_READ)
def refuse_a_copy_token_of_another_request(same: bool) -> None:
    """An idempotency token stands for one request for a copy; the same again is answered as before."""
    if not same:
        raise Refused(_INVALID, "The idempotency token was used with other parameters.")
