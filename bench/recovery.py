"""How long a recovery of many tables takes beside its slowest table, and how many calls it makes for each.

    .venv/bin/python -m bench.recovery [--tables 250] [--copies 300] [--restores 300]

Time at AWS is virtual: jobs take 5 to 20 minutes, and the slowest table 40 for its copy and 40 for its restore. What
counts is the ratio, which must stay under 1.1 as long as the quotas let every table begin at once.
"""

import tempfile
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from strongroom.recovery.runs.outcome import outcome
from tests.strongroom.recovery.loss import BACKUP, FRESH
from tests.strongroom.recovery.running import Recovery, lost

_SLOWEST: Final = timedelta(minutes=40)
_SHORTEST, _SPREAD = 5, 16


def main(
    tables: Annotated[int, typer.Option(min=1, help="Tables that are lost.")] = 250,
    copies: Annotated[int, typer.Option(min=1, help="Copies that AWS runs at a time.")] = 300,
    restores: Annotated[int, typer.Option(min=1, help="Restores that AWS runs at a time.")] = 300,
) -> None:
    """Measure a recovery in memory."""
    with tempfile.TemporaryDirectory() as runs:
        recovery = _recovery(Path(runs), tables)
        aws = recovery.loss.aws
        aws.account(BACKUP).running_copies, aws.account(FRESH).running_restores = copies, restores
        at = recovery.begin()
        begun, virtual = monotonic(), aws.clock.now()
        came = outcome(recovery.run(at))
        seconds, took = monotonic() - begun, aws.clock.now() - virtual
    shown = Table("what", "measured")
    shown.add_row("tables recovered", f"{sum(one.state.value == 'recovered' for one in came.tables)} of {tables}")
    shown.add_row("virtual time", str(took))
    shown.add_row("beside the slowest table's own", f"{took / (2 * _SLOWEST):.3f}")
    shown.add_row("calls a table, at most", str(max(one.calls for one in came.tables)))
    shown.add_row("most copies at a time", str(aws.account(BACKUP).at_once["copy"]))
    shown.add_row("most restores at a time", str(aws.account(FRESH).at_once["restore"]))
    shown.add_row("seconds of this computer", f"{seconds:.1f}")
    Console().print(shown)


def _recovery(runs: Path, tables: int) -> Recovery:
    names = [f"table-{number:03}" for number in range(tables)]
    recovery = Recovery(runs, lost(*names))
    for number, name in enumerate(names):
        takes = timedelta(minutes=_SHORTEST + number % _SPREAD) if number else _SLOWEST
        recovery.loss.aws.durations["copy", name] = recovery.loss.aws.durations["restore", name] = takes
    return recovery


if __name__ == "__main__":
    typer.run(main)
