"""What a journal comes to: how far each step of a run has got."""

from dataclasses import dataclass, field
from datetime import datetime

from strongroom.aws.jobs import JobState
from strongroom.recovery.plans.plan import Plan, StepKind, token
from strongroom.recovery.runs.journal import Entry, Event, Fault


@dataclass
class StepHistory:
    """How far one step has got."""

    attempt: int = 1
    """AWS answers a token with the same job for ever, so that after a job that ended badly another token is taken."""
    asked: bool = False
    """Whether AWS may know of a job of this attempt."""
    job: str | None = None
    """Id of the job of this attempt. Absent: AWS has not told one."""
    made: str | None = None
    """ARN of what it made. Absent: it is not done."""
    created: datetime | None = None
    """When AWS created the job that made it."""
    over: datetime | None = None
    """When AWS ended that job."""
    done: bool = False
    left: tuple[str, ...] = ()
    """What of a table's settings is not as it should be."""
    items: int | None = None
    digest: str | None = None
    fault: Fault | None = None
    """Why it was given up. Absent: it was not, or somebody has taken it up again."""
    message: str | None = None
    """The words to it."""
    calls: int = 0
    """Requests to AWS for it, as far as sessions came to write them down."""


@dataclass
class History:
    """A run so far."""

    plan: Plan
    steps: dict[str, StepHistory] = field(default_factory=dict[str, StepHistory])
    key: str | None = None
    """ARN of the landing key."""
    vault: str | None = None
    """ARN of the landing vault."""
    begun: datetime | None = None
    """Absent: nobody has begun."""
    heard_at: datetime | None = None
    """Of the newest entry."""
    cleaned: bool = False
    sessions: list[Entry] = field(default_factory=list[Entry])
    """The newest `spent` of each session, or its beginning where it came to none."""

    def step(self, kind: StepKind, number: int) -> StepHistory:
        """How far the step of a table has got; number is the table's place among the chosen, from 1."""
        return self.of(f"{kind.value}-{number}")

    def of(self, step: str) -> StepHistory:
        """How far a step has got."""
        return self.steps.setdefault(step, StepHistory())

    def token(self, step: str) -> str:
        """What AWS knows the present attempt of a step by."""
        attempt = self.of(step).attempt
        return token(self.plan.run, step if attempt == 1 else f"{step}-{attempt}")

    def running(self) -> dict[str, str]:
        """Steps whose jobs have not ended as far as the journal tells, and the jobs' ids."""
        return {name: step.job for name, step in self.steps.items() if step.job is not None and not step.done}

    def hear(self, entry: Entry) -> None:
        """Take an entry in."""
        self.heard_at = entry.at
        if entry.step is None:
            self._of_the_run(entry)
        else:
            _of_a_step(self.of(entry.step), entry)

    def _of_the_run(self, entry: Entry) -> None:
        match entry.event:
            case Event.SESSION:
                self.begun = self.begun or entry.at
                self.sessions.append(entry)
                for step in self.steps.values():
                    step.fault = step.message = None
            case Event.SPENT:
                self.sessions[-1] = entry
            case Event.KEY:
                self.key = entry.made
            case Event.VAULT:
                self.vault = entry.made
            case Event.CLEANED:
                self.cleaned = True
            case _:
                pass


def _of_a_step(step: StepHistory, entry: Entry) -> None:
    match entry.event:
        case Event.ASKED:
            step.asked = True
        case Event.JOB:
            step.job = entry.job
        case Event.ENDED if entry.state is JobState.COMPLETED:
            step.made, step.created, step.over, step.done = entry.made, entry.created, entry.over, True
        case Event.ENDED:
            step.attempt, step.asked, step.job = step.attempt + 1, False, None
        case Event.SETTLED:
            step.left, step.done = entry.left, not entry.left
        case Event.PROVED:
            step.items, step.digest, step.done = entry.items, entry.digest, True
        case Event.FAULT:
            step.fault, step.message = entry.fault, entry.message
        case Event.SPENT:
            step.calls = sum((entry.calls or {}).values())
        case _:
            pass
