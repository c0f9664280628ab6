"""How long-running work tells what it is doing, whoever listens."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """Listens to work that is done in named parts, several at a time."""

    def begin(self, part: str) -> None:
        """A part has begun."""
        ...

    def says(self, part: str, line: str) -> None:
        """A part has something to say; it may be left out."""
        ...

    def end(self, part: str, word: str, seconds: float) -> None:
        """A part has ended, and how: ok, or another word."""
        ...


class Silent:
    """Listens to nothing."""

    def begin(self, part: str) -> None:
        """Ignore it."""

    def says(self, part: str, line: str) -> None:
        """Ignore it."""

    def end(self, part: str, word: str, seconds: float) -> None:
        """Ignore it."""


@contextmanager
def part(progress: Progress, name: str, monotonic: Callable[[], float] = time.monotonic) -> Generator[None, None, None]:
    """Tell `progress` when the block begins and how it ends."""
    progress.begin(name)
    begun = monotonic()
    try:
        yield
    except BaseException:
        progress.end(name, "failed", monotonic() - begun)
        raise
    progress.end(name, "ok", monotonic() - begun)
