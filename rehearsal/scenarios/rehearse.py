"""One whole rehearsal."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rehearsal.local.control import Call
from rehearsal.local.lifecycle import Opening, attended
from rehearsal.local.pipeline import Mode
from rehearsal.local.place import Place
from rehearsal.local.progress import Progress
from rehearsal.local.world import World
from rehearsal.report.findings import Findings, Found
from rehearsal.scenarios import backing_up, catalogue, checkout, ledger
from rehearsal.scenarios.recorder import Recorder
from rehearsal.scenarios.runner import Runner
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import Result, Step


@dataclass(frozen=True)
class Outcome:
    """What came of a rehearsal."""

    results: Sequence[Result]
    seconds: float
    engine_version: str
    world: World
    found: Found


def rehearse(place: Place, port: int, progress: Progress, *, without: str | None = None) -> Outcome:
    """Rehearse in an empty local AWS, which is ended afterwards.

    Args:
        place: where its files go.
        port: of the local AWS; 0 takes any free one.
        progress: listens.
        without: action that is taken from every deploy role after seeding. Absent: none.

    Raises:
        RehearsalError: the local AWS cannot be started.
    """
    before = checkout.state(place.checkout)
    with attended(Opening(place, port, progress)) as local:
        recorder = Recorder(local.control.calls)
        begun = local.patience.monotonic()
        opened, findings = ledger.opened(local.control.now(), backing_up.PASSED), Findings()

        def do(step: Step) -> None:
            step.run(Scene(local, recorder, before, partial(progress.says, step.name), opened, findings))

        def calls_of(step: Step, since: int) -> int:
            return sum(_made_by(step, call, local.world) for call in recorder.calls(since))

        runner = Runner(do, local.engine.children.end, progress, recorder.newest, calls_of)
        results = runner.run(catalogue.steps(local.world, progress, without))
        seconds = local.patience.monotonic() - begun
        return Outcome(results, seconds, local.parts.engine_version, local.world, findings.found())


def _made_by(step: Step, call: Call, world: World) -> bool:
    """Whether a call is a step's: another may run beside it, and the sessions of a pipeline bear its stack's name."""
    if step.stack is None:
        return True
    environment = world.stacks[step.stack].environment
    return call.principal.rpartition("/")[2] in {f"{environment}-{mode}" for mode in Mode}
