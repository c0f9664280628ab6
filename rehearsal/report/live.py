"""Progress on a terminal: a line for each part at work, and one left behind for each that has ended."""

from types import TracebackType
from typing import Final, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

_BESIDE: Final = 60
"""Columns that stand beside what a part says: a spinner, the part's name and its time."""


class Live:
    """Draws while the block runs; may be called by several threads."""

    def __init__(self, console: Console) -> None:
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[line]}"),
        )
        self._display = Progress(*columns, console=console, transient=True)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._display.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._display.stop()

    def begin(self, part: str) -> None:
        """Show a part at work."""
        self._tasks[part] = self._display.add_task(escape(part), total=None, line="")

    def says(self, part: str, line: str) -> None:
        """Show the newest that a part says beside it."""
        if line:
            room = max(self._display.console.width - _BESIDE, 0)
            self._display.update(self._tasks[part], line=escape(line[:room]))

    def end(self, part: str, word: str, seconds: float) -> None:
        """Leave one line about a part that has ended."""
        self._display.remove_task(self._tasks.pop(part))
        colour = "green" if word == "ok" else "red"
        self._display.console.print(f"[{colour}]{word:>7}[/] {escape(part)} [dim]{seconds:.1f} s")
