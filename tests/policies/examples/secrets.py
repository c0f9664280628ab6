"""Examples of the rules about secrets."""

from typing import Any

import pulumi_aws as aws
from strongroom_policies import secrets

from tests.policies.example import Broken, Example
from tests.policies.examples.keys import OTHER, OWN, document
from tests.policies.judging import GONE, Made

SECRET = Made(
    aws.secretsmanager.Secret,
    {
        "name": "salt",
        "kmsKeyId": "arn:aws:kms:eu-west-2:111111111111:key/k",
        "recoveryWindowInDays": 7,
        "replicas": [{"region": "eu-west-1", "kmsKeyId": "arn:aws:kms:eu-west-1:111111111111:key/r"}],
    },
)

READ: dict[str, Any] = {
    "Sid": "Read",
    "Effect": "Allow",
    "Principal": {"AWS": f"arn:aws:iam::{OWN}:root"},
    "Action": "secretsmanager:GetSecretValue",
    "Resource": "*",
}

EXAMPLES = [
    Example(
        secrets.RECOVERABLE,
        SECRET,
        [
            Broken(
                "kmsKeyId",
                GONE,
                (
                    "secretsmanager.Secret 'it' lies under a key of AWS; a customer managed key is required, because no"
                    " other account can be let in to one of AWS's: set kms_key_id"
                ),
            ),
            Broken(
                "kmsKeyId",
                "alias/aws/secretsmanager",
                (
                    "secretsmanager.Secret 'it' lies under alias/aws/secretsmanager; a customer managed key is"
                    " required, because no other account can be let in to one of AWS's: set kms_key_id"
                ),
            ),
            Broken(
                "replicas.0.kmsKeyId",
                GONE,
                (
                    "replica 1 of secretsmanager.Secret 'it' lies under a key of AWS; a customer managed key is"
                    " required, because no other account can be let in to one of AWS's: set kms_key_id of the replica"
                ),
            ),
            Broken(
                "recoveryWindowInDays",
                0,
                (
                    "secretsmanager.Secret 'it' is gone 0 days after its deletion; 7 are required: set"
                    " recovery_window_in_days to 7 or more"
                ),
            ),
            Broken(
                "recoveryWindowInDays",
                6,
                (
                    "secretsmanager.Secret 'it' is gone 6 days after its deletion; 7 are required: set"
                    " recovery_window_in_days to 7 or more"
                ),
            ),
            Broken(
                "replicas",
                GONE,
                (
                    "secretsmanager.Secret 'it' exists once; a replica or a sealed export is required: set replicas, or"
                    " name 'salt' in sealedSecrets of secretsmanager-secret-recoverable"
                ),
            ),
        ],
        [("recoveryWindowInDays", GONE)],
    ),
    Example(
        secrets.RECOVERABLE,
        SECRET.but("replicas", GONE),
        [
            Broken(
                "name",
                "pepper",
                (
                    "secretsmanager.Secret 'it' exists once; a replica or a sealed export is required: set replicas, or"
                    " name 'pepper' in sealedSecrets of secretsmanager-secret-recoverable"
                ),
            )
        ],
        configuration={"sealedSecrets": ["salt"]},
    ),
    Example(
        secrets.VALUE_OUTSIDE,
        Made(aws.secretsmanager.SecretVersion, {"secretId": "salt", "secretStringWoVersion": 1}),
        [
            Broken(
                "secretString",
                "planted",
                (
                    "secretsmanager.SecretVersion 'it' has its value in secretString, and so in Pulumi's state; a value"
                    " that is only written is required: use secret_string_wo with secret_string_wo_version"
                ),
            ),
            Broken(
                "secretBinary",
                "cGxhbnRlZA==",
                (
                    "secretsmanager.SecretVersion 'it' has its value in secretBinary, and so in Pulumi's state; a value"
                    " that is only written is required: use secret_string_wo with secret_string_wo_version"
                ),
            ),
        ],
    ),
    *(
        Example(
            secrets.POLICY,
            Made(kind, {"policy": document(READ)}),
            [
                Broken(
                    "policy",
                    document({**READ, "Principal": "*"}),
                    (
                        f"secretsmanager.{kind.__name__} 'it' lets anybody in by statement Read; only accounts of the"
                        " organization may: add a condition on aws:PrincipalOrgPaths or aws:PrincipalOrgID"
                    ),
                ),
                Broken(
                    "policy",
                    document({**READ, "Principal": {"AWS": f"arn:aws:iam::{OTHER}:root"}}),
                    (
                        f"secretsmanager.{kind.__name__} 'it' lets account 999999999999 in by statement Read; only"
                        " 111111111111 may be: take it out, or add it to accounts of secretsmanager-policy"
                    ),
                ),
            ],
            configuration={"accounts": [OWN]},
        )
        for kind in (aws.secretsmanager.SecretPolicy, aws.secretsmanager.Secret)
    ),
]
