"""Runs the real Pulumi engine on the real program, in an environment that holds nothing of the user's."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rehearsal.local import events
from rehearsal.local.children import Child, Children, Command
from rehearsal.local.errors import RehearsalError, TookTooLongError
from rehearsal.local.events import Report
from rehearsal.local.patience import Patience
from rehearsal.local.place import Place

RUN_SECONDS: Final = 300.0
"""The longest that one operation may take."""


@dataclass(frozen=True)
class Outcome:
    """What came of one run of `pulumi`."""

    command: str
    code: int
    seconds: float
    log: Path
    """All that it printed."""
    report: Report

    @property
    def text(self) -> str:
        """All that it printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@dataclass(frozen=True)
class Operation:
    """One run of `pulumi` to be made."""

    name: str
    """Name of its logs."""
    arguments: Sequence[str]
    environment: Mapping[str, str]
    says: Callable[[str], None] | None = None
    """Is told each line that `pulumi` prints. Absent: nobody is."""
    events: bool = True
    """Whether the command writes an event log."""


@dataclass(frozen=True)
class Engine:
    """The engine in one rehearsal's folder."""

    place: Place
    folder: Path
    """Where `pulumi` and its language host lie."""
    children: Children = field(default_factory=Children)
    seconds: float = RUN_SECONDS
    patience: Patience = field(default_factory=lambda: Patience(pause_seconds=0.1))

    def run(self, operation: Operation) -> Outcome:
        """Run `pulumi` and wait for its end; its exit code is the caller's to judge.

        Raises:
            TookTooLongError: it did not end within `seconds`; it was ended.
        """
        log = self.place.logs / f"{operation.name}.log"
        event_log = self.place.logs / f"{operation.name}.events.json"
        event_log.unlink(missing_ok=True)
        arguments = [str(self.folder / "pulumi"), *operation.arguments, "--non-interactive", "--color=never"]
        if operation.events:
            arguments += ["--event-log", str(event_log), "--suppress-progress"]
        begun = self.patience.monotonic()
        with log.open("wb") as output:
            command = Command(arguments, operation.environment, output.fileno(), self.place.program)
            child = self.children.start(command)
        try:
            code = self._wait(child, log, operation)
        finally:
            self.children.forget(child)
        seconds = self.patience.monotonic() - begun
        return Outcome(_shown(operation), code, seconds, log, events.read(event_log))

    def must(self, operation: Operation) -> Outcome:
        """Run `pulumi`, which has to succeed.

        Raises:
            RehearsalError: its exit code is not 0.
        """
        outcome = self.run(operation)
        if outcome.code != 0:
            lines = outcome.text.strip().splitlines()
            said = outcome.report.errors[0] if outcome.report.errors else lines[-1] if lines else "nothing"
            raise RehearsalError(f"{outcome.command} ended with {outcome.code}: {said}; its log is {outcome.log}")
        return outcome

    def _wait(self, child: Child, log: Path, operation: Operation) -> int:
        with log.open(encoding="utf-8", errors="replace") as lines:

            def ended() -> int | None:
                for line in lines:
                    if operation.says:
                        operation.says(line.strip())
                return child.process.poll()

            try:
                return self.patience.until(ended, self.seconds, _shown(operation))
            except TookTooLongError as late:
                raise TookTooLongError(f"{late}; it was ended, its log is {log}") from None


def _shown(operation: Operation) -> str:
    return f"pulumi {' '.join(operation.arguments)}"
