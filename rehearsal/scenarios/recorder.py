"""The AWS calls of a rehearsal, as the emulator recorded them."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from rehearsal.local.control import Call


@dataclass
class Recorder:
    """Fetches each call once; may be asked by several threads."""

    fetch: Callable[[int], tuple[Sequence[Call], int]]
    """Returns the calls after a number; `Control.calls`."""
    _calls: list[Call] = field(default_factory=list[Call])
    _fetching: threading.Lock = field(default_factory=threading.Lock)

    def calls(self, since: int = 0) -> Sequence[Call]:
        """Return the calls after number `since` that have been answered."""
        with self._fetching:
            after = self._calls[-1].n if self._calls else 0
            # One that is still being answered is fetched again with its result, and whatever came after it as well.
            self._calls.extend(takewhile(lambda call: call.status, self.fetch(after)[0]))
            return [call for call in self._calls if call.n > since]

    def newest(self) -> int:
        """Return the number of the newest call that has been answered."""
        calls = self.calls()
        return calls[-1].n if calls else 0
