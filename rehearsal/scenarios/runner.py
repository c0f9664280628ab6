"""Runs the steps of a rehearsal: in order, beside each other where nothing is against it, and each of them once."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError

from rehearsal.local.errors import RehearsalError
from rehearsal.local.patience import Patience
from rehearsal.local.progress import Progress
from rehearsal.scenarios.step import CheckError, Mark, Result, Step
from strongroom.aws.errors import AwsError

WORKERS: Final = 2
"""Steps that run at a time: an engine with its program and providers fills about one core."""


@dataclass(frozen=True)
class Runner:
    """Runs steps."""

    do: Callable[[Step], None]
    """Runs one step; raises CheckError when a check does not hold."""
    interrupt: Callable[[], None]
    """Ends what steps wait for, so that an interrupted run ends at once."""
    progress: Progress
    newest_call: Callable[[], int]
    """Number of the newest AWS call."""
    calls_of: Callable[[Step, int], int]
    """How many AWS calls a step has made after a number."""
    patience: Patience = field(default_factory=Patience)
    workers: int = WORKERS

    def run(self, steps: Sequence[Step]) -> list[Result]:
        """Run every step whose needs have held, and return the results in the order of `steps`.

        Raises:
            ValueError: a step needs one that does not stand before it.
        """
        _refuse_disorder(steps)
        done: dict[str, Result] = {}
        with ThreadPoolExecutor(self.workers) as pool:
            try:
                self._run(steps, done, pool)
            except BaseException:
                self.interrupt()
                raise
        return [done[step.name] for step in steps]

    def _run(self, steps: Sequence[Step], done: dict[str, Result], pool: ThreadPoolExecutor) -> None:
        under_way: dict[Future[Result], str] = {}
        while len(done) < len(steps):
            waiting = [step for step in steps if step.name not in {*done, *under_way.values()}]
            for step in _ready(waiting, done, idle=not under_way)[: self.workers - len(under_way)]:
                under_way[pool.submit(self._one, step)] = step.name
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                done[under_way.pop(future)] = future.result()
            _mark_hopeless(steps, done)

    def _one(self, step: Step) -> Result:
        newest, begun = self.newest_call(), self.patience.monotonic()
        self.progress.begin(step.name)
        failure = self._failure(step)
        seconds = self.patience.monotonic() - begun
        self.progress.end(step.name, "failed" if failure else "ok", seconds)
        mark = Mark.FAILED if failure else Mark.HELD
        return Result(step, mark, seconds, self.calls_of(step, newest), failure)

    def _failure(self, step: Step) -> CheckError | None:
        try:
            self.do(step)
        except CheckError as failed:
            return failed
        except (RehearsalError, AwsError, ClientError, BotoCoreError) as broken:
            return CheckError("the step could be done", expected="no error", got=broken)
        return None


def _ready(waiting: Sequence[Step], done: Mapping[str, Result], *, idle: bool) -> list[Step]:
    ordinary = [step for step in waiting if not step.last]
    in_turn = ordinary or (waiting if idle else [])
    return [step for step in in_turn if all(name in done and done[name].mark is Mark.HELD for name in step.needs)]


def _mark_hopeless(steps: Sequence[Step], done: dict[str, Result]) -> None:
    for step in steps:
        missing = [name for name in step.needs if name in done and done[name].mark is not Mark.HELD]
        if step.name not in done and missing:
            failure = CheckError("the steps that it needs have held", expected=missing[0], got="it did not hold")
            done[step.name] = Result(step, Mark.NOT_RUN, failure=failure)


def _refuse_disorder(steps: Sequence[Step]) -> None:
    known: set[str] = set()
    for step in steps:
        unknown = set(step.needs) - known
        if unknown or step.name in known:
            raise ValueError(f"step {step.name!r} stands twice or before {sorted(unknown)}, which it needs")
        known.add(step.name)
