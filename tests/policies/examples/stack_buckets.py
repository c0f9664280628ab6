"""Examples of the rules about buckets and what belongs to them."""

import pulumi_aws as aws
from strongroom_policies import buckets, replication

from tests.policies.example import BrokenStack, StackExample
from tests.policies.judging import GONE, Made

BUCKET = Made(aws.s3.Bucket, {"bucket": "archive", "objectLockEnabled": True}, "bucket")

RETENTION = Made(
    aws.s3.BucketObjectLockConfiguration,
    {"bucket": "archive", "rule": {"defaultRetention": {"days": 2557}}},
    "retention",
)

LIFECYCLE = Made(
    aws.s3.BucketLifecycleConfiguration,
    {"bucket": "archive", "rules": [{"id": "old", "noncurrentVersionExpiration": {"noncurrentDays": 2557}}]},
    "lifecycle",
)

GUARDS = [
    Made(aws.s3.BucketPublicAccessBlock, {"bucket": "archive"}, "public-access"),
    Made(aws.s3.BucketOwnershipControls, {"bucket": "archive"}, "ownership"),
    Made(aws.s3.BucketPolicy, {"bucket": "archive"}, "policy"),
    Made(aws.s3.BucketVersioning, {"bucket": "archive"}, "versioning"),
    Made(aws.s3.BucketServerSideEncryptionConfiguration, {"bucket": "archive"}, "encryption"),
]

REPLICATION = Made(aws.s3.BucketReplicationConfig, {"bucket": "archive"}, "replication")

OTHER_REPLICATION = Made(aws.s3.BucketReplicationConfig, {"bucket": "another"}, "other-replication")

EXAMPLES = [
    StackExample(
        buckets.GUARDS,
        [BUCKET, *GUARDS, LIFECYCLE],
        [
            BrokenStack(
                "public-access",
                "",
                GONE,
                "bucket",
                (
                    "s3.Bucket 'bucket' has no s3.BucketPublicAccessBlock, so it is not shut to the public; one is"
                    " required: add an s3.BucketPublicAccessBlock for it"
                ),
                "bucket",
            ),
            BrokenStack(
                "ownership",
                "",
                GONE,
                "bucket",
                (
                    "s3.Bucket 'bucket' has no s3.BucketOwnershipControls, so objects may belong to other accounts; one"
                    " is required: add an s3.BucketOwnershipControls for it"
                ),
                "bucket",
            ),
            BrokenStack(
                "policy",
                "",
                GONE,
                "bucket",
                (
                    "s3.Bucket 'bucket' has no s3.BucketPolicy, so it answers without TLS; one is required: add an"
                    " s3.BucketPolicy for it"
                ),
                "bucket",
            ),
            BrokenStack(
                "versioning",
                "",
                GONE,
                "bucket",
                (
                    "s3.Bucket 'bucket' has no s3.BucketVersioning, so what is overwritten is gone; one is required:"
                    " add an s3.BucketVersioning for it"
                ),
                "bucket",
            ),
            BrokenStack(
                "encryption",
                "",
                GONE,
                "bucket",
                (
                    "s3.Bucket 'bucket' has no s3.BucketServerSideEncryptionConfiguration, so objects lie under a key"
                    " of S3's own; one is required: add an s3.BucketServerSideEncryptionConfiguration for it"
                ),
                "bucket",
            ),
            BrokenStack(
                "lifecycle",
                "",
                GONE,
                "bucket",
                (
                    "s3.Bucket 'bucket' has no s3.BucketLifecycleConfiguration, so abandoned uploads and old versions"
                    " stay for ever; one is required: add an s3.BucketLifecycleConfiguration for it"
                ),
                "bucket",
            ),
        ],
    ),
    StackExample(
        buckets.ONE_WRITER,
        [BUCKET, REPLICATION, OTHER_REPLICATION],
        [
            BrokenStack(
                "other-replication",
                "bucket",
                "archive",
                "bucket",
                (
                    "s3.Bucket 'bucket' has 2 of s3.BucketReplicationConfig (replication, other-replication), and each"
                    " writes over the others; one is required: put them together"
                ),
            )
        ],
    ),
    StackExample(
        replication.PRESENT,
        [BUCKET, REPLICATION],
        [
            BrokenStack(
                "replication",
                "",
                GONE,
                "bucket",
                (
                    "s3.Bucket 'bucket' is replicated nowhere; a replica in another account is required: add an"
                    " s3.BucketReplicationConfig"
                ),
                "bucket",
            )
        ],
        [("bucket", "bucket", "another")],
        {"replicatedBuckets": ["archive"]},
    ),
]
