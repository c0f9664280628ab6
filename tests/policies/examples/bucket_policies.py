"""Examples of the rules about policies of buckets."""

import json
from typing import Any

import pulumi_aws as aws
from strongroom_policies import bucket_policies

from tests.policies.example import Broken, Example
from tests.policies.examples.buckets import BUCKET, TLS, document
from tests.policies.judging import Made

ANY_ROLE = "arn:aws:iam::*:role/strongroom-replication-prod"

MIXED = ["arn:aws:iam::111111111111:role/r", ANY_ROLE]

IN: dict[str, Any] = {
    "Sid": "In",
    "Effect": "Allow",
    "Principal": "*",
    "Action": "s3:ReplicateObject",
    "Resource": "*",
    "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}},
}

EXAMPLES = [
    Example(
        bucket_policies.POLICY,
        Made(aws.s3.BucketPolicy, {"bucket": BUCKET, "policy": document(TLS, IN)}),
        [
            Broken(
                "policy",
                document(IN),
                (
                    "s3.BucketPolicy 'it' answers requests without TLS; they must be denied: add a Deny of s3:* for"
                    " principal '*' where aws:SecureTransport is false"
                ),
            ),
            Broken(
                "policy",
                document({**TLS, "Condition": {}}, IN),
                (
                    "s3.BucketPolicy 'it' answers requests without TLS; they must be denied: add a Deny of s3:* for"
                    " principal '*' where aws:SecureTransport is false"
                ),
            ),
            Broken(
                "policy",
                document(
                    {**TLS, "Condition": {**TLS["Condition"], "StringEquals": {"aws:PrincipalOrgID": "o-none"}}}, IN
                ),
                (
                    "s3.BucketPolicy 'it' answers requests without TLS; they must be denied: add a Deny of s3:* for"
                    " principal '*' where aws:SecureTransport is false"
                ),
            ),
            Broken(
                "policy",
                document(
                    {**TLS, "Condition": {"Bool": {"aws:SecureTransport": "false", "aws:ViaAWSService": "true"}}}, IN
                ),
                (
                    "s3.BucketPolicy 'it' answers requests without TLS; they must be denied: add a Deny of s3:* for"
                    " principal '*' where aws:SecureTransport is false"
                ),
            ),
            Broken(
                "policy",
                document({**TLS, "Action": "s3:GetObject"}, IN),
                (
                    "s3.BucketPolicy 'it' answers requests without TLS; they must be denied: add a Deny of s3:* for"
                    " principal '*' where aws:SecureTransport is false"
                ),
            ),
            Broken(
                "policy",
                document({**TLS, "Resource": "arn:aws:s3:::archive/some/*"}, IN),
                (
                    "s3.BucketPolicy 'it' answers requests without TLS; they must be denied: add a Deny of s3:* for"
                    " principal '*' where aws:SecureTransport is false"
                ),
            ),
            Broken(
                "policy",
                document(TLS, {**IN, "Condition": {}}),
                (
                    "s3.BucketPolicy 'it' lets anybody in by statement In; only accounts of the organization may: add a"
                    " condition on aws:PrincipalOrgPaths or aws:PrincipalOrgID"
                ),
            ),
            Broken(
                "policy",
                document({**TLS, "Resource": "arn:aws:s3:::archive"}, IN),
                (
                    "s3.BucketPolicy 'it' answers requests without TLS; they must be denied: add a Deny of s3:* for"
                    " principal '*' where aws:SecureTransport is false"
                ),
            ),
            Broken(
                "policy",
                document({**TLS, "Principal": None, "NotPrincipal": {"AWS": "1"}}, IN),
                (
                    "s3.BucketPolicy 'it' answers requests without TLS; they must be denied: add a Deny of s3:* for"
                    " principal '*' where aws:SecureTransport is false"
                ),
            ),
            Broken(
                "policy",
                document(TLS, {**IN, "Condition": {"ArnLike": {"aws:PrincipalArn": ANY_ROLE}}}),
                (
                    "s3.BucketPolicy 'it' lets anybody in by statement In; only accounts of the organization may: add a"
                    " condition on aws:PrincipalOrgPaths or aws:PrincipalOrgID"
                ),
            ),
            Broken(
                "policy",
                document(TLS, {**IN, "Condition": {"StringLike": {"aws:PrincipalOrgID": "o-*"}}}),
                (
                    "s3.BucketPolicy 'it' lets anybody in by statement In; only accounts of the organization may: add a"
                    " condition on aws:PrincipalOrgPaths or aws:PrincipalOrgID"
                ),
            ),
            Broken(
                "policy",
                document(TLS, {**IN, "Condition": {"ArnLike": {"aws:PrincipalArn": MIXED}}}),
                (
                    "s3.BucketPolicy 'it' lets anybody in by statement In; only accounts of the organization may: add a"
                    " condition on aws:PrincipalOrgPaths or aws:PrincipalOrgID"
                ),
            ),
        ],
        [
            ("policy", json.loads(document(TLS, IN))),
            ("policy", document(TLS, {**IN, "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::1:role/*"}}})),
            ("policy", document(TLS, {**IN, "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::exports"}}})),
        ],
    ),
    Example(
        bucket_policies.POLICY,
        Made(aws.s3.BucketPolicy, {"bucket": BUCKET, "policy": document(TLS, IN)}),
        [
            Broken(
                "policy",
                document(TLS, {**IN, "Principal": {"AWS": "arn:aws:iam::999999999999:root"}}),
                (
                    "s3.BucketPolicy 'it' lets account 999999999999 in by statement In; only 1 may be: take it out, or"
                    " add it to accounts of s3-bucket-policy"
                ),
            ),
            Broken(
                "policy",
                document(TLS, {**IN, "Principal": {"CanonicalUser": "79a5"}}),
                (
                    "s3.BucketPolicy 'it' lets account 79a5 in by statement In; only 1 may be: take it out, or add it"
                    " to accounts of s3-bucket-policy"
                ),
            ),
            Broken(
                "policy",
                document(TLS, {**IN, "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::2:role/*"}}}),
                (
                    "s3.BucketPolicy 'it' lets account 2 in by statement In; only 1 may be: take it out, or add it to"
                    " accounts of s3-bucket-policy"
                ),
            ),
        ],
        [
            ("policy", document(TLS, {**IN, "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::1:role/*"}}})),
            (
                "policy",
                document(TLS, {**IN, "Condition": {**IN["Condition"], "ArnLike": {"aws:PrincipalArn": ANY_ROLE}}}),
            ),
        ],
        configuration={"accounts": ["1"]},
    ),
]
