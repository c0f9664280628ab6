"""Every wait of a rehearsal is bounded, and by this."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from rehearsal.local.errors import TookTooLongError

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """Asks again and again for a while."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    pause_seconds: float = 0.05
    """Between two questions."""

    def until(self, ask: Callable[[], T | None], seconds: float, what: str) -> T:
        """Return the first answer that is not None.

        Args:
            ask: is called at least once.
            seconds: how long to go on asking.
            what: what is waited for, for the error's sentence.

        Raises:
            TookTooLongError: the answer is still None.
        """
        end = self.monotonic() + seconds
        while True:
            answer = ask()
            if answer is not None:
                return answer
            if self.monotonic() >= end:
                raise TookTooLongError(f"{what} took longer than {seconds:g} seconds")
            self.sleep(self.pause_seconds)
