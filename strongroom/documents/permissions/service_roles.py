"""Permissions on the roles that AWS services take: made under the boundary, and passed to their service alone."""

from collections.abc import Mapping
from typing import Final

from strongroom.documents.permissions.scope import Scope
from strongroom.documents.policy import Condition, Statement, allow, deny
from strongroom.facts import arns, names, services

_READ: Final = (
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies",
    "iam:ListInstanceProfilesForRole",
    "iam:ListRolePolicies",
    "iam:ListRoleTags",
)
_GIVE: Final = (
    "iam:CreateRole",
    "iam:DeleteRolePolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
)
_ATTACH: Final = ("iam:AttachRolePolicy", "iam:DetachRolePolicy")
_KEEP: Final = (
    "iam:DeleteRole",
    "iam:TagRole",
    "iam:UntagRole",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole",
    "iam:UpdateRoleDescription",
)


_LOOK: Final = ("iam:GetRole", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies")


def passed_to(scope: Scope) -> Mapping[str, str]:
    """Roles of services that an environment makes, by ARN, and the service that takes each."""
    return {
        scope.role(names.backup_role(scope.environment)): services.BACKUP,
        scope.role(names.replication_role(scope.environment)): services.S3,
    }


def read(scope: Scope) -> list[Statement]:
    """See the roles of services."""
    return [allow("ReadServiceRoles", _READ, list(passed_to(scope)))]


def write(scope: Scope) -> list[Statement]:
    """Make the roles of services, never without the boundary, and attach AWS's own backup policies alone."""
    roles = list(passed_to(scope))
    boundary = arns.policy(scope.account, names.BOUNDARY)
    unbounded: Condition = {"StringNotEquals": {"iam:PermissionsBoundary": boundary}}
    known: Condition = {"ArnEquals": {"iam:PolicyARN": [services.BACKUP_POLICY, services.RESTORE_POLICY]}}
    return [
        allow("MakeServiceRoles", _GIVE, roles),
        allow("AttachToServiceRoles", _ATTACH, roles, known),
        allow("KeepServiceRoles", _KEEP, roles),
        deny("NoRoleWithoutTheBoundary", [*_GIVE, *_ATTACH], "*", unbounded),
        deny("TheBoundaryStays", ["iam:DeleteRolePermissionsBoundary"], "*"),
    ]


def hand_over(scope: Scope, *service_names: str) -> list[Statement]:
    """Pass the roles of services to their service.

    Args:
        scope: Whose roles.
        service_names: Principals of the services.
    """
    return [
        allow(
            f"PassRoleTo{_title(service)}", ["iam:PassRole"], role, {"StringEquals": {"iam:PassedToService": service}}
        )
        for role, service in passed_to(scope).items()
        if service in service_names
    ]


def hand_over_recovery(scope: Scope) -> list[Statement]:
    """Pass the role of recoveries to AWS Backup."""
    taken: Condition = {"StringEquals": {"iam:PassedToService": services.BACKUP}}
    return [allow("PassRoleOfRecoveries", ["iam:PassRole"], scope.role(names.ROLE_RECOVERY_SERVICE), taken)]


def looked_at() -> list[str]:
    """Roles that are looked for before a recovery; of one that is not there IAM knows no path."""
    linked = services.BACKUP_SERVICE_LINKED_ROLE
    return [names.ROLE_RECOVERY_SERVICE, names.ROLE_RECOVER, linked, linked.rpartition("/")[2]]


def look_for_recovery(scope: Scope) -> list[Statement]:
    """See whether the roles and policies that a recovery needs are there, and have AWS Backup make its own one."""
    linked = scope.role(services.BACKUP_SERVICE_LINKED_ROLE)
    roles = [scope.role(name) for name in looked_at()]
    made: Condition = {"StringEquals": {"iam:AWSServiceName": services.BACKUP}}
    return [
        allow("LookAtRolesOfRecoveries", _LOOK, roles),
        allow(
            "LookAtThePolicies", ["iam:GetPolicy", "iam:GetPolicyVersion"], arns.policy(scope.account, "strongroom-*")
        ),
        allow("LetBackupWork", ["iam:CreateServiceLinkedRole"], linked, made),
    ]


def _title(service: str) -> str:
    return service.split(".")[0].title()
