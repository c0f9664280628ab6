"""Where a rehearsal keeps its files: all of them under one folder, none in the checkout's own."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).resolve().parents[2]
"""The checkout that this program was started from."""


@dataclass(frozen=True)
class Place:
    """The folder of one rehearsal."""

    root: Path
    checkout: Path = CHECKOUT

    @property
    def lock(self) -> Path:
        """Held by whoever keeps the local AWS running."""
        return self.root / "rehearsal.lock"

    @property
    def state(self) -> Path:
        """What the emulator saves."""
        return self.root / "state"

    @property
    def mark(self) -> Path:
        """Says which world the state belongs to; absent until seeding has ended."""
        return self.root / "world"

    @property
    def program(self) -> Path:
        """Where `pulumi` runs: copies of the stack files beside links to the program."""
        return self.root / "program"

    @property
    def aws(self) -> Path:
        """AWS config files and identity tokens."""
        return self.root / "aws"

    @property
    def pulumi_home(self) -> Path:
        """PULUMI_HOME of the engine."""
        return self.root / "pulumi-home"

    @property
    def logs(self) -> Path:
        """One log a process."""
        return self.root / "logs"

    def prepare(self) -> None:
        """Make the folder, which nobody else may read: it holds keys, of a local AWS but keys."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (self.aws, self.pulumi_home, self.logs):
            folder.mkdir(exist_ok=True)

    def clear(self) -> None:
        """Remove what an earlier rehearsal left, all but the lock and the logs."""
        for folder in (self.state, self.program, self.aws, self.pulumi_home):
            shutil.rmtree(folder, ignore_errors=True)
        self.mark.unlink(missing_ok=True)
