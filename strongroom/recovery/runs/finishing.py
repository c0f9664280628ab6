"""What a restored table needs before it counts as recovered: its settings, and a proof of its items."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace

from strongroom.aws.table_state import TableStates
from strongroom.evidence.items.malformed import MalformedItemError
from strongroom.recovery.plans.plan import Plan, StepKind
from strongroom.recovery.reapply import EXPIRY, Reapplied, Wanted, reapply, wanted
from strongroom.recovery.runs.history import History
from strongroom.recovery.runs.journal import Event, Fault
from strongroom.recovery.runs.proof import Proof, Reader
from strongroom.recovery.runs.tracks import GivenUpError, Track
from strongroom.recovery.runs.waiting import SETTLES_WITHIN


@dataclass(frozen=True)
class Finishing:
    """What setting up and reading tables takes."""

    plan: Plan
    history: History
    write: Callable[..., None]
    """Writes an entry of the journal, as `Journal.write` does."""
    states: TableStates
    """Of the new account."""
    reader: Reader
    pool: Executor
    """Reads tables beside the loop."""
    monotonic: Callable[[], float]

    def settle(self, track: Track) -> bool:
        """Set what a restore does not bring back; whether that is over.

        Expiry comes after the proof: DynamoDB may delete what has expired as soon as it is on, and a point holds that,
        too. What cannot be set within the time is written down, and the table is still read.

        Raises:
            AwsError: the table cannot be read.
        """
        proved = self.history.step(StepKind.VERIFY, track.number).done
        return self._set(track, replace(self._declared(track), leaves_expiry=not proved), track.since)

    def prove(self, track: Track) -> bool:
        """Have the table read, then let its items expire; whether that is over.

        Raises:
            GivenUpError: an item cannot be understood.
            AwsError: a page cannot be read, or the table cannot.
        """
        if track.proof is None:
            track.proof = self.pool.submit(self.reader.prove, track.chosen.table)
        if not track.proof.done():
            return False
        reading = track.proof
        if reading.exception() is not None:
            # It is begun anew the next time.
            track.proof = None
        proof = _read(reading, track.chosen.table)
        if track.read is None:
            track.read = self.monotonic()
            track.calls += proof.pages
        if not self._set(track, self._declared(track), track.read, EXPIRY):
            return False
        self.write(Event.PROVED, step=track.step, items=proof.items, digest=proof.digest)
        return True

    def _declared(self, track: Track) -> Wanted:
        return wanted(self.plan.settings, self.plan.table(track.chosen.table))

    def _set(self, track: Track, declared: Wanted, since: float, awaited: str | None = None) -> bool:
        """Set what is not as declared; whether that is over, because it is, because nothing helps, or for the time.

        Args:
            track: The table.
            declared: As it should be.
            since: Monotonic second from which on it is waited.
            awaited: The one setting that is waited for. Absent: each of them.
        """
        waits = list[str]()

        def patience(said: str) -> bool:
            """Wait for nothing here: the loop looks again."""
            waits.append(said)
            return False

        found = reapply(self.states, track.chosen.table, declared, patience)
        left = {one.what for one in found.left}
        in_time = self.monotonic() - since < SETTLES_WITHIN.total_seconds()
        if waits and in_time and (awaited is None or awaited in left):
            return False
        self.write(Event.SETTLED, step=f"{StepKind.SETTINGS.value}-{track.number}", left=_left(found))
        return True


def _read(reading: Future[Proof], table: str) -> Proof:
    try:
        return reading.result()
    except MalformedItemError as malformed:
        raise GivenUpError(Fault.FAILED, f"table {table}: {malformed}") from None


def _left(found: Reapplied) -> tuple[str, ...]:
    return (*found.failed, *(f"{one.what} is {one.found}, must be {one.wanted}" for one in found.left))
