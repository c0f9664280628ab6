"""Jobs of AWS Backup and the states in which they stand, because every wait of a recovery ends in one of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from strongroom.aws.errors import FailedError


class JobState(StrEnum):
    """How a backup, copy or restore job stands.

    https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_BackupJob.html, read 2026-11-22; copies and restores
    know some of them only.
    """

    CREATED = "CREATED"
    PENDING = "PENDING"
    RUNNING = "RUNNING"
    ABORTING = "ABORTING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    PARTIAL = "PARTIAL"
    EXPIRED = "EXPIRED"
    ABORTED = "ABORTED"

    @property
    def ended(self) -> bool:
        """Whether nothing will change any more."""
        return self in _ENDED


_ENDED: Final = frozenset(
    {JobState.COMPLETED, JobState.FAILED, JobState.PARTIAL, JobState.EXPIRED, JobState.ABORTED},
)


@dataclass(frozen=True)
class Job:
    """A job as it stands."""

    id: str
    state: JobState
    message: str | None
    """AWS's words on it. Absent: AWS says nothing, as of most jobs that go well."""
    made: str | None
    """ARN of the recovery point or table that it made. Absent: none yet."""
    created: datetime
    ended: datetime | None
    """Absent: it has not ended, or AWS does not tell when."""


def state(said: str, what: str) -> JobState:
    """The state that a word of AWS means.

    Args:
        said: AWS's word.
        what: What was being read, as an error's beginning needs it.

    Raises:
        FailedError: a word that this program does not know; taking it for any state could end a wait wrongly.
    """
    try:
        return JobState(said)
    except ValueError:
        raise FailedError(f"{what}: AWS tells of a state {said!r} that this program does not know; update it") from None
