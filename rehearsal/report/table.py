"""The summary of a rehearsal, for people."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from rehearsal.scenarios.step import Mark, Result

_COLOURS: Final = {Mark.HELD: "green", Mark.FAILED: "red", Mark.NOT_RUN: "yellow"}


_WIDTH: Final = 140
"""Columns where output is no terminal."""


def console() -> Console:
    """Return a console on standard output."""
    found = Console()
    return found if found.is_terminal else Console(width=_WIDTH)


def show(console: Console, results: Sequence[Result], seconds: float) -> None:
    """Print a line for each step, and below them what was expected and what came of each check that did not hold."""
    table = Table(box=None, pad_edge=False)
    for column in ("step", "result", "proves"):
        table.add_column(column, overflow="fold")
    for column in ("seconds", "calls"):
        table.add_column(column, justify="right")
    for result in results:
        mark = f"[{_COLOURS[result.mark]}]{result.mark}"
        figures = (f"{result.seconds:.1f}", str(result.calls)) if result.mark is not Mark.NOT_RUN else ("", "")
        table.add_row(escape(result.step.name), mark, escape(result.step.proves), *figures)
    console.print(table)
    for result in results:
        _failure(console, result)
    held = sum(result.mark is Mark.HELD for result in results)
    console.print(f"{held} of {len(results)} steps held, {seconds:.0f} s")


def _failure(console: Console, result: Result) -> None:
    # What a step that was not run waited for has failed itself, and is shown.
    if result.failure is None or result.mark is Mark.NOT_RUN:
        return
    console.print(f"\n[red]{escape(result.step.name)}[/]: {escape(result.failure.what)}")
    console.print(f"  expected {escape(result.failure.expected)}", soft_wrap=True)
    console.print(f"  got      {escape(result.failure.got)}", soft_wrap=True)
    if result.failure.log:
        console.print(f"  log      {escape(str(result.failure.log))}", soft_wrap=True)
