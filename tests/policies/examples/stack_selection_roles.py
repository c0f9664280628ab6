"""Examples of the rule about the role with which a plan works."""

import pulumi_aws as aws
from strongroom_policies import selection_roles

from tests.policies.example import BrokenStack, StackExample
from tests.policies.examples.stack_selections import SELECTION
from tests.policies.judging import Made

ROLE = Made(aws.iam.Role, {"name": "backs-up", "arn": "arn:role"}, "role")

ATTACHMENT = Made(
    aws.iam.RolePolicyAttachment,
    {
        "role": "backs-up",
        "policyArn": "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
    },
    "attachment",
)

TOGETHER = Made(
    aws.iam.PolicyAttachment,
    {"roles": ["backs-up"], "policyArn": "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores"},
    "together",
)

INLINE = Made(aws.iam.RolePolicy, {"role": "another", "name": "all", "policy": "{}"}, "inline")

ALL = "arn:aws:iam::aws:policy/AdministratorAccess"


def has(policy: str) -> str:
    """What is said of a policy that is too much."""
    return (
        f"backup.Selection 'selection' works with iam.Role 'role', which has {policy}; only"
        " AWSBackupServiceRolePolicyForBackup, AWSBackupServiceRolePolicyForRestores,"
        " AWSBackupServiceRolePolicyForS3Backup, AWSBackupServiceRolePolicyForS3Restore are wanted: detach it, or add"
        " it to allowedPolicies of backup-selection-role"
    )


EXAMPLES = [
    StackExample(
        selection_roles.ROLE,
        [SELECTION, ROLE, ATTACHMENT, TOGETHER, INLINE],
        [
            BrokenStack("attachment", "policyArn", ALL, "selection", has(ALL)),
            BrokenStack("together", "policyArn", ALL, "selection", has(ALL)),
            BrokenStack("inline", "role", "backs-up", "selection", has("the inline policy inline")),
        ],
        [
            ("attachment", "role", "another"),
            ("together", "roles", ["another"]),
            ("role", "managedPolicyArns", [ATTACHMENT.properties["policyArn"]]),
            ("role", "managedPolicyArns", []),
            ("role", "inlinePolicies", []),
        ],
    ),
]
