"""What happens by itself: all that is due is run in the order of time, with the clock standing at each instant."""

import heapq
from collections.abc import Hashable
from datetime import datetime, timedelta
from itertools import count
from typing import Final, Generic, Protocol, TypeVar

from rehearsal.emulator.clock import CLOCK, Clock

K = TypeVar("K", bound=Hashable)

_MOST_AT_ONE_INSTANT: Final = 100_000
"""More runs without the clock moving are an agenda that never finishes what is due."""


class Agenda(Protocol):
    """Something that does things at instants of its own."""

    def next_due(self) -> datetime | None:
        """Return the earliest instant at which there is something to do; None when there is nothing."""
        ...

    def run_due(self, now: datetime) -> None:
        """Do everything that is due at or before `now`, which the clock shows meanwhile."""
        ...

    def renew(self) -> None:
        """Begin again from the records, which were loaded, reset, or emptied of an account."""
        ...


class Appointments(Generic[K]):
    """Keys with an instant each, the earliest first."""

    def __init__(self) -> None:
        self._instants: dict[K, datetime] = {}
        self._heap: list[tuple[datetime, int, K]] = []
        self._order = count()

    def set(self, key: K, at: datetime) -> None:
        """Give a key an instant, in the place of an earlier one."""
        self._instants[key] = at
        heapq.heappush(self._heap, (at, next(self._order), key))

    def drop(self, key: K) -> None:
        """Forget a key; without one nothing happens."""
        self._instants.pop(key, None)

    def next(self) -> datetime | None:
        """Return the earliest instant; None when there is no key."""
        while self._heap and self._instants.get(self._heap[0][2]) != self._heap[0][0]:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def take(self, now: datetime) -> list[K]:
        """Take out the keys whose instant has come, in the order of time, then of being set."""
        taken: list[K] = []
        while (due := self.next()) is not None and due <= now:
            key = heapq.heappop(self._heap)[2]
            del self._instants[key]
            taken.append(key)
        return taken

    def clear(self) -> None:
        """Forget every key."""
        self._instants.clear()
        self._heap.clear()


class Timeline:
    """The agendas of this process on one clock.

    Args:
        clock: The emulator's.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.agendas: dict[str, Agenda] = {}
        """By name; whoever has an agenda puts it in when imported."""

    def settle(self) -> bool:
        """Run what is due by now.

        Returns:
            Whether there was anything.
        """
        return self._run_until(self._clock.now())

    def advance(self, by: timedelta) -> datetime:
        """Move the clock through every instant at which something is due, and return the new time.

        Raises:
            ValueError: `by` is negative.
        """
        target = self._clock.now() + max(by, timedelta())
        self._run_until(target)
        return self._clock.advance(by)

    def renew(self) -> None:
        """Let every agenda begin again from the records."""
        for agenda in self.agendas.values():
            agenda.renew()

    def _run_until(self, target: datetime) -> bool:
        instant, runs = None, 0
        while (due := self._due()) is not None and due[0] <= target:
            runs = runs + 1 if due[0] == instant else 0
            instant = due[0]
            if runs > _MOST_AT_ONE_INSTANT:
                raise RuntimeError(f"the agenda {due[1]!r} never finishes what is due at {instant}")
            with self._clock.standing_at(instant):
                self.agendas[due[1]].run_due(instant)
        return instant is not None

    def _due(self) -> tuple[datetime, str] | None:
        dues = [(due, name) for name, agenda in self.agendas.items() if (due := agenda.next_due()) is not None]
        return min(dues, default=None)


TIMELINE: Final = Timeline(CLOCK)
"""The timeline of this process."""
AGENDAS: Final = TIMELINE.agendas
