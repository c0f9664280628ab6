"""What came of a run: every table with its point, its items and its fault, for people and for scripts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from pydantic import AwareDatetime, StrictInt, StrictStr

from strongroom.config.fields import Section
from strongroom.recovery.plans.plan import Chosen, Plan, StepKind
from strongroom.recovery.runs.history import History
from strongroom.recovery.runs.journal import Event, Fault
from strongroom.recovery.runs.proof import Expected, differs
from strongroom.recovery.runs.tracks import STAGES


class State(StrEnum):
    """How a table stands."""

    RECOVERED = "recovered"
    MISMATCH = "mismatch"
    """It was read, and is not what it should be."""
    SETTINGS = "settings"
    """Its items are there, and some setting is not as declared."""
    FAILED = "failed"
    TIMED_OUT = "timed out"
    DENIED = "denied"
    MISSING = "missing"
    """No point of it could be used."""
    UNFINISHED = "unfinished"
    """Nobody gave it up; the run was stopped."""


_OF_FAULTS = {Fault.FAILED: State.FAILED, Fault.TIMED_OUT: State.TIMED_OUT, Fault.DENIED: State.DENIED}


class TableOutcome(Section):
    """One table."""

    table: StrictStr
    point: StrictStr | None
    """ARN. None: there is none."""
    point_created: AwareDatetime | None
    rpo_seconds: StrictInt | None
    """From the point to the making of the plan."""
    state: State
    items: StrictInt | None
    """None: it was not read whole."""
    digest: StrictStr | None
    seconds: StrictInt | None
    """From the copy's beginning to the restore's end, by AWS's clock. None: it was not restored."""
    calls: StrictInt
    """Requests to AWS for it, as far as sessions came to write them down."""
    fault: StrictStr | None
    """In a sentence. None: it is recovered."""


@dataclass(frozen=True)
class Outcome:
    """A run."""

    plan: Plan
    tables: tuple[TableOutcome, ...]
    begun: datetime | None
    """By AWS's clock, as `ended`. None: nobody began."""
    ended: datetime | None
    operator_seconds: float
    """Of all sessions, by the clock of the computers that they ran on."""
    api_calls: Mapping[str, int]
    """By profile, of all sessions, as far as they came to write them down."""

    @cached_property
    def counts(self) -> Counter[State]:
        """Tables by state."""
        return Counter(one.state for one in self.tables)

    @property
    def whole(self) -> bool:
        """Whether every table that the plan chose is recovered."""
        return self.counts[State.RECOVERED] == len(self.plan.chosen)

    def document(self, stack_file: str | None, code: int) -> dict[str, object]:
        """What scripts read.

        Args:
            stack_file: Path of the stack file. None: it was not written.
            code: What the command ends with.
        """
        return {
            "version": 1,
            "run": self.plan.run,
            "environment": self.plan.environment,
            "targetAccount": self.plan.target_account,
            "backupAccount": self.plan.backup_account,
            "begun": self.begun and self.begun.isoformat(),
            "ended": self.ended and self.ended.isoformat(),
            "operatorSeconds": round(self.operator_seconds, 3),
            "apiCalls": dict(self.api_calls),
            "tables": [one.model_dump(mode="json", by_alias=True) for one in self.tables],
            "stackFile": stack_file,
            "exit": code,
        }


def outcome(history: History, expected: Mapping[str, Expected] | None = None) -> Outcome:
    """What a run has come to so far.

    Args:
        history: What its journal tells.
        expected: What tables should hold, by name. Absent: only an empty table of a point with data is a fault.
    """
    plan = history.plan
    wanted = expected or {}
    calls = Counter[str]()
    for session in history.sessions:
        calls.update(session.calls or {})
    return Outcome(
        plan=plan,
        tables=tuple(_tables(history, wanted)),
        begun=history.begun,
        ended=history.heard_at,
        operator_seconds=sum(session.seconds or 0.0 for session in history.sessions if session.event is Event.SPENT),
        api_calls=calls,
    )


def _tables(history: History, wanted: Mapping[str, Expected]) -> Iterator[TableOutcome]:
    for number, chosen in enumerate(history.plan.chosen, start=1):
        yield _table(history, number, chosen, wanted.get(chosen.table))
    for one in history.plan.missing:
        yield TableOutcome(
            table=one.table,
            point=None,
            point_created=None,
            rpo_seconds=None,
            state=State.MISSING,
            items=None,
            digest=None,
            seconds=None,
            calls=0,
            fault=one.why,
        )


def _table(history: History, number: int, chosen: Chosen, wanted: Expected | None) -> TableOutcome:
    proof = history.step(StepKind.VERIFY, number)
    state, fault = _state(history, number, chosen, wanted)
    return TableOutcome(
        table=chosen.table,
        point=chosen.point_arn,
        point_created=chosen.created,
        rpo_seconds=chosen.rpo_seconds,
        state=state,
        items=proof.items,
        digest=proof.digest,
        seconds=_seconds(history, number),
        calls=proof.calls,
        fault=fault,
    )


def _state(history: History, number: int, chosen: Chosen, wanted: Expected | None) -> tuple[State, str | None]:
    for stage in STAGES:
        step = history.step(stage, number)
        if step.fault is not None:
            return _OF_FAULTS[step.fault], step.message
    proof = history.step(StepKind.VERIFY, number)
    if proof.items is None:
        return State.UNFINISHED, f"the run was stopped; go on with --resume {history.plan.run}"
    wrong = differs(chosen, proof.items, proof.digest, wanted)
    if wrong is not None:
        return State.MISMATCH, wrong
    left = history.step(StepKind.SETTINGS, number).left
    return (State.SETTINGS, f"table {chosen.table}: {'; '.join(left)}") if left else (State.RECOVERED, None)


def _seconds(history: History, number: int) -> int | None:
    begun = history.step(StepKind.COPY, number).created
    over = history.step(StepKind.RESTORE, number).over
    return None if begun is None or over is None else max(int((over - begun) / timedelta(seconds=1)), 0)
