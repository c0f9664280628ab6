"""What AWS Backup does later by itself: the steps of jobs, the runs of rules, the ends of lives."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.store import Store

Step = Callable[[Work, str], None]

STEPS: Final[dict[str, Step]] = {}
"""What a due of each kind leads to; it gets the key that the due was set for."""


def step(kind: str) -> Callable[[Step], Step]:
    """Make a function what a due of this kind leads to (`store.dues.set(place, kind, key, at)`)."""

    def listed(function: Step) -> Step:
        STEPS[kind] = function
        return function

    return listed


class Engine:
    """Takes the steps that are due; an agenda of the timeline.

    Args:
        store: The service's.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def next_due(self) -> datetime | None:
        """Return when the next step is due."""
        return self._store.dues.appointments.next()

    def run_due(self, now: datetime) -> None:
        """Take every step that is due."""
        for place, kind, key in self._store.dues.appointments.take(now):
            self._store.dues.remove(place, f"{kind} {key}")
            STEPS[kind](Work(place, now, self._store), key)

    def renew(self) -> None:
        """Begin again from the records."""
        self._store.dues.renew()
