"""Bounded waits: the real provider's calls and their order, with its times scaled down."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from botocore.exceptions import ClientError

from rehearsal.provider.errors import ProviderError

T = TypeVar("T")

_FIRST_POLL = 0.1
_LONGEST_POLL = 10.0


@dataclass(frozen=True)
class Pace:
    """Time as waits see it."""

    clock: Callable[[], float]
    """Seconds, monotonic."""
    sleep: Callable[[float], None]
    scale: float = 0.02
    """Real seconds for one second of the real provider's pauses; the local AWS settles at once."""
    patience: float = 0.1
    """Real seconds for one second of the real provider's limits; more than `scale`, as calls take time here too."""

    def pause(self, seconds: float) -> None:
        """Wait `seconds` of the real provider's time."""
        self.sleep(seconds * self.scale)

    def deadline(self, seconds: float) -> float:
        """Reading of the clock after `seconds` of the real provider's time."""
        return self.clock() + seconds * self.patience


@dataclass(frozen=True, kw_only=True)
class Wait:
    """What a wait looks for."""

    target: str
    """The state that ends it."""
    pending: tuple[str, ...] = ()
    """States that mean "not yet"; any other ends the wait with an error. Empty: every other one is waited out."""
    timeout: float
    """Seconds, in the real provider's time."""
    in_a_row: int = 1
    """How often the target must be seen one after the other."""
    delay: float = 0.0
    """Seconds before the first look."""
    every: float | None = None
    """Seconds between looks; None: 0.1 s, doubled up to 10 s."""


def until(pace: Pace, wait: Wait, look: Callable[[], str]) -> None:
    """Look until the state is `wait.target`.

    Raises:
        ProviderError: the time is over, or another end state was seen; the texts are the real provider's.
    """
    end = pace.deadline(wait.timeout)
    if wait.delay:
        pace.pause(wait.delay)
    seen, poll = 0, wait.every or _FIRST_POLL
    while True:
        state = look()
        seen = seen + 1 if state == wait.target else 0
        if seen >= wait.in_a_row:
            return
        if wait.pending and state not in (wait.target, *wait.pending):
            raise ProviderError(f"unexpected state '{state}', wanted target '{wait.target}'")
        if pace.clock() >= end:
            limit = _go_duration(wait.timeout)
            raise ProviderError(
                f"timeout while waiting for state to become '{wait.target}' (last state: '{state}', timeout: {limit})"
            )
        pace.pause(poll)
        poll = wait.every or min(poll * 2, _LONGEST_POLL)


def retried(pace: Pace, seconds: float, again: Callable[[ClientError], bool], call: Callable[[], T]) -> T:
    """Repeat `call` for as long as `again` says that its error may pass, at most `seconds` of the real provider's time.

    Raises:
        ClientError: what the last try met.
    """
    end, poll = pace.deadline(seconds), _FIRST_POLL
    while True:
        try:
            return call()
        except ClientError as error:
            if not again(error) or pace.clock() >= end:
                raise
        pace.pause(poll)
        poll = min(poll * 2, _LONGEST_POLL)


def _go_duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}m{rest}s" if minutes else f"{rest}s"
