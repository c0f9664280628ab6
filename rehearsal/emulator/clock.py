"""The time in which the local AWS lives: the machine's, plus what a rehearsal has moved it forward."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


class Clock:
    """A clock that can only be moved forward.

    Args:
        real: The time it is ahead of. Default: the machine's.
    """

    def __init__(self, real: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._real = real
        self._standing: datetime | None = None
        self.ahead = timedelta()

    def now(self) -> datetime:
        """Return the time as an aware datetime in UTC."""
        return self._standing or self._real() + self.ahead

    def advance(self, by: timedelta) -> datetime:
        """Move the clock and return the new time.

        Raises:
            ValueError: `by` is negative.
        """
        if by < timedelta():
            raise ValueError(f"the clock only moves forward, got {by.total_seconds():g} seconds")
        self.ahead += by
        return self.now()

    @contextmanager
    def standing_at(self, instant: datetime) -> Generator[None]:
        """Show one instant meanwhile: what was due then happens then, however late it is run."""
        self._standing = instant
        try:
            yield
        finally:
            self._standing = None


CLOCK = Clock()
"""The emulator's clock."""


def now() -> datetime:
    """Return the emulator's time as an aware datetime in UTC."""
    return CLOCK.now()
