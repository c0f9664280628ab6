"""One table restored beside the old one: begun, waited for, given its settings, read whole."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from strongroom.aws.errors import FailedError, TimedOutError
from strongroom.aws.jobs import Job, JobState
from strongroom.aws.points import Point
from strongroom.aws.restores import Restore, Restores
from strongroom.aws.table_state import TableState, TableStates
from strongroom.evidence.items.malformed import MalformedItemError
from strongroom.facts import arns, names
from strongroom.recovery.instants import age, exact
from strongroom.recovery.reapply import Reapplied, reapply
from strongroom.recovery.runs.proof import Proof, Reader
from strongroom.recovery.runs.waiting import ENDS_WITHIN, SETTLES_WITHIN, Pauses, patiently, stuck
from strongroom.recovery.tables import single
from strongroom.recovery.tables.single import Site

_READY: Final = "ACTIVE"
_BEING_MADE: Final = ("CREATING", "UPDATING")


class Way(Protocol):
    """How AWS brings a table back."""

    @property
    def told(self) -> str:
        """What it is brought back from, as people read it."""
        ...

    def start(self, site: Site, target: str) -> None:
        """Begin it.

        Raises:
            AwsError: AWS refuses.
        """
        ...

    def job(self) -> Job | None:
        """The job that makes the table, as it stands; None: the table itself tells how far it is.

        Raises:
            AwsError: it cannot be read.
        """
        ...


@dataclass
class InTime:
    """Point-in-time recovery."""

    states: TableStates
    at: datetime | None
    """None: the latest possible."""

    @property
    def told(self) -> str:
        """See `Way.told`."""
        return f"as it was at {exact(self.at)}" if self.at else "as it was at the latest instant that AWS can reach"

    def start(self, site: Site, target: str) -> None:
        """See `Way.start`."""
        self.states.restore_to(site.table.name, target, self.at, site.kms_key_arn)

    def job(self) -> Job | None:
        """See `Way.job`."""
        return None


@dataclass
class FromPoint:
    """A recovery point."""

    restores: Restores
    point: Point
    id: str = ""
    """Of the job, once it has begun."""

    @property
    def told(self) -> str:
        """See `Way.told`."""
        return f"from the recovery point of {exact(self.point.created)} ({self.point.arn})"

    def start(self, site: Site, target: str) -> None:
        """See `Way.start`."""
        role = arns.role(site.account, names.ROLE_RECOVERY_SERVICE)
        # The same wish in the same minute is the same job, whoever sends it again.
        wish = f"{self.point.arn} {target} {site.now:%Y%m%d%H%M}"
        token = f"single-{hashlib.sha256(wish.encode()).hexdigest()[:32]}"
        self.id = self.restores.start(Restore(self.point.arn, target, role, token, site.kms_key_arn))

    def job(self) -> Job | None:
        """See `Way.job`."""
        return self.restores.job(self.id)


@dataclass(frozen=True)
class Doors:
    """What a restore of one table takes."""

    states: TableStates
    reader: Reader
    pauses: Pauses
    sleep: Callable[[float], None]
    monotonic: Callable[[], float]
    told: Callable[[str], None]
    """Hears what is waited for."""


@dataclass(frozen=True)
class Restored:
    """What came of it."""

    target: str
    settings: Reapplied
    proof: Proof
    seconds: float
    """By this computer's clock, from the request to the last item read."""


def restore(site: Site, target: str, way: Way, doors: Doors) -> Restored:
    """Bring a table back under a name that is free, and change nothing else.

    Args:
        site: The table.
        target: See `single.target`.
        way: How.
        doors: See there.

    Raises:
        TimedOutError: it was waited for as long as a restore is waited for.
        AwsError: AWS refuses, or gives up.
    """
    begun = doors.monotonic()
    way.start(site, target)
    _arrive(site, target, way, doors)
    return finish(site, target, doors, begun)


def finish(site: Site, target: str, doors: Doors, begun: float) -> Restored:
    """Give a table that is back its settings, and read it whole; doing it again is harmless.

    Raises:
        GuardError: it has another key than the declared table.
        AwsError: the table cannot be read.
    """
    wait = _Wait(doors, SETTLES_WITHIN)
    single.keys_agree(site, _state(target, doors))
    settings = patiently(lambda: reapply(doors.states, target, site.wanted, wait), doors.pauses, doors.sleep)
    try:
        proof = doors.reader.prove(target)
    except MalformedItemError as malformed:
        raise FailedError(f"table {target}: {malformed}") from None
    return Restored(target, settings, proof, doors.monotonic() - begun)


def _arrive(site: Site, target: str, way: Way, doors: Doors) -> None:
    wait = _Wait(doors, ENDS_WITHIN)
    while True:
        job = patiently(way.job, doors.pauses, doors.sleep)
        now = site.now + timedelta(seconds=wait.waited)
        line = _standing(job, site.now, now) if job else None
        line = line or _making(_state(target, doors))
        if line is None:
            return
        if not wait(line):
            raise TimedOutError(f"{line} since {age(timedelta(seconds=wait.waited))}, and is waited for no longer")


def _standing(job: Job, since: datetime, now: datetime) -> str | None:
    """How a job is waited for; None: it has done its work."""
    if not job.state.ended:
        if sentence := stuck(job, since, now):
            raise TimedOutError(sentence)
        return f"restore job {job.id} is {job.state.value}"
    if job.state is not JobState.COMPLETED:
        raise FailedError(f"restore job {job.id} ended {job.state.value}: {job.message or 'AWS says no more'}")
    return None


def _making(table: TableState) -> str | None:
    """How a table is waited for; None: it is there."""
    if table.status == _READY:
        return None
    if table.status not in _BEING_MADE:
        raise FailedError(f"table {table.name} is {table.status} instead of being restored; AWS gave up")
    return f"table {table.name} is {table.status}"


def _state(target: str, doors: Doors) -> TableState:
    found = patiently(lambda: doors.states.state(target), doors.pauses, doors.sleep)
    if found is None:
        raise FailedError(f"table {target} is not there; AWS gave the restore up, or somebody deleted it")
    return found


class _Wait:
    """Waits between two looks, and not for ever."""

    def __init__(self, doors: Doors, most: timedelta) -> None:
        self._doors, self._most, self._begun = doors, most.total_seconds(), doors.monotonic()

    @property
    def waited(self) -> float:
        return self._doors.monotonic() - self._begun

    def __call__(self, line: str) -> bool:
        self._doors.told(line)
        if self.waited >= self._most:
            return False
        self._doors.sleep(self._doors.pauses.after(self.waited))
        return True
