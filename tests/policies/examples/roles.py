"""Examples of the rules about roles."""

from typing import Any

import pulumi_aws as aws
from strongroom_policies import roles

from tests.policies.example import Broken, Example
from tests.policies.examples.keys import document
from tests.policies.examples.topics import BACKUP
from tests.policies.judging import Made

TRUST: dict[str, Any] = {**BACKUP, "Action": "sts:AssumeRole"}

PIPELINE: dict[str, Any] = {
    "Sid": "Pipeline",
    "Effect": "Allow",
    "Principal": {"Federated": "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"},
    "Action": "sts:AssumeRoleWithWebIdentity",
    "Condition": {"StringEquals": {"token.actions.githubusercontent.com:sub": "repo:example/strongroom:x"}},
}

READ: dict[str, Any] = {"Sid": "Read", "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "*"}

EXAMPLES = [
    Example(
        roles.TRUST,
        Made(aws.iam.Role, {"assumeRolePolicy": document(TRUST, PIPELINE)}),
        [
            Broken(
                "assumeRolePolicy",
                document({**TRUST, "Condition": {}}),
                (
                    "iam.Role 'it' is taken by backup.amazonaws.com for any account by statement Backup; only work of"
                    " your own may use it: add a condition on aws:SourceAccount or aws:SourceArn"
                ),
            ),
            Broken(
                "assumeRolePolicy",
                document({**TRUST, "Principal": {"AWS": "*"}, "Condition": {}}),
                (
                    "iam.Role 'it' can be taken by anybody by statement Backup; only accounts of the organization may:"
                    " name a principal, or add a condition on aws:PrincipalOrgID"
                ),
            ),
            Broken(
                "assumeRolePolicy",
                document({**PIPELINE, "Condition": {}}),
                (
                    "iam.Role 'it' can be taken by every identity of"
                    " arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com; only yours may: add"
                    " a condition on its subject"
                ),
            ),
        ],
        [("assumeRolePolicy", document({**TRUST, "Principal": {"Service": "ec2.amazonaws.com"}, "Condition": {}}))],
    ),
    Example(
        roles.PERMISSIONS,
        Made(aws.iam.RolePolicy, {"policy": document(READ)}),
        [
            Broken(
                "policy",
                document({**READ, "Action": "s3:*"}),
                (
                    "iam.RolePolicy 'it' allows s3:* on everything by statement Read; the actions that are needed are"
                    " required: name them, or the resources"
                ),
            ),
            Broken(
                "policy",
                document({**READ, "Action": ["iam:PassRole"]}),
                (
                    "iam.RolePolicy 'it' may pass every role by statement Read, and so become any of them; chosen roles"
                    " are required: name their ARNs in Resource"
                ),
            ),
        ],
        [("policy", document({**READ, "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}))],
    ),
    Example(
        roles.PERMISSIONS,
        Made(aws.iam.RolePolicyAttachment, {"policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
        [
            Broken(
                "policyArn",
                "arn:aws:iam::aws:policy/AdministratorAccess",
                (
                    "iam.RolePolicyAttachment 'it' attaches arn:aws:iam::aws:policy/AdministratorAccess; a policy that"
                    " names what is needed is required: attach another one"
                ),
            )
        ],
    ),
    Example(
        roles.PERMISSIONS,
        Made(aws.iam.Role, {"inlinePolicies": [{"name": "reads", "policy": document(READ)}]}),
        [
            Broken(
                "inlinePolicies.0.policy",
                document({**READ, "Action": "*"}),
                (
                    "iam.Role 'it' allows * on everything by statement Read; the actions that are needed are required:"
                    " name them, or the resources"
                ),
            ),
            Broken(
                "managedPolicyArns",
                ["arn:aws:iam::aws:policy/AdministratorAccess"],
                (
                    "iam.Role 'it' attaches arn:aws:iam::aws:policy/AdministratorAccess; a policy that names what is"
                    " needed is required: attach another one"
                ),
            ),
        ],
    ),
]
