"""The most that any role of this program may ever do in an account, whatever its own policies come to say."""

from typing import Final

from strongroom.documents.permissions import service_roles, tables
from strongroom.documents.policy import Document, allow, deny, document
from strongroom.facts import arns, names, services

_SERVICES: Final = (
    "backup:*",
    "backup-storage:*",
    "cloudwatch:*",
    "dynamodb:*",
    "events:*",
    "kms:*",
    "s3:*",
    "servicequotas:GetAWSDefaultServiceQuota",
    "servicequotas:GetServiceQuota",
    "sns:*",
    "tag:GetResources",
)
_ROLES: Final = (
    "iam:AttachRolePolicy",
    "iam:CreateRole",
    "iam:DeleteRole",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies",
    "iam:ListInstanceProfilesForRole",
    "iam:ListRolePolicies",
    "iam:ListRoleTags",
    "iam:PassRole",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:TagRole",
    "iam:UntagRole",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole",
    "iam:UpdateRoleDescription",
)
_ORGANIZATION: Final = (
    "organizations:DescribeOrganization",
    "organizations:EnableAWSServiceAccess",
    "organizations:ListAWSServiceAccessForOrganization",
    "organizations:ListParents",
)
_RECOVERY: Final = ("iam:GetRole", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies", "iam:PassRole")


def boundary(account: str) -> Document:
    """Permissions boundary of every role that bootstrap or a stack makes in an account.

    It lets a role be made only under the boundary again, and lets nobody whom it bounds touch the pipeline's own roles:
    so no chain of steps leads from the deploy role to an administrator.
    """
    made = [arns.role(account, names.backup_role("*")), arns.role(account, names.replication_role("*"))]
    bounded = arns.policy(account, names.BOUNDARY)
    pointers = f"arn:{arns.PARTITION}:ssm:*:{account}:parameter{names.table_pointer('*', '*')}"
    return document(
        allow("ServicesOfBackups", _SERVICES, "*"),
        allow("RolesOfServices", _ROLES, made),
        allow("RolesOfRecoveries", _RECOVERY, [arns.role(account, name) for name in service_roles.looked_at()]),
        allow("OurPolicies", ["iam:GetPolicy", "iam:GetPolicyVersion"], arns.policy(account, "strongroom-*")),
        allow("PointersToTables", tables.POINTERS, pointers),
        allow(
            "RoleOfBackup",
            ["iam:CreateServiceLinkedRole"],
            arns.role(account, services.BACKUP_SERVICE_LINKED_ROLE),
            {"StringEquals": {"iam:AWSServiceName": services.BACKUP}},
        ),
        allow("SwitchOfTheOrganization", _ORGANIZATION, "*"),
        deny(
            "NoRoleWithoutTheBoundary",
            ["iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"],
            "*",
            {"StringNotEquals": {"iam:PermissionsBoundary": bounded}},
        ),
        deny("NoGrantForOurselves", ["kms:CreateGrant"], "*", {"Bool": {"kms:GrantIsForAWSResource": "false"}}),
    )
