"""KMS: policies of keys that would lock everybody out, or name who is not there."""

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.request import CALL
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.vaults.principals import exists, named_in, statements_of
from rehearsal.emulator.services.refusing import refusing

_API: Final = "https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html"
_READ: Final = "2026-11-22"
_MALFORMED: Final = "MalformedPolicyDocumentException"


@rule(_API, read=_READ)
def refuse_a_key_policy_that_is_none(is_policy: bool) -> None:
    """A key's policy is JSON with statements."""
    if not is_policy:
        raise Refused(_MALFORMED, "The policy document is not valid.")


@rule(_API, read=_READ)
def refuse_a_key_policy_for_who_does_not_exist(found: bool) -> None:
    """A role or user that a key's policy names exists."""
    if not found:
        raise Refused(_MALFORMED, "Policy contains a statement with one or more invalid principals.")


@rule(_API, read=_READ)
def refuse_a_key_policy_that_locks_its_author_out(allowed: bool) -> None:
    """Who puts a key's policy can put the next one under it, unless the request waives the check."""
    if not allowed:
        raise Refused(_MALFORMED, "The new key policy will not allow you to update the key policy in the future.")


@replaces("services.kms:_create_key", read="b2509f44b316e4ea")
@refusing("kms")
def create_key(original: Any, data: door.Record) -> Any:
    """Refuse a policy that KMS refuses; without one the key gets AWS's."""
    if "Policy" in data:
        _check(data)
    return original(data)


@replaces("services.kms:_put_key_policy", read="996b086b167a43ab")
@refusing("kms")
def put_key_policy(original: Any, data: door.Record) -> Any:
    """Refuse a policy that KMS refuses."""
    _check(data)
    return original(data)


def _check(data: door.Record) -> None:
    statements = statements_of(data["Policy"])
    refuse_a_key_policy_that_is_none(statements is not None)
    for statement in statements or []:
        for principal in named_in(statement):
            refuse_a_key_policy_for_who_does_not_exist(exists(principal))
    if not data.get("BypassPolicyLockoutSafetyCheck"):
        refuse_a_key_policy_that_locks_its_author_out(_may_put_another(data["Policy"]))


def _may_put_another(policy: str) -> bool:
    call = CALL.get()
    account = door.account()
    context = door.evaluator.EvalContext(
        principal_arn=call.principal if call and call.principal else f"arn:aws:iam::{account}:root",
        principal_type="AssumedRole" if call and call.kind == "role" else "User",
        principal_account=account,
        action="kms:PutKeyPolicy",
        resource_arn="*",
        region=door.region(),
    )
    return door.evaluator.evaluate_resource_policy(policy, context).decision == "Allow"
