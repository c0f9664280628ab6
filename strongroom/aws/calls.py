"""How many requests each profile sends to AWS, because reports state it as measured."""

import threading
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import boto3


class Counted(Protocol):
    """Something that has counted requests."""

    def by_profile(self) -> Mapping[str, int]:
        """Requests so far, tries again among them, by profile; whoever is at hand goes by (default)."""
        ...


class Calls:
    """Counts the requests of clients; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def by_profile(self) -> Mapping[str, int]:
        """See `Counted.by_profile`."""
        with self._lock:
            return dict(self._counts)

    def watch(self, session: "boto3.Session", profile: str | None) -> None:
        """Count the requests of all clients that a session makes from now on."""
        name = profile or "(default)"

        def sent(**_: object) -> None:
            with self._lock:
                self._counts[name] += 1

        session.events.register("before-send.*", sent)
