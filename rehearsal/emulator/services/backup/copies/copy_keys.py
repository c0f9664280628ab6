"""The keys of a copy: the source's lets the copy role and the destination read, the destination's lets it write."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rehearsal.emulator import door
from rehearsal.emulator.authorization.memory import MEMORY
from rehearsal.emulator.authorization.principals import statements_of
from rehearsal.emulator.authorization.question import Question, answer
from rehearsal.emulator.authorization.resource_policies import guard_of
from rehearsal.emulator.authorization.standing import of_arn
from rehearsal.emulator.rules import Refused, differs, rule
from rehearsal.emulator.services.backup.records import Vault
from rehearsal.emulator.services.backup.vaults.air_gapped import is_air_gapped
from rehearsal.emulator.services.kms.using import is_usable, keys_of, use_key

_DASHBOARDS: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-dashboards.html"
_READ: Final = "2026-11-22"
_SENTENCE: Final = "KMS key is either disabled or pending deletion or access to KMS key is denied"
_BY_ROLE: Final = ("kms:DescribeKey", "kms:CreateGrant")
"""What the managed policy of a backup role allows on keys: AWS Backup reads and writes by the grant that follows."""
_TO_READ: Final = ("kms:Decrypt", "kms:DescribeKey", "kms:CreateGrant")
_TO_WRITE: Final = ("kms:GenerateDataKey", "kms:DescribeKey", "kms:CreateGrant")
_EVERYTHING: Final = statements_of('{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}')

differs(
    "AWS Backup",
    "Which rights on keys a copy needs is pieced together from AWS's pages on encryption: the copy role describes the "
    "source's key and makes a grant on it, its policy lets that role and, across accounts, the destination's "
    "service-linked role decrypt, and the destination's key lets that role generate data keys.",
)


@rule(_DASHBOARDS, read=_READ)
def refuse_a_key_that_cannot_be_used(usable: bool) -> None:
    """A copy or restore fails when a key is disabled, waits for its deletion, or lets down a role that needs it."""
    if not usable:
        raise Refused("KMSKeyError", _SENTENCE)


def check_keys(role: str, source: Vault | None, destination: Vault, linked_role: str, *, crosses: bool) -> None:
    """Refuse a copy whose keys its roles cannot use; keys that AWS manages or owns are no concern.

    Args:
        role: ARN of the copy role.
        source: The source's vault; None when it is gone, and its key is no concern any more.
        destination: The destination.
        linked_role: ARN of the destination's service-linked role.
        crosses: Whether source and destination are of two accounts.

    Raises:
        Refused: A key cannot be used.
    """
    if source and source["KeyIsCustomerManaged"]:
        key = source["EncryptionKeyArn"]
        readers = [role, linked_role] if crosses else [role]
        refuse_a_key_that_cannot_be_used(
            usable_by_role(role, key) and all(lets(reader, key, _TO_READ) for reader in readers)
        )
    if destination["KeyIsCustomerManaged"]:
        key = destination["EncryptionKeyArn"]
        usable = lets(linked_role, key, _TO_WRITE) if crosses else lets(role, key, _TO_WRITE)
        # https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html (read 2026-11-22)
        refuse_a_key_that_cannot_be_used(usable and (not is_air_gapped(destination) or usable_by_role(role, key)))


def usable_by_role(role: str, key_arn: str) -> bool:
    """Return whether a role may describe a key and make a grant on it for AWS Backup, and the key is enabled."""
    try:
        use_key(role, key_arn, _BY_ROLE, via="backup")
    except Refused:
        return False
    return True


def lets(principal: str, key_arn: str, actions: Sequence[str]) -> bool:
    """Return whether a key is enabled and its policy, whatever the principal's own ones say, lets it do something."""
    asked = ("key policy", principal, key_arn, *actions)
    return is_usable(key_arn) and MEMORY.remember(asked, lambda: _lets(principal, key_arn, actions))


def _lets(principal: str, key_arn: str, actions: Sequence[str]) -> bool:
    standing, guard = of_arn(principal), guard_of("kms", key_arn)
    if standing is None or guard is None:
        return False
    asked = [Question(action, key_arn, key_arn.split(":")[3], _keys(action, key_arn)) for action in actions]
    trusted = replace(standing, identity=_EVERYTHING)
    with door.request_scope(standing.caller.account, key_arn.split(":")[3]):
        return all(answer(trusted, guard, question) is None for question in asked)


def _keys(action: str, key_arn: str) -> dict[str, object]:
    granting = {"kms:GrantIsForAWSResource": "true"} if action == "kms:CreateGrant" else {}
    return {**keys_of(key_arn, "backup", None), **granting}
