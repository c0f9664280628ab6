"""Examples of the rules about roles."""

from typing import Any

import pulumi
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

ENOUGH = [
    ("policy", document({**READ, "Action": "s3:Get*"})),
    ("policy", document({**READ, "Action": "s3:*", "Resource": "arn:aws:s3:::b*"})),
    ("policy", document({**READ, "Action": "dynamodb:Describe*"})),
    ("policy", document({**READ, "Action": "backup:Delete*", "Resource": "arn:aws:backup:*:1:backup-vault:mine"})),
    ("policy", document({**READ, "Action": "iam:PassRole", "Resource": "arn:aws:iam::1:role/backup/*"})),
]


def too_much(kind: type[pulumi.Resource]) -> list[Broken]:
    """Documents that no policy may be, whatever it is attached to."""
    shown = f"iam.{kind.__name__} 'it'"
    passed = (
        f"{shown} may pass every role by statement Read, and so become any of them; chosen roles are required: name"
        " their ARNs in Resource"
    )
    found = [
        Broken("policy", document({**READ, "Action": "iam:PassRole", "Resource": roles_of}), passed)
        for roles_of in ("arn:aws:iam*", "arn:aws:iam::*:role/*", ["arn:aws:iam::1:role/*"], "arn:aws:iam::1:role*")
    ]
    found.extend(
        Broken(
            "policy",
            document({**READ, "Action": "s3:*", "Resource": everything}),
            (
                f"{shown} allows s3:* on everything by statement Read; the actions that are needed are required: name"
                " them, or the resources"
            ),
        )
        for everything in ("arn:aws:s3:::*", "arn:aws:s3:::*/*", "arn:aws:s3*", "arn:aws:*", "arn:*", "*:*")
    )
    found.extend(
        Broken(
            "policy",
            document({**READ, "Action": ["s3:GetObject", action], "Resource": everything}),
            (
                f"{shown} may delete by {action.lower()} whatever there is, by statement Read; chosen actions on chosen"
                " things are required: name the actions in full, or the resources"
            ),
        )
        for action, everything in (("backup:Delete*", "*"), ("dynamodb:D*", "arn:aws:dynamodb:*:1:table/*"))
    )
    return found


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
                    "iam.Role 'it' lets anybody in by statement Backup; only accounts of the organization may:"
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
        roles.TRUST,
        Made(aws.iam.Role, {"assumeRolePolicy": document(TRUST, PIPELINE)}),
        [
            Broken(
                "assumeRolePolicy",
                document({**TRUST, "Principal": {"AWS": "arn:aws:iam::999999999999:root"}}),
                (
                    "iam.Role 'it' lets account 999999999999 in by statement Backup; only 111111111111 may be: take it"
                    " out, or add it to accounts of iam-role-trust"
                ),
            )
        ],
        [("assumeRolePolicy", document({**TRUST, "Principal": {"AWS": "111111111111"}}))],
        configuration={"accounts": ["111111111111"]},
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
        Made(aws.iam.RolePolicy, {"policy": document(READ)}),
        [
            Broken(
                "policy",
                document({**READ, "Action": every, "Resource": "arn:aws:s3:::b/*"}),
                (
                    f"iam.RolePolicy 'it' allows {every} on arn:aws:s3:::b/* by statement Read; the actions that are"
                    " needed are required: name them"
                ),
            )
            for every in ("*", "*:*")
        ],
        [("policy", document({**READ, "Action": "s3:**", "Resource": "arn:aws:s3:::b/*"}))],
    ),
    *(
        Example(roles.PERMISSIONS, Made(kind, {"policy": document(READ)}), too_much(kind), ENOUGH)
        for kind in (aws.iam.Policy, aws.iam.UserPolicy, aws.iam.GroupPolicy)
    ),
    *(
        Example(
            roles.PERMISSIONS,
            Made(kind, {"policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
            [
                Broken(
                    "policyArn",
                    "arn:aws:iam::aws:policy/IAMFullAccess",
                    (
                        f"iam.{kind.__name__} 'it' attaches arn:aws:iam::aws:policy/IAMFullAccess; a policy that names"
                        " what is needed is required: attach another one"
                    ),
                )
            ],
        )
        for kind in (aws.iam.PolicyAttachment, aws.iam.UserPolicyAttachment, aws.iam.GroupPolicyAttachment)
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
