"""IAM: who may be let into a role."""

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.vaults.principals import Statement, exists, named_in, statements_of
from rehearsal.emulator.services.refusing import refusing

_API: Final = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html"
_GRAMMAR: Final = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html"
_PRINCIPAL: Final = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"
_READ: Final = "2026-11-22"
_MALFORMED: Final = "MalformedPolicyDocument"


@rule(_API, read=_READ)
def refuse_a_trust_that_is_no_policy(is_policy: bool) -> None:
    """The trust policy of a role is JSON with statements."""
    if not is_policy:
        raise Refused(_MALFORMED, "This policy contains invalid Json")


@rule(_GRAMMAR, read=_READ)
def refuse_a_trust_statement_that_lacks_something(statement: Statement) -> None:
    """A statement of a trust policy has an effect, a principal and an action."""
    for name in ("Effect", "Principal", "Action"):
        if not {name, f"Not{name}"} & statement.keys():
            raise Refused(_MALFORMED, f"Missing required field {name}")


@rule(_GRAMMAR, read=_READ)
def refuse_a_resource_in_a_trust_policy(statement: Statement) -> None:
    """A trust policy names no resource: it is the role's own."""
    if {"Resource", "NotResource"} & statement.keys():
        raise Refused(_MALFORMED, "Has prohibited field Resource")


@rule(_PRINCIPAL, read=_READ)
def refuse_to_trust_who_does_not_exist(principal: str, found: bool) -> None:
    """A role or user that a trust policy names exists."""
    if not found:
        raise Refused(_MALFORMED, f'Invalid principal in policy: "AWS":"{principal}"')


@replaces("services.iam:_IAM_HANDLERS[CreateRole]", read="fef5dffbcd31bd0d")
@refusing("iam")
def create_role(original: Any, asked: Any) -> Any:
    """Refuse a trust policy that IAM refuses."""
    _check(door.iam._p(asked, "AssumeRolePolicyDocument"))  # noqa: SLF001 - reads a parameter
    return original(asked)


@replaces("services.iam:_IAM_HANDLERS[UpdateAssumeRolePolicy]", read="2d3f98f08393cbee")
@refusing("iam")
def update_assume_role_policy(original: Any, asked: Any) -> Any:
    """Refuse a trust policy that IAM refuses."""
    _check(door.iam._p(asked, "PolicyDocument"))  # noqa: SLF001 - reads a parameter
    return original(asked)


def _check(document: str) -> None:
    statements = statements_of(document)
    refuse_a_trust_that_is_no_policy(statements is not None)
    for statement in statements or []:
        refuse_a_trust_statement_that_lacks_something(statement)
        refuse_a_resource_in_a_trust_policy(statement)
        for principal in named_in(statement):
            refuse_to_trust_who_does_not_exist(principal, exists(principal))
