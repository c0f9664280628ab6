"""Turns the virtual clock forward while a command really waits, so that hours of jobs cost seconds."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rehearsal.local.children import Child
from rehearsal.local.control import Control

POLL: Final = ("--poll", "0.5")
_STRIDE: Final = 20.0
"""Virtual seconds by which the clock is turned forward while the command waits a tenth of one."""


@dataclass
class Driver:
    """Turns the virtual clock forward while a command waits, and may kill it in the middle of its work."""

    control: Control
    runs: Path | None = None
    """Where the journal is found in which the restores begin: the command is killed then. Absent: it is let live."""
    killed: bool = field(default=False, init=False)

    def __call__(self, child: Child) -> None:
        """See `Operator.run`."""
        self.control.advance(_STRIDE)
        if self.runs is not None and not self.killed and a_restore_has_begun(self.runs):
            self.killed = True
            child.kill()


def a_restore_has_begun(runs: Path) -> bool:
    """Whether a journal says that a restore job was started."""
    return any(
        '"restore-' in line and '"job"' in line for file in runs.glob("*/journal.jsonl") for line in _lines(file)
    )


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8", errors="replace").splitlines()
