"""How a service of AWS uses a KMS key for its caller: judged as KMS does, and refused in KMS's words."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.judgement import refusal
from rehearsal.emulator.rules import Refused, rule

_STATES: Final = "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html"
_VIA: Final = "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html"
_READ: Final = "2026-11-22"


FOR_A_TABLE: Final = (
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)
"""What who gives a table a customer's key needs, through `dynamodb`.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html (read 2026-11-22).
"""


def use_key(
    principal: str,
    key_arn: str,
    actions: Sequence[str],
    via: str = "",
    encryption_context: Mapping[str, str] | None = None,
) -> None:
    """Refuse, when a principal may not use a key through a service, or nobody can use it.

    Args:
        principal: As of `judgement.may`: who calls the service, the role that the service acts as, or, for a service
            that acts for itself, `service:NAME`.
        key_arn: ARN of the key, of any account and region.
        actions: What the service does with it: `kms:GenerateDataKey`, `kms:Decrypt`, `kms:CreateGrant`, ...
        via: Name of the service in kms:ViaService without region and domain: `s3`, `dynamodb`, `backup`. Default:
            the key is used directly, and kms:ViaService is absent.
        encryption_context: What the service binds the data to. Default: nothing.

    Raises:
        Refused: NotFoundException, AccessDeniedException, DisabledException or KMSInvalidStateException.
    """
    use_key_with(principal, key_arn, actions, keys_of(key_arn, via, encryption_context))


def use_key_with(principal: str, key_arn: str, actions: Sequence[str], keys: Mapping[str, Any]) -> None:
    """Do the same with condition keys that the caller has put together, with aws:SourceArn for example.

    Raises:
        Refused: As `use_key`.
    """
    state = _state(key_arn)
    refuse_an_absent_key(key_arn, exists=state is not None)
    for action in actions:
        refuse_who_may_not_use_the_key(refusal(principal, action, key_arn, _with_grant(action, keys)))
    refuse_a_disabled_key(key_arn, state)
    refuse_a_key_in_another_state(key_arn, state)


def keys_of(key_arn: str, via: str, encryption_context: Mapping[str, str] | None) -> dict[str, Any]:
    """Return the condition keys that a service's use of a key sets."""
    context = encryption_context or {}
    keys: dict[str, Any] = {f"kms:EncryptionContext:{name}": value for name, value in context.items()}
    if context:
        keys["kms:EncryptionContextKeys"] = list(context)
    if via:
        keys["kms:ViaService"] = f"{via}.{key_arn.split(':')[3]}.amazonaws.com"
        keys["aws:ViaAWSService"] = "true"
        keys["aws:CalledVia"] = [f"{via}.amazonaws.com"]
    return keys


def is_usable(key_arn: str) -> bool:
    """Return whether a key exists and is enabled: what it encrypts can be read by somebody."""
    return _state(key_arn) == "Enabled"


@rule(_STATES, read=_READ)
def refuse_an_absent_key(key_arn: str, *, exists: bool) -> None:
    """A key that was deleted, or never was, encrypts and decrypts nothing any more."""
    if not exists:
        raise Refused("NotFoundException", f"Key '{key_arn}' does not exist")


@rule(_VIA, read=_READ)
def refuse_who_may_not_use_the_key(sentence: str | None) -> None:
    """Who asks a service for what a key encrypts needs the key's policy, a grant or IAM to let it use the key."""
    if sentence:
        raise Refused("AccessDeniedException", sentence)


@rule(_STATES, read=_READ)
def refuse_a_disabled_key(key_arn: str, state: str | None) -> None:
    """A disabled key encrypts and decrypts nothing until it is enabled."""
    if state == "Disabled":
        raise Refused("DisabledException", f"{key_arn} is disabled.")


@rule(_STATES, read=_READ)
def refuse_a_key_in_another_state(key_arn: str, state: str | None) -> None:
    """A key that waits for its deletion or its material encrypts and decrypts nothing."""
    if state not in {"Enabled", "Disabled"}:
        words = {"PendingDeletion": "pending deletion", "PendingImport": "pending import"}
        raise Refused("KMSInvalidStateException", f"{key_arn} is {words.get(str(state), state)}.")


def _with_grant(action: str, keys: Mapping[str, Any]) -> Mapping[str, Any]:
    """A grant that a service makes for its caller is one for an AWS resource."""
    if action != "kms:CreateGrant" or "kms:ViaService" not in keys:
        return keys
    return {**keys, "kms:GrantIsForAWSResource": "true"}


def _state(key_arn: str) -> str | None:
    parts = key_arn.split(":")
    if len(parts) != 6:
        return None
    with door.request_scope(parts[4], parts[3]):
        key = door.kms._resolve_key(key_arn)  # noqa: SLF001 - MiniStack has no public look-up
    return key["KeyState"] if key else None
