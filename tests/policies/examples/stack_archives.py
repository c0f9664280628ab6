"""Examples of the rules about archives and what belongs to them."""

import pulumi_aws as aws
from strongroom_policies import accounts, archives

from tests.policies.example import BrokenStack, StackExample
from tests.policies.examples.stack_buckets import BUCKET, LIFECYCLE, RETENTION
from tests.policies.judging import GONE, Made

TRAIL = Made(
    aws.cloudtrail.Trail,
    {"eventSelectors": [{"dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3:::archive/"]}]}]},
    "trail",
)

EXAMPLES = [
    StackExample(
        archives.LOCKED,
        [BUCKET, RETENTION],
        [
            BrokenStack(
                "retention",
                "",
                GONE,
                "bucket",
                (
                    "s3.Bucket 'bucket' locks no object by itself; a default retention is required: add an"
                    " s3.BucketObjectLockConfiguration"
                ),
                "bucket",
            ),
            BrokenStack(
                "bucket",
                "objectLockEnabled",
                GONE,
                "bucket",
                (
                    "s3.Bucket 'bucket' is an archive without Object Lock; it is required: set object_lock_enabled to"
                    " true"
                ),
            ),
        ],
        configuration={"archives": ["arch*"]},
    ),
    StackExample(
        archives.AFTER_THE_LOCK,
        [RETENTION, LIFECYCLE],
        [
            BrokenStack(
                "lifecycle",
                "rules.0.noncurrentVersionExpiration.noncurrentDays",
                2556,
                "retention",
                (
                    "rule 'old' of s3.BucketLifecycleConfiguration 'lifecycle' has noncurrent_version_expiration after"
                    " 2556 days, and s3.BucketObjectLockConfiguration 'retention' keeps objects for 2557; as long or"
                    " longer is required: raise its days to 2557"
                ),
            ),
            BrokenStack(
                "lifecycle",
                "rules.0.expiration",
                {"days": 2556},
                "retention",
                (
                    "rule 'old' of s3.BucketLifecycleConfiguration 'lifecycle' has expiration after 2556 days, and"
                    " s3.BucketObjectLockConfiguration 'retention' keeps objects for 2557; as long or longer is"
                    " required: raise its days to 2557"
                ),
            ),
            BrokenStack(
                "lifecycle",
                "rules.0.expiration",
                {"date": "2040-01-01T00:00:00Z"},
                "retention",
                (
                    "rule 'old' of s3.BucketLifecycleConfiguration 'lifecycle' expires every object on"
                    " 2040-01-01T00:00:00Z, whatever its age, and s3.BucketObjectLockConfiguration 'retention' keeps"
                    " objects for 2557 days; an age is required: use days of expiration instead of date"
                ),
            ),
        ],
        [
            ("lifecycle", "rules.0.expiration", {"days": 2557}),
            ("lifecycle", "rules.0.expiration", {"expiredObjectDeleteMarker": True}),
            ("lifecycle", "rules.0", {"status": "Disabled", "expiration": {"days": 1}}),
            ("lifecycle", "bucket", "another"),
        ],
    ),
    StackExample(
        accounts.TRAILED,
        [RETENTION, TRAIL],
        [
            BrokenStack(
                "trail",
                "",
                GONE,
                "retention",
                (
                    "s3.BucketObjectLockConfiguration 'retention' keeps 'archive', and no trail of this stack records"
                    " who reads or writes its objects; data events are wanted: add an event selector for it to a"
                    " cloudtrail.Trail"
                ),
            ),
            BrokenStack(
                "trail",
                "eventSelectors.0.dataResources.0.values",
                ["arn:aws:s3:::other/"],
                "retention",
                (
                    "s3.BucketObjectLockConfiguration 'retention' keeps 'archive', and no trail of this stack records"
                    " who reads or writes its objects; data events are wanted: add an event selector for it to a"
                    " cloudtrail.Trail"
                ),
            ),
        ],
        [("trail", "eventSelectors.0.dataResources.0.values", ["arn:aws:s3"])],
    ),
]
