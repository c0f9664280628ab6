"""Examples of the rules about replicas of keys, keys of imported material and grants."""

import pulumi_aws as aws
from strongroom_policies import keys

from tests.policies.example import Broken, Example
from tests.policies.examples.keys import GRANT, OTHER, OWN, ROOT, document
from tests.policies.judging import GONE, Made

REPLICA = Made(aws.kms.ReplicaKey, {"deletionWindowInDays": 30, "policy": document(ROOT)})
EXTERNAL = Made(aws.kms.ExternalKey, {"deletionWindowInDays": 30, "policy": document(ROOT)})

EXAMPLES = [
    Example(
        keys.LASTING,
        REPLICA,
        [
            Broken(
                "deletionWindowInDays",
                29,
                (
                    "kms.ReplicaKey 'it' is gone 29 days after its deletion is asked for; 30 are required: set"
                    " deletion_window_in_days to 30"
                ),
            ),
            Broken(
                "enabled",
                False,
                (
                    "kms.ReplicaKey 'it' is disabled, and nothing under it can be read; it must be enabled: leave"
                    " enabled out"
                ),
            ),
        ],
        [("deletionWindowInDays", GONE), ("enabled", True)],
    ),
    Example(
        keys.POLICY,
        REPLICA,
        [
            Broken(
                "policy",
                document(ROOT, {**GRANT, "Principal": "*"}),
                (
                    "kms.ReplicaKey 'it' lets anybody in by statement Grant; only accounts of the organization may: add"
                    " a condition on aws:PrincipalAccount or aws:PrincipalOrgPaths"
                ),
            )
        ],
    ),
    Example(
        keys.POLICY,
        Made(aws.kms.Grant, {"granteePrincipal": f"arn:aws:iam::{OWN}:role/reads"}),
        [
            Broken(
                "granteePrincipal",
                f"arn:aws:iam::{OTHER}:role/reads",
                (
                    "kms.Grant 'it' lets account 999999999999 in by granteePrincipal; only 111111111111 may be: take it"
                    " out, or add it to accounts of kms-key-policy"
                ),
            )
        ],
        configuration={"accounts": [OWN]},
    ),
    Example(
        keys.POLICY,
        Made(aws.kms.Grant, {"retiringPrincipal": f"arn:aws:iam::{OWN}:role/ends"}),
        [
            Broken(
                "retiringPrincipal",
                f"arn:aws:iam::{OTHER}:role/ends",
                (
                    "kms.Grant 'it' lets account 999999999999 in by retiringPrincipal; only 111111111111 may be: take"
                    " it out, or add it to accounts of kms-key-policy"
                ),
            )
        ],
        configuration={"accounts": [OWN]},
    ),
    *(
        Example(
            keys.LASTING,
            Made(kind, EXTERNAL.properties),
            [
                Broken(
                    "deletionWindowInDays",
                    29,
                    (
                        f"kms.{kind.__name__} 'it' is gone 29 days after its deletion is asked for; 30 are required:"
                        " set deletion_window_in_days to 30"
                    ),
                ),
                Broken(
                    "enabled",
                    False,
                    (
                        f"kms.{kind.__name__} 'it' is disabled, and nothing under it can be read; it must be enabled:"
                        " leave enabled out"
                    ),
                ),
            ],
        )
        for kind in (aws.kms.ExternalKey, aws.kms.ReplicaExternalKey)
    ),
    *(
        Example(
            keys.POLICY,
            Made(kind, EXTERNAL.properties),
            [
                Broken(
                    "policy",
                    document(ROOT, {**GRANT, "Principal": "*"}),
                    (
                        f"kms.{kind.__name__} 'it' lets anybody in by statement Grant; only accounts of the"
                        " organization may: add a condition on aws:PrincipalAccount or aws:PrincipalOrgPaths"
                    ),
                )
            ],
        )
        for kind in (aws.kms.ExternalKey, aws.kms.ReplicaExternalKey)
    ),
]
