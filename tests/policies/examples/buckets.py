"""Examples of the rules about buckets."""

import json
from typing import Any

import pulumi_aws as aws
from strongroom_policies import buckets

from tests.policies.example import Broken, Example
from tests.policies.judging import GONE, Made

BUCKET = "archive"

KEY = "arn:aws:kms:eu-west-2:333333333333:key/k"

TLS: dict[str, Any] = {
    "Sid": "Tls",
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": "*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def document(*statements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


EXAMPLES = [
    Example(
        buckets.PUBLIC_ACCESS,
        Made(
            aws.s3.BucketPublicAccessBlock,
            {
                "bucket": BUCKET,
                "blockPublicAcls": True,
                "blockPublicPolicy": True,
                "ignorePublicAcls": True,
                "restrictPublicBuckets": True,
            },
        ),
        [
            Broken(
                "blockPublicAcls",
                GONE,
                (
                    "s3.BucketPublicAccessBlock 'it' leaves blockPublicAcls off, and so switches it off; all four are"
                    " required: set blockPublicAcls to true"
                ),
            ),
            Broken(
                "blockPublicPolicy",
                False,
                (
                    "s3.BucketPublicAccessBlock 'it' leaves blockPublicPolicy off, and so switches it off; all four are"
                    " required: set blockPublicPolicy to true"
                ),
            ),
            Broken(
                "ignorePublicAcls",
                False,
                (
                    "s3.BucketPublicAccessBlock 'it' leaves ignorePublicAcls off, and so switches it off; all four are"
                    " required: set ignorePublicAcls to true"
                ),
            ),
            Broken(
                "restrictPublicBuckets",
                False,
                (
                    "s3.BucketPublicAccessBlock 'it' leaves restrictPublicBuckets off, and so switches it off; all four"
                    " are required: set restrictPublicBuckets to true"
                ),
            ),
        ],
    ),
    Example(
        buckets.OWNERSHIP,
        Made(aws.s3.BucketOwnershipControls, {"bucket": BUCKET, "rule": {"objectOwnership": "BucketOwnerEnforced"}}),
        [
            Broken(
                "rule.objectOwnership",
                "ObjectWriter",
                (
                    "s3.BucketOwnershipControls 'it' has object_ownership ObjectWriter; BucketOwnerEnforced is"
                    " required, so that access lists count no more: set it"
                ),
            )
        ],
    ),
    Example(
        buckets.VERSIONING,
        Made(aws.s3.BucketVersioning, {"bucket": BUCKET, "versioningConfiguration": {"status": "Enabled"}}),
        [
            Broken(
                "versioningConfiguration.status",
                "Suspended",
                (
                    "s3.BucketVersioning 'it' has status Suspended; Enabled is required, or what is overwritten is"
                    " gone: set status to Enabled"
                ),
            )
        ],
    ),
    Example(
        buckets.ENCRYPTION,
        Made(
            aws.s3.BucketServerSideEncryptionConfiguration,
            {
                "bucket": BUCKET,
                "rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY}}],
            },
        ),
        [
            Broken(
                "rules",
                [],
                (
                    "s3.BucketServerSideEncryptionConfiguration 'it' has no rule; SSE-KMS under a customer managed key"
                    " is required: add one with aws:kms"
                ),
            ),
            Broken(
                "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm",
                "AES256",
                (
                    "s3.BucketServerSideEncryptionConfiguration 'it' encrypts by AES256 under"
                    " arn:aws:kms:eu-west-2:333333333333:key/k; aws:kms under a customer managed key is required: set"
                    " sse_algorithm and kms_master_key_id"
                ),
            ),
            Broken(
                "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId",
                GONE,
                (
                    "s3.BucketServerSideEncryptionConfiguration 'it' encrypts by aws:kms under no key of its own;"
                    " aws:kms under a customer managed key is required: set sse_algorithm and kms_master_key_id"
                ),
            ),
            Broken(
                "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId",
                "alias/aws/s3",
                (
                    "s3.BucketServerSideEncryptionConfiguration 'it' encrypts by aws:kms under alias/aws/s3; aws:kms"
                    " under a customer managed key is required: set sse_algorithm and kms_master_key_id"
                ),
            ),
        ],
    ),
    Example(
        buckets.NOTHING_INLINE,
        Made(aws.s3.Bucket, {"bucket": BUCKET}),
        [
            Broken(
                "lifecycleRules",
                [{"enabled": True}],
                (
                    "s3.Bucket 'it' sets lifecycleRules inline, where it and a resource of its own would undo each"
                    " other; one writer is required: move it into a resource such as s3.BucketVersioning"
                ),
            ),
            Broken(
                "policy",
                document(TLS),
                (
                    "s3.Bucket 'it' sets policy inline, where it and a resource of its own would undo each other; one"
                    " writer is required: move it into a resource such as s3.BucketVersioning"
                ),
            ),
            Broken(
                "versioning",
                {"enabled": True},
                (
                    "s3.Bucket 'it' sets versioning inline, where it and a resource of its own would undo each other;"
                    " one writer is required: move it into a resource such as s3.BucketVersioning"
                ),
            ),
        ],
    ),
]
