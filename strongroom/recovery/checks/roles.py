"""Roles of AWS Backup, and the rights of whoever runs the recovery, read from the policies that IAM holds."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from strongroom.aws.comparison import same
from strongroom.aws.roles import Role, Roles
from strongroom.documents.policy import Document, Statement
from strongroom.documents.roles import trusted_by_backup
from strongroom.facts import arns, names, services
from strongroom.recovery.checks.findings import Finding, stops, warns
from strongroom.recovery.checks.rights import Right, needed
from strongroom.recovery.checks.scene import Declared, Scene, Side

_LINKED: Final = services.BACKUP_SERVICE_LINKED_ROLE.rpartition("/")[2]
_SHOWN: Final = 5
"""Rights that are named when more are missing."""


def linked(scene: Scene) -> Iterator[Finding]:
    """The service-linked role of AWS Backup is in both accounts."""
    for side in scene.sides:
        if scene.doors.roles(side.profile).role(_LINKED) is None:
            yield stops(
                "linked-role",
                f"role {_LINKED} is not there",
                f"account {side.account}",
                "AWS Backup writes copies with it in the account that receives them",
                f"aws iam create-service-linked-role --aws-service-name {services.BACKUP} --profile {side.profile}",
            )


def service(scene: Scene) -> Iterator[Finding]:
    """The role that AWS Backup copies and restores with is in both accounts, as bootstrap makes it."""
    for side in scene.sides:
        found = scene.doors.roles(side.profile).role(names.ROLE_RECOVERY_SERVICE)
        for fault in _faults(found, side):
            yield stops(
                "service-role",
                f"role {names.ROLE_RECOVERY_SERVICE} {fault}",
                f"account {side.account}",
                "AWS Backup takes it to copy points and to restore tables",
                _bootstrap(side),
            )


def rights(declared: Declared) -> Iterator[Finding]:
    """Both callers are recover roles whose policies allow what a recovery does."""
    for side, wanted in zip(declared.scene.sides, needed(declared), strict=True):
        yield from _rights(side, wanted, declared.scene.doors.roles(side.profile))


def _rights(side: Side, wanted: list[Right], door: Roles) -> Iterator[Finding]:
    where, why = f"account {side.account}", "the recovery would be refused in its midst"
    if f":assumed-role/{names.ROLE_RECOVER}/" not in side.identity.arn:
        yield warns(
            "rights",
            f"profile {side.profile} is {side.identity.arn}, whose rights were not looked at",
            where,
            f"recoveries are made with {names.ROLE_RECOVER}",
            f"set role_arn of {side.profile} to {arns.role(side.account, names.ROLE_RECOVER)} in the AWS config file",
        )
        return
    found = door.role(names.ROLE_RECOVER)
    statements = list(_statements(side, found, door)) if found else []
    missing = [right for right in wanted if not any(_allows(one, right) for one in statements)]
    if missing:
        shown = ", ".join(f"{right.action} on {right.resource}" for right in missing[:_SHOWN])
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        yield stops("rights", f"role {names.ROLE_RECOVER} may not {shown}{more}", where, why, _bootstrap(side))


def _statements(side: Side, role: Role, door: Roles) -> Iterator[Statement]:
    for name in role.policies:
        policy: Document | None = door.policy(arns.policy(side.account, name))
        if policy is not None:
            yield from policy["Statement"]


def _allows(statement: Statement, right: Right) -> bool:
    """Whether a statement allows it, if its conditions are met: only AWS can tell those."""
    resources = statement.get("Resource", [])
    patterns = [resources] if isinstance(resources, str) else resources
    return (
        statement["Effect"] == "Allow"
        and right.action in statement["Action"]
        and any(fnmatchcase(right.resource, pattern) for pattern in patterns)
    )


def _faults(role: Role | None, side: Side) -> Iterator[str]:
    if role is None:
        yield "is not there"
        return
    if not same(role.trust, trusted_by_backup(side.account)):
        yield f"does not trust {services.BACKUP} for account {side.account} alone"
    for arn in (services.BACKUP_POLICY, services.RESTORE_POLICY):
        name = arn.rpartition("/")[2]
        if name not in role.policies:
            yield f"lacks the policy {name}"


def _bootstrap(side: Side) -> str:
    return f"strongroom bootstrap apply --account {side.account} --profile <administrator of {side.account}>"
