"""Examples of the rules about tables."""

import pulumi_aws as aws
from strongroom_policies import tables

from tests.policies.example import Broken, Example
from tests.policies.judging import GONE, Made

TABLE = Made(
    aws.dynamodb.Table,
    {
        "name": "receipts",
        "region": "eu-west-2",
        "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35},
        "deletionProtectionEnabled": True,
        "serverSideEncryption": {"enabled": True, "kmsKeyArn": "arn:aws:kms:eu-west-2:111111111111:key/k"},
        "replicas": [{"regionName": "eu-west-1", "pointInTimeRecovery": True, "deletionProtectionEnabled": True}],
        "tags": {
            "owner": "platform",
            "strongroom:data-class": "critical",
            "strongroom:environment": "prod",
            "strongroom:rto": "4h",
            "strongroom:rpo": "24h",
        },
    },
)
REPLICA = Made(aws.dynamodb.TableReplica, {"pointInTimeRecovery": True, "deletionProtectionEnabled": True})

EXAMPLES = [
    Example(
        tables.PITR,
        TABLE,
        [
            Broken(
                "pointInTimeRecovery",
                GONE,
                (
                    "dynamodb.Table 'it' has no point-in-time recovery; 35 days are required: set"
                    " point_in_time_recovery with enabled true and recovery_period_in_days 35"
                ),
            ),
            Broken(
                "pointInTimeRecovery.enabled",
                False,
                (
                    "dynamodb.Table 'it' has no point-in-time recovery; 35 days are required: set"
                    " point_in_time_recovery with enabled true and recovery_period_in_days 35"
                ),
            ),
            Broken(
                "pointInTimeRecovery.recoveryPeriodInDays",
                34,
                (
                    "dynamodb.Table 'it' can be restored to the last 34 days only; 35 are required: set"
                    " recovery_period_in_days of point_in_time_recovery to 35"
                ),
            ),
            Broken(
                "replicas.0.pointInTimeRecovery",
                False,
                (
                    "replica 1 of dynamodb.Table 'it' has no point-in-time recovery; it is required in every Region:"
                    " set point_in_time_recovery to true"
                ),
            ),
        ],
        [("pointInTimeRecovery.recoveryPeriodInDays", GONE), ("replicas", GONE)],
    ),
    Example(
        tables.PITR,
        REPLICA,
        [
            Broken(
                "pointInTimeRecovery",
                GONE,
                (
                    "dynamodb.TableReplica 'it' has no point-in-time recovery; it is required in every Region: set"
                    " point_in_time_recovery to true"
                ),
            )
        ],
    ),
    Example(
        tables.PITR,
        TABLE.but("pointInTimeRecovery.recoveryPeriodInDays", 7),
        [
            Broken(
                "pointInTimeRecovery.recoveryPeriodInDays",
                6,
                (
                    "dynamodb.Table 'it' can be restored to the last 6 days only; 7 are required: set"
                    " recovery_period_in_days of point_in_time_recovery to 7"
                ),
            )
        ],
        configuration={"minimumDays": 7},
    ),
    Example(
        tables.DELETION_PROTECTION,
        TABLE,
        [
            Broken(
                "deletionProtectionEnabled",
                GONE,
                (
                    "dynamodb.Table 'it' can be deleted by one call; deletion protection is required: set"
                    " deletion_protection_enabled to true"
                ),
            ),
            Broken(
                "deletionProtectionEnabled",
                False,
                (
                    "dynamodb.Table 'it' can be deleted by one call; deletion protection is required: set"
                    " deletion_protection_enabled to true"
                ),
            ),
            Broken(
                "replicas.0.deletionProtectionEnabled",
                False,
                (
                    "replica 1 of dynamodb.Table 'it' can be deleted by one call; deletion protection is required: set"
                    " deletion_protection_enabled to true"
                ),
            ),
        ],
    ),
    Example(
        tables.DELETION_PROTECTION,
        REPLICA,
        [
            Broken(
                "deletionProtectionEnabled",
                False,
                (
                    "dynamodb.TableReplica 'it' can be deleted by one call; deletion protection is required: set"
                    " deletion_protection_enabled to true"
                ),
            )
        ],
    ),
    Example(
        tables.CUSTOMER_KEY,
        TABLE,
        [
            Broken(
                "serverSideEncryption",
                GONE,
                (
                    "dynamodb.Table 'it' lies under a key of AWS's own; a customer managed key is wanted: set"
                    " server_side_encryption with enabled true and kms_key_arn"
                ),
            ),
            Broken(
                "serverSideEncryption.enabled",
                False,
                (
                    "dynamodb.Table 'it' lies under a key of AWS's own; a customer managed key is wanted: set"
                    " server_side_encryption with enabled true and kms_key_arn"
                ),
            ),
            Broken(
                "serverSideEncryption.kmsKeyArn",
                GONE,
                (
                    "dynamodb.Table 'it' lies under a key of AWS's own; a customer managed key is wanted: set"
                    " server_side_encryption with enabled true and kms_key_arn"
                ),
            ),
        ],
    ),
    Example(
        tables.RESTORE_ARGUMENTS,
        Made(aws.dynamodb.Table, {"restoreToLatestTime": True}, ignore_changes=("restoreToLatestTime",)),
        [
            Broken(
                "@ignore_changes",
                (),
                (
                    "dynamodb.Table 'it' is replaced once restoreToLatestTime leaves the program; a restored table must"
                    " stay: name restoreToLatestTime in ignore_changes"
                ),
            ),
            Broken(
                "restoreDateTime",
                "2026-11-22T00:00:00Z",
                (
                    "dynamodb.Table 'it' is replaced once restoreDateTime leaves the program; a restored table must"
                    " stay: name restoreDateTime in ignore_changes"
                ),
            ),
        ],
    ),
    Example(
        tables.TAGS,
        TABLE,
        [
            Broken(
                "tags",
                GONE,
                (
                    "dynamodb.Table 'it' lacks the tags owner, strongroom:data-class, strongroom:environment,"
                    " strongroom:rto, strongroom:rpo; set them in tags or in default_tags of its provider"
                ),
            ),
            Broken(
                "tags.owner",
                GONE,
                "dynamodb.Table 'it' lacks the tags owner; set them in tags or in default_tags of its provider",
            ),
        ],
    ),
    *(
        Example(
            tables.TAGS,
            Made(kind, {**said, "tags": {"owner": "platform", of: "daily"}}),
            [
                Broken(
                    f"tags.{tag}",
                    GONE,
                    (
                        f"{module}.{kind.__name__} 'it' lacks the tags {tag}; set them in tags or in default_tags of"
                        " its provider"
                    ),
                )
                for tag in ("owner", of)
            ],
        )
        for module, kind, of, said in (
            ("backup", aws.backup.Vault, "strongroom:tier", {}),
            ("backup", aws.backup.LogicallyAirGappedVault, "strongroom:tier", {}),
            ("backup", aws.backup.Plan, "strongroom:data-class", {}),
            ("s3", aws.s3.Bucket, "strongroom:tier", {"objectLockEnabled": True}),
        )
    ),
    Example(
        tables.TAGS,
        Made(aws.s3.Bucket, {}),
        [
            Broken(
                "objectLockEnabled",
                True,
                (
                    "s3.Bucket 'it' lacks the tags owner, strongroom:tier; set them in tags or in default_tags of its"
                    " provider"
                ),
            )
        ],
    ),
]
