"""Who may do something across accounts: a role's name in a known account, or in a fresh one of the same unit.

A role is named by a condition and never as a principal: AWS refuses a policy whose principal does not exist yet, and
turns the principal into a dead id when the role is deleted.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html, read 2026-11-22.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from strongroom.documents.policy import ANYONE, Condition, Statement, Values, when
from strongroom.facts import arns, names

PRINCIPAL_ARN: Final = "aws:PrincipalArn"
PRINCIPAL_ACCOUNT: Final = "aws:PrincipalAccount"
_PATHS: Final = "ForAnyValue:StringLike"


@dataclass(frozen=True)
class Caretakers:
    """The roles of one account that may change what guards the data: deploy, and recover as the break-glass."""

    account: str
    provisioners: tuple[str, ...] = ()
    """Names of further roles; in single-pipeline mode the source's provisioner."""

    @property
    def roles(self) -> list[str]:
        """ARNs of the roles."""
        return [arns.role(self.account, name) for name in (names.ROLE_DEPLOY, *self.provisioners, names.ROLE_RECOVER)]

    @property
    def pipeline(self) -> list[str]:
        """ARNs of the roles that the pipeline runs `pulumi up` under."""
        return [arns.role(self.account, name) for name in (names.ROLE_DEPLOY, *self.provisioners)]


@dataclass(frozen=True)
class Origin:
    """Where a source's copies come from."""

    environment: str
    account: str
    organization_path: str
    """Path of the organizational unit of the sources, ending in '/'."""
    other_accounts: tuple[str, ...] = ()
    """Accounts of the other sources: in the same unit, but never this source."""


def same_account(account: str) -> dict[str, Values]:
    """Principal that stands for the account itself, its root included."""
    return {"AWS": arns.account_root(account)}


def by_role(patterns: Values) -> Condition:
    """Condition on the ARN of the caller's role."""
    return {"ArnLike": {PRINCIPAL_ARN: patterns}}


def not_by_role(patterns: Sequence[str]) -> Condition:
    """Condition that holds for everybody but these roles."""
    return {"ArnNotLike": {PRINCIPAL_ARN: list(patterns)}}


def within(organization_path: str) -> Condition:
    """Condition on the caller's account: inside the unit or a unit below it.

    The organization is named besides its path, because S3 calls a policy public that lets in `*` without a fixed value.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html, read 2026-11-22.
    """
    return {
        "StringEquals": {"aws:PrincipalOrgID": organization_path.partition("/")[0]},
        _PATHS: {"aws:PrincipalOrgPaths": [f"{organization_path}*"]},
    }


def kept_out(statement: Statement) -> list[str]:
    """Accounts that a statement of `from_origin` for a fresh account keeps out; none of another statement."""
    found = statement.get("Condition", {}).get("StringNotEquals", {}).get(PRINCIPAL_ACCOUNT, [])
    return [found] if isinstance(found, str) else found


def resource_statement(
    sid: str, effect: Literal["Allow", "Deny"], principal: str | dict[str, Values], actions: Sequence[str]
) -> Statement:
    """Statement of a resource's own policy, for the whole resource; narrow it by adding to it."""
    return {"Sid": sid, "Effect": effect, "Principal": principal, "Action": list(actions), "Resource": "*"}


def from_origin(origin: Origin, role_names: Sequence[str], sid: str, actions: Sequence[str]) -> list[Statement]:
    """Two statements that let a source in: its account as it is known, and a fresh account that takes its place.

    Args:
        origin: The source.
        role_names: Names of the roles that are let in, with their path.
        sid: Name of the statements.
        actions: What they may do.
    """
    known = resource_statement(sid, "Allow", same_account(origin.account), actions)
    known["Condition"] = when(
        by_role([arns.role(origin.account, name) for name in role_names]), within(origin.organization_path)
    )
    fresh = resource_statement(f"{sid}FromAFreshAccount", "Allow", {"AWS": ANYONE}, actions)
    fresh["Condition"] = when(
        by_role([arns.role("*", name) for name in role_names]),
        within(origin.organization_path),
        {"StringNotEquals": {PRINCIPAL_ACCOUNT: [origin.account, *origin.other_accounts]}},
    )
    return [known, fresh]
