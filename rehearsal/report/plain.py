"""Progress where output is no terminal: one line a time, each with the time of day."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Final, TextIO

_QUIET_SECONDS: Final = 2.0
"""What a part says is left out when it spoke less than this ago."""


class Plain:
    """Writes lines; may be called by several threads.

    Args:
        out: where to.
        now: the time of day.
    """

    def __init__(self, out: TextIO, now: Callable[[], datetime]) -> None:
        self._out = out
        self._now = now
        self._spoke: dict[str, datetime] = {}
        self._speaking = threading.Lock()

    def begin(self, part: str) -> None:
        """Write that a part begins."""
        self._write(part, f"{part} ...")

    def says(self, part: str, line: str) -> None:
        """Write what a part says, not too often."""
        since = self._now() - self._spoke.get(part, self._now())
        if line and since.total_seconds() >= _QUIET_SECONDS:
            self._write(part, f"{part}: {line}")

    def end(self, part: str, word: str, seconds: float) -> None:
        """Write how a part has ended."""
        self._write(part, f"{part}: {word} ({seconds:.1f} s)")

    def _write(self, part: str, text: str) -> None:
        now = self._now()
        with self._speaking:
            self._spoke[part] = now
            self._out.write(f"{now:%H:%M:%S} {text}\n")
            self._out.flush()
