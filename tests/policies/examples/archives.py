"""Examples of the rules about archives."""

import pulumi_aws as aws
from strongroom_policies import archives

from tests.policies.example import Broken, Example
from tests.policies.examples.buckets import BUCKET
from tests.policies.judging import GONE, Made

LIFECYCLE = Made(
    aws.s3.BucketLifecycleConfiguration,
    {
        "bucket": BUCKET,
        "rules": [
            {"id": "uploads", "status": "Enabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}},
            {"id": "old", "status": "Enabled", "noncurrentVersionExpiration": {"noncurrentDays": 2557}},
            {
                "id": "colder",
                "status": "Enabled",
                "transitions": [
                    {"days": 30, "storageClass": "STANDARD_IA"},
                    {"days": 60, "storageClass": "GLACIER_IR"},
                    {"days": 150, "storageClass": "DEEP_ARCHIVE"},
                ],
                "expiration": {"days": 2557},
            },
        ],
    },
)

EXAMPLES = [
    Example(
        archives.RETENTION,
        Made(
            aws.s3.BucketObjectLockConfiguration,
            {"bucket": BUCKET, "rule": {"defaultRetention": {"mode": "GOVERNANCE", "days": 2557}}},
        ),
        [
            Broken(
                "rule",
                GONE,
                (
                    "s3.BucketObjectLockConfiguration 'it' keeps an object for 0 days by default; 2192 to 3653 are"
                    " required: set days of default_retention"
                ),
            ),
            Broken(
                "rule.defaultRetention.days",
                2191,
                (
                    "s3.BucketObjectLockConfiguration 'it' keeps an object for 2191 days by default; 2192 to 3653 are"
                    " required: set days of default_retention"
                ),
            ),
            Broken(
                "rule.defaultRetention.days",
                3654,
                (
                    "s3.BucketObjectLockConfiguration 'it' keeps an object for 3654 days by default; 2192 to 3653 are"
                    " required: set days of default_retention"
                ),
            ),
            Broken(
                "rule.defaultRetention.mode",
                "COMPLIANCE",
                (
                    "s3.BucketObjectLockConfiguration 'it' is in COMPLIANCE mode, and nobody can delete its objects in"
                    " time; that must be meant: use GOVERNANCE, or name 'archive' in complianceBuckets of"
                    " s3-archive-retention"
                ),
            ),
        ],
        [
            ("rule.defaultRetention.days", 2192),
            ("rule.defaultRetention.days", 3653),
            ("rule.defaultRetention", {"mode": "GOVERNANCE", "years": 7}),
        ],
    ),
    Example(
        archives.LIFECYCLE,
        LIFECYCLE,
        [
            Broken(
                "rules.0.abortIncompleteMultipartUpload.daysAfterInitiation",
                8,
                (
                    "s3.BucketLifecycleConfiguration 'it' leaves abandoned uploads for more than 7 days; they must end:"
                    " add a rule with abort_incomplete_multipart_upload and days_after_initiation 7"
                ),
            ),
            Broken(
                "rules.0.status",
                "Disabled",
                (
                    "s3.BucketLifecycleConfiguration 'it' leaves abandoned uploads for more than 7 days; they must end:"
                    " add a rule with abort_incomplete_multipart_upload and days_after_initiation 7"
                ),
            ),
            Broken(
                "rules.1.noncurrentVersionExpiration",
                GONE,
                (
                    "s3.BucketLifecycleConfiguration 'it' keeps old versions for ever; an end is required: add a rule"
                    " with noncurrent_version_expiration"
                ),
            ),
            Broken(
                "rules.2.transitions.0.days",
                29,
                (
                    "rule 'colder' of s3.BucketLifecycleConfiguration 'it' moves to STANDARD_IA after 29 days; 30 or"
                    " more are required: raise days"
                ),
            ),
            Broken(
                "rules.2.transitions.1.days",
                59,
                (
                    "rule 'colder' of s3.BucketLifecycleConfiguration 'it' moves on to GLACIER_IR after 59 days;"
                    " STANDARD_IA asks for 60: raise days"
                ),
            ),
            Broken(
                "rules.2.transitions.2.days",
                149,
                (
                    "rule 'colder' of s3.BucketLifecycleConfiguration 'it' moves on to DEEP_ARCHIVE after 149 days;"
                    " GLACIER_IR asks for 150: raise days"
                ),
            ),
            Broken(
                "rules.2.expiration.days",
                150,
                (
                    "rule 'colder' of s3.BucketLifecycleConfiguration 'it' expires after 150 days what moves after 150;"
                    " later is required: raise days of expiration"
                ),
            ),
        ],
        [("rules.2.expiration.days", 151), ("rules.2.expiration", GONE)],
    ),
]
