"""The clock of an AWS in memory, and what happens to its n-th call."""

from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fnmatch import fnmatch
from threading import RLock
from typing import Final

NOON: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Killed(BaseException):
    """The process ends here: nothing may catch it."""


class When(StrEnum):
    """Whether a trouble meets a call before its work is done or after."""

    BEFORE = "before"
    AFTER = "after"


@dataclass
class FakeClock:
    """Time that passes by sleeping alone."""

    at: datetime = NOON
    slept: float = 0.0
    """Seconds so far."""

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return (self.at - NOON).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.at += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Call:
    """A call that was made."""

    account: str
    operation: str
    """Door and method, such as copies.start."""
    subject: str
    """What it was about: a table, a vault, a point."""


@dataclass
class Trouble:
    """What happens to one call."""

    nth: int
    """Counted from 1 among the calls that match, from when the trouble was laid."""
    error: BaseException
    when: When
    operation: str
    """Pattern, such as copies.*"""
    met: int = 0
    times: int = 1
    """How many calls in a row it meets."""


@dataclass
class Wire:
    """Every call of every door goes by here."""

    made: list[Call] = field(default_factory=list[Call])
    troubles: list[Trouble] = field(default_factory=list[Trouble])
    lock: RLock = field(default_factory=RLock)

    def trouble(
        self, nth: int, error: BaseException, when: When = When.BEFORE, operation: str = "*", times: int = 1
    ) -> None:
        """Let the n-th call from now, and so many after it, end with an error."""
        self.troubles.append(Trouble(nth, error, when, operation, times=times))

    def count(self, operation: str = "*", subject: str = "*") -> int:
        """Calls so far that match."""
        return sum(fnmatch(call.operation, operation) and fnmatch(call.subject, subject) for call in self.made)

    def by_account(self) -> Mapping[str, int]:
        """Calls so far, by account."""
        return Counter(call.account for call in self.made)

    @contextmanager
    def call(self, account: str, operation: str, subject: str = "") -> Generator[None]:
        """One call: what is inside is its work."""
        with self.lock:
            self.made.append(Call(account, operation, subject))
            due = [one for one in self.troubles if fnmatch(operation, one.operation)]
            for one in due:
                one.met += 1
            hit = next((one for one in due if one.nth <= one.met < one.nth + one.times), None)
            if hit and hit.when is When.BEFORE:
                raise hit.error
            yield
            if hit:
                raise hit.error
