"""What a restored table needs before it counts as recovered: its settings, and a proof of its items."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from strongroom.aws.table_state import TableStates
from strongroom.evidence.items.malformed import MalformedItemError
from strongroom.recovery.plans.plan import Plan
from strongroom.recovery.reapply import Reapplied, reapply, wanted
from strongroom.recovery.runs.journal import Event, Fault
from strongroom.recovery.runs.proof import Reader
from strongroom.recovery.runs.tracks import GivenUpError, Track
from strongroom.recovery.runs.waiting import SETTLES_WITHIN


@dataclass(frozen=True)
class Finishing:
    """What setting up and reading tables takes."""

    plan: Plan
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

        What cannot be set within the time is written down, and the table is still read.

        Raises:
            AwsError: the table cannot be read.
        """
        table, waits = track.chosen.table, list[str]()

        def patience(said: str) -> bool:
            """Wait for nothing here: the loop looks again."""
            waits.append(said)
            return False

        found = reapply(self.states, table, wanted(self.plan.settings, self.plan.table(table)), patience)
        left, waited = _left(found), self.monotonic() - track.since
        if waits and waited < SETTLES_WITHIN.total_seconds():
            return False
        self.write(Event.SETTLED, step=track.step, left=left)
        return True

    def prove(self, track: Track) -> bool:
        """Have the table read; whether that is done.

        Raises:
            GivenUpError: an item cannot be understood.
            AwsError: a page cannot be read.
        """
        if track.proof is None:
            track.proof = self.pool.submit(self.reader.prove, track.chosen.table)
        if not track.proof.done():
            return False
        reading, track.proof = track.proof, None
        try:
            proof = reading.result()
        except MalformedItemError as malformed:
            raise GivenUpError(Fault.FAILED, f"table {track.chosen.table}: {malformed}") from None
        track.calls += proof.pages
        self.write(Event.PROVED, step=track.step, items=proof.items, digest=proof.digest)
        return True


def _left(found: Reapplied) -> tuple[str, ...]:
    return (*found.failed, *(f"{one.what} is {one.found}, must be {one.wanted}" for one in found.left))
