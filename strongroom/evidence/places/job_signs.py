"""Backup jobs of late: one that failed is told, and so is a table that there was none of."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from strongroom.aws.backups import BackupJob, Backups
from strongroom.aws.jobs import JobState
from strongroom.evidence.places import told
from strongroom.evidence.places.aging import Due
from strongroom.evidence.places.sights import Finding, Kind, Seen

PLACE: Final = "jobs"
LATE: Final = timedelta(days=1)
"""How far back a job that failed is told of."""
_BAD: Final = frozenset({JobState.FAILED, JobState.EXPIRED, JobState.ABORTED, JobState.ABORTING, JobState.PARTIAL})


def look(vault: str, tables: Mapping[str, Due], backups: Backups, now: datetime) -> Seen:
    """Look at the backup jobs into one vault.

    Args:
        vault: Name of the vault.
        tables: How often a job of each table is due.
        backups: Of the vault's account.
        now: By the clock of AWS.

    Raises:
        AwsError: the jobs cannot be listed.
    """
    reach = max([LATE, *(due.limit for due in tables.values())])
    jobs = [job for job in backups.recent(now - reach) if job.vault == vault]
    return Seen(findings=(*_bad(jobs, now), *_none(jobs, tables, now)))


def _bad(jobs: Sequence[BackupJob], now: datetime) -> Iterator[Finding]:
    for job in sorted(jobs, key=lambda one: one.created):
        if now - (job.ended or job.created) > LATE:
            continue
        words = f": {job.message}" if job.message else ""
        named = f"job {job.id} of {told.instant(job.created)}"
        if job.state in _BAD:
            sentence = f"{named} ended {job.state}{words}; mend it, and start a backup of this table"
            yield Finding(Kind.WRONG, PLACE, job.table, sentence)
        elif job.state is JobState.COMPLETED and job.message:
            yield Finding(Kind.WARNING, PLACE, job.table, f"{named} was completed with a message{words}")


def _none(jobs: Sequence[BackupJob], tables: Mapping[str, Due], now: datetime) -> Iterator[Finding]:
    of = {table: [job.created for job in jobs if job.table == table] for table in tables}
    for table, due in tables.items():
        young = due.since is not None and now - due.since <= due.limit
        if not young and not any(now - created <= due.limit for created in of[table]):
            sentence = f"AWS Backup tells of no backup job in {told.span(due.limit)}; look at plan, selection and tags"
            yield Finding(Kind.MISSING, PLACE, table, sentence)
