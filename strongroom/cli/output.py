"""Where a command writes: results to standard output, everything else to standard error."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from strongroom.cli.exits import Exit

_SOON_SECONDS = 2.0
"""Seconds that somebody may wait without being told what for."""


@dataclass(frozen=True)
class Output:
    """The two streams of a command."""

    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)

    def result(self, text: str) -> None:
        """Write what the command was asked for."""
        print(text, file=self.out)

    def document(self, value: object) -> None:
        """Write what the command was asked for as JSON."""
        self.result(json.dumps(value, indent=2))

    def note(self, text: str) -> None:
        """Tell the person in front of the screen."""
        print(text, file=self.err, flush=True)


def faults(output: Output, sentences: Sequence[str], code: Exit, *, as_json: bool) -> None:
    """Tell what went wrong: a sentence a fault, or one JSON document on standard output."""
    if as_json:
        output.document({"errors": list(sentences), "exit": code.value})
        return
    for sentence in sentences:
        output.note(f"error: {sentence}")


class Progress:
    """Says what is waited for, once a wait is longer than people like to be left alone."""

    def __init__(self, output: Output, now: Callable[[], float]) -> None:
        self._output, self._now = output, now
        self._begun = now()
        self._said = ""

    def told(self, line: str) -> None:
        """Hear what is going on; it is passed on when it is news."""
        waited = self._now() - self._begun
        if waited >= _SOON_SECONDS and line != self._said:
            self._said = line
            self._output.note(f"{line} ({waited:.0f} s)")
