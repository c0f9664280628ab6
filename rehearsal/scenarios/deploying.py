"""The stacks are deployed, and doing it again changes nothing."""

from typing import Final

from rehearsal.local.engine import Outcome
from rehearsal.local.pipeline import Mode
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import CheckError, expect

_SHOWN: Final = 2
"""Errors that are told; the log has them all."""
UNEXPECTED_CHANGES: Final = 7
"""Exit code of the engine when `--expect-no-changes` was wrong; seen with 3.256.0, 2026-11-22."""


def up(scene: Scene, stack: str) -> None:
    """Deploy a stack that is not there yet."""
    outcome = scene.pulumi(stack, "up", "--yes", "--skip-preview")
    succeeded(outcome)
    if not outcome.report.counts.get("create"):
        raise CheckError("something was created", expected="resources", got=outcome.report.counts, log=outcome.log)


def again(scene: Scene, stack: str) -> None:
    """Deploy a stack that is there already."""
    unchanged(scene.pulumi(stack, "up", "--yes", "--skip-preview", "--expect-no-changes"))


def refresh(scene: Scene, stack: str) -> None:
    """Compare a stack with what is there."""
    unchanged(refreshed(scene, stack))


def refreshed(scene: Scene, stack: str) -> Outcome:
    """Look for drift and change nothing, as the pipeline that may only read.

    Two pipelines share one state: nothing in it may depend on whose roles made it.
    """
    look = ("refresh", "--preview-only", "--run-program", "--expect-no-changes")
    return scene.pulumi(stack, *look, mode=Mode.PREVIEW)


def succeeded(outcome: Outcome) -> None:
    """Hold when the engine ended with 0."""
    if outcome.code == 0:
        return
    errors = outcome.report.errors or (outcome.text[-400:].strip(),)
    more = f"; and {len(errors) - _SHOWN} more" if len(errors) > _SHOWN else ""
    got = f"{outcome.code}: {'; '.join(errors[:_SHOWN])}{more}"
    raise CheckError(f"exit code of {outcome.command}", expected=0, got=got, log=outcome.log)


def unchanged(outcome: Outcome) -> None:
    """Hold when the engine found nothing to do, and looked at something."""
    expect(f"changes of {outcome.command}", expected={}, got=dict(outcome.report.changes), log=outcome.log)
    succeeded(outcome)
    counts = outcome.report.counts
    if set(counts) != {"same"}:
        raise CheckError("resources by operation", expected="all of them same", got=counts, log=outcome.log)
