"""Accounts that a policy lets in by name, and which of them are known."""

from collections.abc import Iterator, Mapping
from typing import Final

from strongroom_policies.copies import own_accounts
from strongroom_policies.properties import Properties
from strongroom_policies.resource import Resource
from strongroom_policies.rule import Option, Sentence, texts
from strongroom_policies.statements import Statement, account_of

ACCOUNTS: Final[Mapping[str, Option]] = {
    "accounts": texts(
        (),
        "Accounts that a policy may let in besides those that its provider may work in; none means any where the"
        " provider does not say.",
    )
}
"""The option of every rule that asks `strangers`."""
_OF_THE_ORGANIZATION: Final = (
    "only accounts of the organization may: add a condition on aws:PrincipalOrgPaths or aws:PrincipalOrgID"
)
_OF_ACCOUNTS: Final = ("aws:PrincipalAccount", "aws:SourceAccount", "aws:SourceOwner", "kms:CallerAccount")
_OF_ARNS: Final = ("aws:PrincipalArn", "aws:SourceArn")


def strangers(resource: Resource, statement: Statement, wanted: Properties, rule: str) -> Iterator[Sentence]:
    """A sentence about accounts that a statement lets in by name and that nobody has named to the pack.

    Args:
        resource: Whose policy it is; the accounts of its provider are its own.
        statement: One statement of the policy.
        wanted: Options of the rule, with those of `ACCOUNTS`.
        rule: Name of the rule, for the fix.
    """
    if statement.allows and (named := _named(statement)):
        yield from _foreign(resource, named, f"statement {statement.name}", wanted, rule)


def anybody(policy: Resource, statement: Statement, may: str = _OF_THE_ORGANIZATION) -> Iterator[Sentence]:
    """A sentence where a statement lets everybody in and no condition binds them to an account or organization.

    Args:
        policy: Whose policy it is.
        statement: One statement of the policy.
        may: Who may be let in, and the fix.
    """
    if statement.allows and statement.anybody and not statement.bound_to_callers:
        yield f"{policy} lets anybody in by statement {statement.name}; {may}"


def strange_principal(resource: Resource, by: str, wanted: Properties, rule: str) -> Iterator[Sentence]:
    """The same of the one principal in property `by` of a resource."""
    if named := account_of(resource.properties.text(by) or ""):
        yield from _foreign(resource, {named}, by, wanted, rule)


def _foreign(resource: Resource, named: set[str], by: str, wanted: Properties, rule: str) -> Iterator[Sentence]:
    known = {*wanted.texts("accounts"), *own_accounts(resource)}
    if known and (foreign := sorted(named - known)):
        yield (
            f"{resource} lets account {', '.join(foreign)} in by {by}; only {', '.join(sorted(known))} may be: take it"
            f" out, or add it to accounts of {rule}"
        )


def _named(statement: Statement) -> set[str]:
    """Accounts that are let in; a canonical user stands for one, and cannot be told from a stranger's."""
    principals = statement.principals
    found = {account_of(one) for kind in ("AWS", "Federated") for one in principals.get(kind, ())}
    found.update(principals.get("CanonicalUser", ()))
    if statement.anybody or statement.services:
        found.update(_by_condition(statement))
    return found - {""}


def _by_condition(statement: Statement) -> Iterator[str]:
    """Accounts that conditions let in of everybody; an ARN of any account is bound by another condition."""
    for key in _OF_ACCOUNTS:
        yield from statement.narrowed_to(key)
    for key in _OF_ARNS:
        yield from (account for one in statement.narrowed_to(key) if (account := account_of(one)) != "*")
