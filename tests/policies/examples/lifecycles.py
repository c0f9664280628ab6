"""Examples of the rules about lifecycles."""

import pulumi_aws as aws
from strongroom_policies import lifecycles

from tests.policies.example import Broken, Example
from tests.policies.examples.buckets import BUCKET
from tests.policies.judging import GONE, Made

LIFECYCLE = Made(
    aws.s3.BucketLifecycleConfiguration,
    {
        "bucket": BUCKET,
        "rules": [
            {"id": "uploads", "status": "Enabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}},
            {
                "id": "old",
                "status": "Enabled",
                "filter": {"prefix": ""},
                "noncurrentVersionTransitions": [
                    {"noncurrentDays": 30, "storageClass": "ONEZONE_IA"},
                    {"noncurrentDays": 60, "storageClass": "GLACIER"},
                ],
                "noncurrentVersionExpiration": {"noncurrentDays": 2557},
            },
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
            {
                "id": "dated",
                "status": "Enabled",
                "filter": {"prefix": "reports/"},
                "transitions": [
                    {"date": "2030-01-01T00:00:00Z", "storageClass": "GLACIER_IR"},
                    {"date": "2030-04-01T00:00:00Z", "storageClass": "DEEP_ARCHIVE"},
                ],
                "expiration": {"date": "2040-01-01T00:00:00Z"},
            },
        ],
    },
)

EXAMPLES = [
    Example(
        lifecycles.LIFECYCLE,
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
            Broken(
                "rules.0.filter",
                {"prefix": "some/"},
                (
                    "s3.BucketLifecycleConfiguration 'it' leaves abandoned uploads for more than 7 days; they must end:"
                    " add a rule with abort_incomplete_multipart_upload and days_after_initiation 7"
                ),
            ),
            Broken(
                "rules.1.filter.prefix",
                "some/",
                (
                    "s3.BucketLifecycleConfiguration 'it' keeps old versions for ever; an end is required: add a rule"
                    " with noncurrent_version_expiration"
                ),
            ),
            Broken(
                "rules.1.noncurrentVersionTransitions.0.noncurrentDays",
                29,
                (
                    "rule 'old' of s3.BucketLifecycleConfiguration 'it' moves to ONEZONE_IA after 29 days; 30 or more"
                    " are required: raise noncurrent_days"
                ),
            ),
            Broken(
                "rules.1.noncurrentVersionTransitions.1.noncurrentDays",
                59,
                (
                    "rule 'old' of s3.BucketLifecycleConfiguration 'it' moves on to GLACIER after 59 days; ONEZONE_IA"
                    " asks for 60: raise noncurrent_days"
                ),
            ),
            Broken(
                "rules.1.noncurrentVersionExpiration.noncurrentDays",
                60,
                (
                    "rule 'old' of s3.BucketLifecycleConfiguration 'it' expires after 60 days what moves after 60;"
                    " later is required: raise noncurrent_days of noncurrent_version_expiration"
                ),
            ),
            Broken(
                "rules.2.transitions.2.storageClass",
                "ONEZONE_IA",
                (
                    "rule 'colder' of s3.BucketLifecycleConfiguration 'it' moves from GLACIER_IR to ONEZONE_IA, which"
                    " S3 does not do; a colder class is required: leave the later move out"
                ),
            ),
            Broken(
                "rules.3.transitions.1.date",
                "2030-03-31T00:00:00Z",
                (
                    "rule 'dated' of s3.BucketLifecycleConfiguration 'it' moves on to DEEP_ARCHIVE on 2030-03-31;"
                    " GLACIER_IR asks for 2030-04-01 or later: raise date"
                ),
            ),
            Broken(
                "rules.3.transitions.0",
                {"days": 30, "storageClass": "GLACIER_IR"},
                (
                    "rule 'dated' of s3.BucketLifecycleConfiguration 'it' moves by age and by date, which have no"
                    " order; one of both is required: use days only"
                ),
            ),
            Broken(
                "rules.3.expiration.date",
                "2030-04-01T00:00:00Z",
                (
                    "rule 'dated' of s3.BucketLifecycleConfiguration 'it' expires on 2030-04-01 what moves on"
                    " 2030-04-01; later is required: raise date of expiration"
                ),
            ),
            Broken(
                "rules.3.expiration.date",
                "never",
                (
                    "rule 'dated' of s3.BucketLifecycleConfiguration 'it' has the date never, which cannot be read; one"
                    " such as 2030-01-31 is required: change date"
                ),
            ),
            Broken(
                "rules.3.expiration",
                {"days": 9000},
                (
                    "rule 'dated' of s3.BucketLifecycleConfiguration 'it' moves by one of age and date and expires by"
                    " the other; one of both is required: use days only"
                ),
            ),
        ],
        [
            ("rules.2.expiration.days", 151),
            ("rules.2.expiration", GONE),
            ("rules.1.noncurrentVersionExpiration.noncurrentDays", 61),
            ("rules.3.expiration.date", "2030-04-02T00:00:00Z"),
            ("rules.3.expiration", {"expiredObjectDeleteMarker": True}),
        ],
    ),
]
