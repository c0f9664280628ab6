"""Grants on KMS keys: what a key lets a principal do besides its policy."""

# https://docs.aws.amazon.com/kms/latest/developerguide/grants.html (read 2026-11-22)

from collections.abc import Mapping
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.authorization.principals import Caller

_CONTEXT: Final = "kms:encryptioncontext:"
_WITHOUT_CONTEXT: Final = {"DescribeKey", "GetPublicKey", "CreateGrant", "RetireGrant", "Sign", "Verify"}
"""Operations that take no encryption context: a constraint on it does not limit them."""


def grants_of(key_arn: str) -> list[dict[str, Any]]:
    """Return the grants on a key, of whichever account it is."""
    return [grant for grant in door.kms._grants.to_dict().values() if grant["KeyId"] == key_arn]  # noqa: SLF001


def is_granted(key_arn: str, caller: Caller, action: str, keys: Mapping[str, Any]) -> bool:
    """Return whether a grant lets a caller do `kms:Operation` with a key.

    Args:
        key_arn: The key.
        caller: A session has what its role was granted.
        action: `kms:Operation`.
        keys: Condition keys of the request: the encryption context is among them.
    """
    operation = action.partition(":")[2]
    context = {name[len(_CONTEXT) :]: value for name, value in keys.items() if name.lower().startswith(_CONTEXT)}
    return any(_lets(grant, caller, operation, context) for grant in grants_of(key_arn))


def _lets(grant: dict[str, Any], caller: Caller, operation: str, context: dict[str, Any]) -> bool:
    known = {caller.arn, caller.role_arn, f"arn:aws:iam::{caller.account}:root" if caller.account else caller.arn}
    if operation == "RetireGrant" and grant.get("RetiringPrincipal") in known:
        return True
    if grant["GranteePrincipal"] not in known or operation not in grant["Operations"]:
        return False
    return operation in _WITHOUT_CONTEXT or _fits(grant.get("Constraints") or {}, context)


def _fits(constraints: dict[str, Any], context: dict[str, Any]) -> bool:
    equals, subset = constraints.get("EncryptionContextEquals"), constraints.get("EncryptionContextSubset")
    if equals is not None and equals != context:
        return False
    return subset is None or subset.items() <= context.items()
