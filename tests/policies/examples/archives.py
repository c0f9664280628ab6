"""Examples of the rules about archives."""

import pulumi_aws as aws
from strongroom_policies import archives

from tests.policies.example import Broken, Example
from tests.policies.examples.buckets import BUCKET
from tests.policies.judging import GONE, Made

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
]
