"""The category that a job's message belongs to: decided by the message alone, as AWS Backup lists them."""

import re
from typing import Final

SUCCESS: Final = "SUCCESS"
_OTHER: Final = "MISCELLANEOUS"
_CATEGORIES: Final = (
    (
        "ACCESS_DENIED",
        r"Access Denied|not authorized to|cannot be assumed by AWS Backup|does not have permission|missing permission"
        r"|default Backup service managed key|must be a member of the same organization",
    ),
    ("CONCURRENT_JOB", r"running job for the same resource|too many copy jobs running for resource"),
    ("FEATURE_NOT_ENABLED", r"Cross-account copy feature is not enabled"),
    ("JOB_EXPIRED", r"expired before completion"),
    ("INVALID_LIFECYCLE", r"not within the range specified for the target Backup Vault"),
    ("UNSUPPORTED_OPERATION", r"Feature is not supported for provided resource type"),
    ("KMS_KEY_ERROR", r"kms key|Given key ID is not accessible"),
    (
        "RESOURCE_NOT_FOUND",
        r"does not exist|Table not found|Cannot find recovery point|resource not found|no longer available",
    ),
)
"""https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-dashboards.html (read 2026-11-22)."""


def category_of(message: str | None) -> str:
    """Return the category of a message; `SUCCESS` without one, `MISCELLANEOUS` for one that no category claims."""
    if not message:
        return SUCCESS
    found = (name for name, pattern in _CATEGORIES if re.search(pattern, message, re.IGNORECASE))
    return next(found, _OTHER)
