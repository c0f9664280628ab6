"""Answers of the judgement that hold while nothing changes: years of plans ask the same questions over and over."""

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar, cast

from rehearsal.emulator.timeline import AGENDAS

T = TypeVar("T")

_MOST: Final = 50_000


class Memory:
    """Answers by question. A request, a control call or a deletion may change any policy, and empties it."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, Any] = {}
        self._reads_of_clock = 0

    def remember(self, question: Hashable, answer: Callable[[], T]) -> T:
        """Return the answer of before, else ask; one that depends on the time is asked each time."""
        if question in self._answers:
            return self._answers[question]
        reads = self._reads_of_clock
        answered = answer()
        if reads == self._reads_of_clock:
            if len(self._answers) >= _MOST:
                self._answers.clear()
            self._answers[question] = answered
        return answered

    def forget(self) -> None:
        """Begin anew: some policy may be another."""
        self._answers.clear()

    def note_read_of_clock(self) -> None:
        """Note that the answer that is being found depends on the time."""
        self._reads_of_clock += 1

    def next_due(self) -> datetime | None:
        """Return None: nothing happens here by itself."""
        return None

    def run_due(self, now: datetime) -> None:
        """Do nothing."""

    def renew(self) -> None:
        """Begin anew: the stores were put back."""
        self.forget()


MEMORY: Final = Memory()
AGENDAS["judgements"] = MEMORY


def as_key(context: Mapping[str, Any] | None) -> Hashable:
    """Return condition keys as part of a question."""
    return frozenset((name, _hashable(value)) for name, value in (context or {}).items())


def _hashable(value: Any) -> Hashable:
    return tuple(cast("list[str]", value)) if isinstance(value, list) else value
