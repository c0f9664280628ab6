"""How long a run waits: between two looks, for a job that does not begin, and for one that does not end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final, TypeVar

from strongroom.aws.errors import AwsError, FailedError, TimedOutError
from strongroom.aws.jobs import Job, JobState
from strongroom.recovery.instants import age

FIRST_SECONDS: Final = 15.0
"""Default pause between two looks at a job: jobs of AWS Backup take minutes."""
LEAST_SECONDS: Final = 0.1
"""Shortest first pause that may be asked for."""
_MOST_TIMES: Final = 10
_SHARE: Final = 0.04
"""A pause may be this share of what was waited already, so that it delays a table by no more than that."""
_BRIEF: Final = 0.1
_JITTER: Final = 0.2
BEGINS_WITHIN: Final = timedelta(hours=2)
"""A job that AWS has not begun by then is given up: AWS gives no time for it, and an operator should look."""
ENDS_WITHIN: Final = timedelta(hours=24)
"""A job that runs longer is given up: tables of terabytes take hours."""
TRIES: Final = 8
"""Times that a call is made before its fault counts; botocore has tried each several times itself."""
SETTLES_WITHIN: Final = timedelta(hours=1)
"""Settings that are not as declared by then are told: expiry takes up to an hour to be switched."""

Made = TypeVar("Made")


@dataclass(frozen=True)
class Pauses:
    """How long to wait between two looks; no two tables in step."""

    random: Random
    first: float = FIRST_SECONDS
    """Seconds."""

    def after(self, waited: float, *, brief: bool = False) -> float:
        """Seconds until the next look at something that was waited for so many seconds.

        Args:
            waited: Seconds.
            brief: Whether it is over in seconds as a rule. Default: it is a job of AWS Backup.
        """
        first = self.first * (_BRIEF if brief else 1)
        full = min(max(first, waited * _SHARE), self.first * _MOST_TIMES)
        return full * (1 - _JITTER * self.random.random())

    def again(self, tries: int) -> float:
        """Seconds until a call is made again that failed so many times in a row."""
        full = min(self.first * 2.0 ** (tries - 1), self.first * _MOST_TIMES)
        return full * (1 - _JITTER * self.random.random())


class AwsClock:
    """The time of AWS without a call each time: asked for now and then, and counted on from the last answer."""

    def __init__(self, told: datetime, monotonic: Callable[[], float]) -> None:
        self._told, self._then, self._monotonic = told, monotonic(), monotonic

    @property
    def age(self) -> float:
        """Seconds since AWS told the time."""
        return self._monotonic() - self._then

    def now(self) -> datetime:
        """The time."""
        return self._told + timedelta(seconds=self.age)

    def hear(self, told: datetime) -> None:
        """Take a new answer; time never goes back."""
        self._told, self._then = max(told, self.now()), self._monotonic()


def patiently(call: Callable[[], Made], pauses: Pauses, sleep: Callable[[float], None]) -> Made:
    """Make a call that may be made again, and make it again when AWS fails.

    Raises:
        AwsError: AWS refuses, or fails each time.
    """
    for tries in range(1, TRIES):
        try:
            return call()
        except (FailedError, TimedOutError):
            sleep(pauses.again(tries))
    return call()


def crowded(fault: AwsError) -> bool:
    """Whether AWS would take the call if fewer jobs were running: others may run some besides this program.

    https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_StartCopyJob.html, read 2026-11-22.
    """
    return "LimitExceededException" in str(fault)


def stuck(job: Job, since: datetime, now: datetime) -> str | None:
    """Why a job is waited for no longer; None: it still is.

    Args:
        job: One that has not ended.
        since: When this session began to wait for it.
        now: By AWS's clock, as `since`.
    """
    waited = now - max(job.created, since)
    begun = job.state in (JobState.RUNNING, JobState.ABORTING)
    if waited <= (ENDS_WITHIN if begun else BEGINS_WITHIN):
        return None
    return f"job {job.id} is {job.state.value} since {age(now - job.created)}, and is waited for no longer"
