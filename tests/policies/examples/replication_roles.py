"""Examples of the rule about the roles of replications."""

import json
from collections.abc import Sequence

import pulumi_aws as aws
from strongroom_policies import replication_roles

from tests.policies.example import BrokenStack, StackExample
from tests.policies.examples.stack_buckets import RETENTION
from tests.policies.judging import GONE, Made

SOURCE = ("s3:GetReplicationConfiguration", "s3:ListBucket")
VERSIONS = ("s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging")
LOCKS = ("s3:GetObjectLegalHold", "s3:GetObjectRetention")
REPLICAS = ("s3:ReplicateObject", "s3:ReplicateTags", "s3:ObjectOwnerOverrideToBucketOwner")


def policy(
    versions: Sequence[str] = (*VERSIONS, *LOCKS),
    replicas: Sequence[str] = REPLICAS,
    to: str = "far/*",
    effect: str = "Allow",
) -> str:
    """What a role may do."""
    said = [
        {"Effect": "Allow", "Action": SOURCE, "Resource": "arn:aws:s3:::archive"},
        {"Effect": "Allow", "Action": versions, "Resource": "arn:aws:s3:::archive/*"},
        {"Effect": "Allow", "Action": replicas, "Resource": f"arn:aws:s3:::{to}"},
        {"Effect": effect, "Action": "s3:GetObjectRetention", "Resource": "arn:aws:s3:::archive/*"},
    ]
    return json.dumps({"Statement": said if effect == "Deny" else said[:3]})


REPLICATION = Made(
    aws.s3.BucketReplicationConfig,
    {
        "bucket": "archive",
        "role": "arn:aws:iam::111111111111:role/replicates",
        "rules": [
            {
                "destination": {
                    "bucket": "arn:aws:s3:::far",
                    "accessControlTranslation": {"owner": "Destination"},
                }
            }
        ],
    },
    "replication",
)
ROLE = Made(aws.iam.Role, {"name": "replicates"}, "role")
POLICY = Made(aws.iam.RolePolicy, {"role": "replicates", "policy": policy()}, "policy")
STACK = [RETENTION, REPLICATION, ROLE, POLICY]
LACKS = "s3.BucketReplicationConfig 'replication' works with iam.Role 'role', which may not "
ALLOW = "and replicates nothing without: allow them in a policy of the role"


def broken(value: str, lacking: str) -> BrokenStack:
    """A policy that allows too little."""
    return BrokenStack("policy", "policy", value, "replication", f"{LACKS}{lacking} {ALLOW}")


EXAMPLES = [
    StackExample(
        replication_roles.ROLE,
        STACK,
        [
            broken(
                policy(VERSIONS),
                "s3:GetObjectLegalHold, s3:GetObjectRetention on archive/*; S3 asks for all of s3:GetObjectLegalHold,"
                " s3:GetObjectRetention",
            ),
            broken(
                policy([*VERSIONS, LOCKS[0]]),
                "s3:GetObjectRetention on archive/*; S3 asks for all of s3:GetObjectLegalHold, s3:GetObjectRetention",
            ),
            broken(
                policy(effect="Deny"),
                "s3:GetObjectRetention on archive/*; S3 asks for all of s3:GetObjectLegalHold, s3:GetObjectRetention",
            ),
            broken(
                policy([*VERSIONS[:2], *LOCKS]),
                f"s3:GetObjectVersionTagging on archive/*; S3 asks for all of {', '.join(VERSIONS)}",
            ),
            broken(
                policy(replicas=REPLICAS[:2]),
                "s3:ObjectOwnerOverrideToBucketOwner on far/*; S3 asks for all of s3:ReplicateObject,"
                " s3:ReplicateTags, s3:ObjectOwnerOverrideToBucketOwner",
            ),
            broken(
                policy(to="other/*"),
                f"{', '.join(REPLICAS)} on far/*; S3 asks for all of {', '.join(REPLICAS)}",
            ),
            BrokenStack(
                "role",
                "",
                GONE,
                "replication",
                (
                    "s3.BucketReplicationConfig 'replication' works with a role that this stack does not make, so"
                    " nobody can tell what it may do; one of this stack is required: make it here, or name the"
                    " replication in exempt of s3-replication-role"
                ),
            ),
        ],
        [
            ("policy", "policy", policy(["s3:Get*"], ["s3:*"], "*")),
            ("role", "inlinePolicies", [{"name": "more", "policy": "{}"}]),
        ],
    ),
    StackExample(
        replication_roles.ROLE,
        [RETENTION.but("bucket", "another"), REPLICATION, ROLE, POLICY.but("policy", policy(VERSIONS))],
        [
            BrokenStack(
                "retention",
                "bucket",
                "archive",
                "replication",
                (
                    f"{LACKS}s3:GetObjectLegalHold, s3:GetObjectRetention on archive/*; S3 asks for all of"
                    f" s3:GetObjectLegalHold, s3:GetObjectRetention {ALLOW}"
                ),
            ),
        ],
    ),
]
