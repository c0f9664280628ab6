"""The way of one table through a run: copy, restore, settings, verify; each looked at when its own time has come."""

from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from strongroom.recovery.plans.plan import Chosen, Plan, Quotas, StepKind
from strongroom.recovery.runs.history import History
from strongroom.recovery.runs.journal import Fault
from strongroom.recovery.runs.proof import Expected, Proof, differs

STAGES: Final = (StepKind.COPY, StepKind.RESTORE, StepKind.SETTINGS, StepKind.VERIFY)
"""What is done with each table, in this order."""
_JOBS: Final = (StepKind.COPY, StepKind.RESTORE)


class GivenUpError(Exception):
    """A table's track ends here in this session; the others go on."""

    def __init__(self, fault: Fault, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = fault


@dataclass
class Track:
    """One table, as this session goes on with it."""

    number: int
    """Its place among the chosen, from 1."""
    chosen: Chosen
    stage: StepKind | None
    """None: nothing is left to do, or it was given up."""
    expected: Expected | None = None
    """What the table should hold. None: that is not known."""
    queued: bool = False
    """Whether it waits until fewer jobs are running."""
    due: float = 0.0
    """Monotonic second of the next look."""
    since: float = 0.0
    """Monotonic second at which the stage was begun."""
    tries: int = 0
    """Calls in a row that failed."""
    calls: int = 0
    """Requests to AWS, those of former sessions among them, as far as they were written down."""
    waits_since: datetime | None = None
    """When this session first looked at the stage's job, by AWS's clock."""
    proof: Future[Proof] | None = None
    """The reading of the table. None: it was not begun."""
    read: float | None = None
    """Monotonic second at which the table was found to be read. None: it was not."""

    @property
    def step(self) -> str:
        """Id of the step in the plan that is being done."""
        return f"{self.stage.value}-{self.number}" if self.stage else ""

    @property
    def size(self) -> float:
        """Bytes of the point; one that AWS does not tell may be the largest."""
        return float("inf") if self.chosen.size_bytes is None else self.chosen.size_bytes

    def enter(self, stage: StepKind | None, now: float, *, begun: bool = False) -> None:
        """Go on to a stage.

        Args:
            stage: None: there is none left.
            now: Monotonic second.
            begun: Whether its job was asked for already, so that no place is waited for.
        """
        self.stage, self.since, self.due, self.tries = stage, now, now, 0
        self.queued = stage in _JOBS and not begun
        self.waits_since = self.proof = self.read = None


def tracks(plan: Plan, history: History, expected: Mapping[str, Expected], now: float) -> list[Track]:
    """The tracks of all tables, largest first, each where the journal says that it has got to.

    Args:
        plan: What is to be done.
        history: What was done of it.
        expected: What tables should hold, by name; those that do not hold it are read again.
        now: Monotonic second.
    """
    made = list[Track]()
    for number, chosen in enumerate(plan.chosen, start=1):
        calls = history.step(StepKind.VERIFY, number).calls
        track = Track(number, chosen, None, expected.get(chosen.table), calls=calls)
        stage = following(track, history)
        begun = stage is not None and history.step(stage, number).asked
        track.enter(stage, now, begun=begun)
        made.append(track)
    return sorted(made, key=lambda track: (-track.size, track.number))


def following(track: Track, history: History, after: StepKind | None = None) -> StepKind | None:
    """The first stage of a table that is not done; None: all are.

    Args:
        track: The table.
        history: The run so far.
        after: Stage that was just left, whether or not it came to all that it should.
    """
    first = STAGES.index(after) + 1 if after else 0
    return next((stage for stage in STAGES[first:] if not _done(stage, track, history)), None)


def admit(alive: Iterable[Track], quotas: Quotas, now: float) -> None:
    """Let as many queued tracks begin their jobs as the quotas have room for, in the order that they are given in."""
    for kind, most in ((StepKind.COPY, quotas.copies), (StepKind.RESTORE, quotas.restores)):
        here = [track for track in alive if track.stage is kind]
        room = max(most, 1) - sum(not track.queued for track in here)
        for track in [track for track in here if track.queued][: max(room, 0)]:
            track.queued, track.since, track.due = False, now, now


def _done(stage: StepKind, track: Track, history: History) -> bool:
    step = history.step(stage, track.number)
    if stage is StepKind.VERIFY and step.done and step.items is not None:
        # What was found wanting is read again: somebody may have mended it.
        return differs(track.chosen, step.items, step.digest, track.expected) is None
    return step.done
