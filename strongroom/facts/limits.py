"""Bounds that AWS sets on what this program configures."""

from datetime import date
from typing import Final

from strongroom.facts.bounds import Bound

_READ: Final = date(2026, 11, 22)
_BACKUP: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide"
_BACKUP_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference"
_DYNAMODB_API: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference"
_KMS_API: Final = "https://docs.aws.amazon.com/kms/latest/APIReference"

RETENTION_DAYS: Final = Bound("retention in days", 1, 36_500, f"{_BACKUP_API}/API_Lifecycle.html", _READ)

COLD_MINIMUM_DAYS: Final = 90
"""Days that a recovery point stays in cold storage at least; same page as `RETENTION_DAYS`."""

LOCK_GRACE_DAYS: Final = Bound("lock grace in days", 3, 36_500, f"{_BACKUP}/vault-lock.html", _READ)
"""Days in which a compliance lock can still be removed (`ChangeableForDays`)."""

PITR_DAYS: Final = Bound(
    "point-in-time recovery window in days",
    1,
    35,
    f"{_DYNAMODB_API}/API_PointInTimeRecoverySpecification.html",
    _READ,
)

START_WINDOW_MINUTES: Final = Bound(
    "start window in minutes", 60, 60 * 24 * 7, f"{_BACKUP}/plan-options-and-configuration.html", _READ
)

KEY_DELETION_WINDOW_DAYS: Final = Bound(
    "key deletion window in days", 7, 30, f"{_KMS_API}/API_ScheduleKeyDeletion.html", _READ
)

REPLICATION_TIME_MINUTES: Final = 15
"""The only value that S3 Replication Time Control takes.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html, read 2026-11-22.
"""

MANAGED_POLICY_CHARACTERS: Final = 6_144
"""Characters of a managed policy, white space not counted.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, read 2026-11-22.
"""
TRUST_POLICY_CHARACTERS: Final = 2_048
"""Characters of a role's trust policy by default; same page."""
TEMPLATE_BYTES: Final = 51_200
"""Bytes of a template that is sent with the request.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html, read 2026-11-22.
"""
KEY_POLICY_BYTES: Final = 32_768
"""Longest policy of a key.

https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html, read 2026-11-22.
"""
BUCKET_POLICY_BYTES: Final = 20_480
"""Longest policy of a bucket.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html, read 2026-11-22.
"""
INLINE_POLICY_CHARACTERS: Final = 10_240
"""Longest sum of a role's inline policies, white space not counted; same page as MANAGED_POLICY_CHARACTERS."""
