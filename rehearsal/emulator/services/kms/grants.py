"""KMS: to whom a grant can be given, and who may retire it."""

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.authorization.standing import of_arn
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.request import CALL
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.vaults.principals import exists
from rehearsal.emulator.services.refusing import refusing

_API: Final = "https://docs.aws.amazon.com/kms/latest/APIReference/"
_RETIRING: Final = "https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html"
_READ: Final = "2026-11-22"


@rule(f"{_API}API_CreateGrant.html", read=_READ)
def refuse_a_grant_for_who_does_not_exist(principal: str) -> None:
    """A role or user that gets a grant, or may retire it, exists."""
    if principal.startswith("arn:") and not exists(principal):
        raise Refused("InvalidArnException", "ARN does not refer to a valid principal")


@rule(_RETIRING, read=_READ)
def refuse_who_may_not_retire(may_retire: bool) -> None:
    """A grant is retired by who it names for that, by a grantee that it lets, or by the root of the key's account."""
    if not may_retire:
        raise Refused("AccessDeniedException", "The caller may not retire this grant.")


@replaces("services.kms:_create_grant", read="a86035ca33dc3e24")
@refusing("kms")
def create_grant(original: Any, asked: door.Record) -> Any:
    """Give a grant to who exists."""
    for member in ("GranteePrincipal", "RetiringPrincipal"):
        refuse_a_grant_for_who_does_not_exist(asked.get(member) or "")
    return original(asked)


@replaces("services.kms:_retire_grant", read="465b844689105886")
@refusing("kms")
def retire_grant(original: Any, asked: door.Record) -> Any:
    """Retire a grant for who may."""
    grant = _named(asked)
    if grant:
        refuse_who_may_not_retire(_may_retire(grant))
    return original(asked)


def _named(asked: door.Record) -> door.Record | None:
    token, name = asked.get("GrantToken"), asked.get("GrantId")
    grants = door.kms._grants.values()  # noqa: SLF001 - MiniStack has no public look-up
    return next((one for one in grants if (token in one["_tokens"] if token else one["GrantId"] == name)), None)


def _may_retire(grant: door.Record) -> bool:
    call = CALL.get()
    standing = of_arn(call.principal) if call else None
    if standing is None:
        return False
    caller, root = standing.caller, f"arn:aws:iam::{standing.caller.account}:root"
    known = {caller.arn, caller.role_arn}
    owns = caller.arn == root and grant["KeyId"].split(":")[4] == caller.account
    lets_grantee = grant["GranteePrincipal"] in known and "RetireGrant" in grant["Operations"]
    return owns or lets_grantee or grant.get("RetiringPrincipal") in {*known, root}
