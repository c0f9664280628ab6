"""What AWS Backup refuses of vaults."""

from typing import Final

from rehearsal.emulator.rules import Refused, rule

_GUIDE: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide"
_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference"
_READ: Final = "2026-11-22"
_UNDELETABLE: Final = frozenset({"Default", "aws/efs/automatic-backup-vault"})


@rule(f"{_API}/API_CreateBackupVault.html", read=_READ)
def refuse_a_vault_that_exists(name: str, exists: bool) -> None:
    """A name is used once in an account and region."""
    if exists:
        raise Refused("AlreadyExistsException", f"Backup vault with the same name already exists: {name}")


@rule(f"{_GUIDE}/create-a-vault.html", read=_READ)
def refuse_a_key_that_cannot_encrypt(arn: str, state: str | None) -> None:
    """A vault's key is given by its ARN, exists and is enabled."""
    if state != "Enabled":
        raise Refused(
            "InvalidParameterValueException", f"The key {arn} {f'is {state}' if state else 'does not exist'}."
        )


@rule(f"{_GUIDE}/create-a-vault.html", read=_READ)
def refuse_a_creator_without_the_rights(allowed: bool) -> None:
    """Who makes a vault needs backup-storage:MountCapsule, and with a key five rights on it."""
    if not allowed:
        raise Refused("AccessDeniedException", "Insufficient privileges to perform this action.")


@rule("https://github.com/aws/aws-sdk-js/issues/2625", read=_READ)
def refuse_to_describe_an_absent_vault(exists: bool) -> None:
    """Describing a vault that does not exist is answered as a lack of privileges."""
    if not exists:
        raise Refused("AccessDeniedException", "Insufficient privileges to perform this action.")


@rule(f"{_API}/API_DeleteBackupVault.html", read=_READ)
def refuse_an_absent_vault(name: str, exists: bool) -> None:
    """An operation on a vault that does not exist is refused."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Backup vault with name {name} does not exist.")


@rule(f"{_API}/API_DeleteBackupVault.html", read=_READ)
def refuse_to_delete_a_vault_that_holds_points(points: int) -> None:
    """Only an empty vault can be deleted."""
    if points:
        raise Refused("InvalidRequestException", "Backup vault cannot be deleted because it contains recovery points.")


@rule(f"{_GUIDE}/deleting-a-vault.html", read=_READ)
def refuse_to_delete_the_default_vault(name: str) -> None:
    """The Default vault and the automatic vault of EFS cannot be deleted."""
    if name in _UNDELETABLE:
        raise Refused("InvalidRequestException", f"The backup vault {name} cannot be deleted.")
