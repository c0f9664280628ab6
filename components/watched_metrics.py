"""The metrics of AWS that an alarm topic hears of, by the name that each alarm has as a resource.

AWS Backup publishes a metric only when it is not zero, and a copy job's under the vault that it copies to.
https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html, read 2026-11-22.
S3 publishes failures of a replication in the Region of its source and only when there are some, latency in that of its
destination: https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html, read 2026-11-22. Nothing read says
in whose account; here it is taken to be the source's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from strongroom.facts import limits

NAMESPACE: Final = "AWS/Backup"
VAULT: Final = "BackupVaultName"
REPLICATION_NAMESPACE: Final = "AWS/S3"
SOURCE: Final = "SourceBucket"
DESTINATION: Final = "DestinationBucket"
REPLICATION_RULE: Final = "RuleId"
_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_LATE_PERIODS: Final = 4
"""As many as `verify` waits for a replica, in the time that S3 promises for each."""


@dataclass(frozen=True)
class Failures:
    """What must not occur, or not beyond a threshold: one is an alarm, none is well."""

    metric: str
    says: str
    period_seconds: int = _HOUR
    statistic: str = "Sum"
    threshold: float = 0


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

REPLICATION: Final[Mapping[str, Failures]] = {
    "failed-replication": Failures("OperationsFailedReplication", "An object was not replicated"),
    "stale-replication": Failures(
        "ReplicationLatency",
        f"Replicas come {_LATE_PERIODS} times as late as S3 promises",
        statistic="Maximum",
        threshold=_LATE_PERIODS * limits.REPLICATION_TIME_MINUTES * _MINUTE,
    ),
}
"""Of a bucket that is replicated."""
