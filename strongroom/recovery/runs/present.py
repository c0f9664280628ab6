"""A run as it stands now: what its journal tells, and what AWS says of the jobs that it has not seen the end of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from strongroom.aws.errors import NotThereError
from strongroom.aws.groups import Recovering
from strongroom.aws.jobs import Job
from strongroom.config.profiles import BACKUP_PROFILE
from strongroom.facts import names
from strongroom.recovery.instants import age
from strongroom.recovery.plans.plan import StepKind
from strongroom.recovery.runs.history import History
from strongroom.recovery.runs.outcome import Outcome, State, TableOutcome, outcome
from strongroom.recovery.runs.proof import Expected
from strongroom.recovery.runs.tracks import STAGES


@dataclass(frozen=True)
class TablePresent:
    """How one table stands."""

    table: str
    state: str
    """What came of it so far; `unfinished` while nothing has."""
    now: str
    """What runs, and for how long."""
    next: str
    """What comes after it. Empty: nothing."""
    fault: str | None
    """Why it was given up. Absent: it was not."""


@dataclass(frozen=True)
class Present:
    """How a run stands."""

    came: Outcome
    tables: tuple[TablePresent, ...]
    cleaned: bool


def present(history: History, expected: Mapping[str, Expected], aws: Recovering) -> Present:
    """Ask AWS about every job that has not ended as far as the journal tells.

    Raises:
        AwsError: a job cannot be read.
    """
    profile = names.profile(history.plan.environment)
    now = aws.identity(profile).at
    copies, restores = aws.copies(BACKUP_PROFILE), aws.restores(profile)
    jobs = dict[str, Job | None]()
    for step, id_ in history.running().items():
        try:
            jobs[step] = (copies if step.startswith(StepKind.COPY.value) else restores).job(id_)
        except NotThereError:
            jobs[step] = None
    came = outcome(history, expected)
    rows = [_row(history, number, one, _Now(jobs, now)) for number, one in enumerate(came.tables, start=1)]
    return Present(came, tuple(rows), history.cleaned)


@dataclass(frozen=True)
class _Now:
    jobs: dict[str, Job | None]
    at: datetime

    def said(self, step: str) -> str:
        """What AWS says of a step's job."""
        job = self.jobs[step]
        if job is None:
            return "AWS does not know the job any more"
        since = age((job.ended or self.at) - job.created)
        return f"job {job.id} is {job.state.value}, {'after' if job.ended else 'since'} {since}"


def _row(history: History, number: int, one: TableOutcome, now: _Now) -> TablePresent:
    if one.state is State.MISSING:
        return TablePresent(one.table, one.state.value, "", "", one.fault)
    left = [stage for stage in STAGES if not history.step(stage, number).done]
    doing = f"{left[0].value}-{number}" if left else ""
    if doing in now.jobs:
        said, left = f"{left[0].value}: {now.said(doing)}", left[1:]
    else:
        said = "" if left else "done"
    fault = None if one.state in (State.RECOVERED, State.UNFINISHED) else one.fault
    return TablePresent(one.table, one.state.value, said, ", ".join(stage.value for stage in left), fault)
