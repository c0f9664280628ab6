"""The metrics of a vault that an alarm topic hears of, by the name that each alarm has as a resource.

AWS Backup publishes a metric only when it is not zero, and a copy job's under the vault that it copies to.
https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html, read 2026-11-22.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

NAMESPACE: Final = "AWS/Backup"
VAULT: Final = "BackupVaultName"
_HOUR: Final = 60 * 60
_DAY: Final = 24 * _HOUR


@dataclass(frozen=True)
class Failures:
    """Jobs of a kind that must not occur: one is an alarm, none is well."""

    metric: str
    says: str
    period_seconds: int = _HOUR


@dataclass(frozen=True)
class Absence:
    """Jobs of a kind that must occur: no data is no job."""

    metric: str
    says: str
    period_seconds: int = _DAY
    periods: int = 2
    """Two days, because the moment at which a job ends drifts over the edge of one.

    Seven days in all is the most. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html,
    read 2026-11-22.
    """


FAILURES: Final[Mapping[str, Failures]] = {
    "failed-backups": Failures("NumberOfBackupJobsFailed", "A backup failed"),
    "expired-backups": Failures("NumberOfBackupJobsExpired", "A backup did not start in its window"),
    "aborted-backups": Failures("NumberOfBackupJobsAborted", "A backup was aborted"),
}
"""Of the vault that backups land in."""

MISSING_BACKUPS: Final = Absence("NumberOfBackupJobsCompleted", "No backup was completed in two days")
FAILED_COPIES: Final = Failures("NumberOfCopyJobsFailed", "A copy failed")
"""Of a vault that copies land in."""
