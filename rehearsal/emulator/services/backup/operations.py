"""How a function becomes an operation of AWS Backup, and what it is told about its caller."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import uuid4

from rehearsal.emulator.services.backup.neighbours import Neighbours
from rehearsal.emulator.services.backup.store import Place, Store

Answer = Mapping[str, object]
"""Members of the output shape; those that are None are left out."""

A = TypeVar("A")


@dataclass(frozen=True)
class Work:
    """The circumstances in which something is done, by a caller or by AWS Backup itself."""

    place: Place
    now: datetime
    store: Store

    @property
    def timestamp(self) -> float:
        """The time in seconds since 1970, to the millisecond, as AWS Backup gives it."""
        return round(self.now.timestamp(), 3)

    def arn(self, kind: str, name: str) -> str:
        """ARN of one of the account's backup resources in this region."""
        return f"arn:aws:backup:{self.place.region}:{self.place.account}:{kind}:{name}"

    def at(self, place: Place) -> "Work":
        """Return the same in another account or region."""
        return Work(place, self.now, self.store)


@dataclass(frozen=True)
class Call(Work):
    """The circumstances of a request whose caller is known and allowed."""

    neighbours: Neighbours


def new_id() -> str:
    """Return an identifier that no other thing has."""
    return str(uuid4())


Operation = Callable[[Call, Any], Answer | None]

OPERATIONS: Final[dict[str, Operation]] = {}
"""Every operation by AWS's name."""


def operation(name: str) -> Callable[[Callable[[Call, A], Answer | None]], Callable[[Call, A], Answer | None]]:
    """Make a function the operation `name`.

    Its second parameter is a TypedDict of the operation's input; what it gets was checked against the model before.
    """

    def listed(function: Callable[[Call, A], Answer | None]) -> Callable[[Call, A], Answer | None]:
        OPERATIONS[name] = function
        return function

    return listed
