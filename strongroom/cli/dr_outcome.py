"""What came of a recovery as the command line tells it: a line a table, what to do next, and the exit code."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from strongroom.cli.exits import Exit
from strongroom.recovery.instants import age
from strongroom.recovery.runs.outcome import Outcome, State, TableOutcome
from strongroom.recovery.runs.stack_file import empty

_WORST: Final = (
    (State.MISMATCH, Exit.MISMATCH),
    (State.TIMED_OUT, Exit.TIMEOUT),
)


def ending(came: Outcome) -> Exit:
    """The exit code: what was found wrong comes before what took too long, and that before what is not done."""
    counts = came.counts
    for state, code in _WORST:
        if counts[state]:
            return code
    if counts[State.RECOVERED] == len(came.tables):
        return Exit.OK
    return Exit.DENIED if counts[State.DENIED] == len(came.tables) else Exit.PARTIAL


def lines(came: Outcome, stack_file: Path | None) -> Iterator[str]:
    """What people read.

    Args:
        came: The run.
        stack_file: Where the stack file was written. None: some table is not recovered.
    """
    for one in came.tables:
        yield _line(one)
    took = f" in {age(came.ended - came.begun)} by AWS's clock" if came.begun and came.ended else ""
    yield f"{came.counts[State.RECOVERED]} of {len(came.tables)} tables recovered{took}"
    if stack_file is None:
        yield f"go on with: strongroom dr run {came.plan.environment} --resume {came.plan.run}"
        return
    yield f"stack file of the new account: {stack_file}"
    left = empty(came.plan)
    if left:
        yield (
            f"before `pulumi up`: it makes {', '.join(left)} new and empty, and a table that exists is in a recovery's"
            " way; bring them back first, add their `adopt` entries, or take them out of the file"
        )
    yield f"when the new account is backed up again: strongroom dr clean {came.plan.run}"


def _line(one: TableOutcome) -> str:
    if one.state is not State.RECOVERED:
        return f"{one.state.value:<10} {one.table}: {one.fault}"
    took = f", {age(timedelta(seconds=one.seconds))}" if one.seconds is not None else ""
    return f"{one.state.value:<10} {one.table}: {one.items} items, digest {(one.digest or '')[:16]}{took}"
