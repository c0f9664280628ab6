"""How a function becomes an operation of AWS RAM, and what it is told about its caller."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypedDict, TypeVar

from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.backup.paging import Paged as BackupsPaged
from rehearsal.emulator.services.backup.paging import paged
from rehearsal.emulator.services.backup.store import Place
from rehearsal.emulator.services.ram.store import Store

Answer = Mapping[str, object]
"""Members of the output shape; those that are None are left out."""

A = TypeVar("A")

_MOST: Final = 500
"""https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShares.html (read 2026-11-22)."""


class Paged(TypedDict, total=False):
    """What every list operation may be asked."""

    nextToken: str
    maxResults: int


@dataclass(frozen=True)
class Call:
    """The circumstances of a request whose caller is known and allowed."""

    place: Place
    now: datetime
    store: Store

    @property
    def timestamp(self) -> float:
        """The time in seconds since 1970, to the millisecond."""
        return round(self.now.timestamp(), 3)


Operation = Callable[[Call, Any], Answer]

OPERATIONS: Final[dict[str, Operation]] = {}
"""Every operation by AWS's name."""


def operation(name: str) -> Callable[[Callable[[Call, A], Answer]], Callable[[Call, A], Answer]]:
    """Make a function the operation `name`.

    Its second parameter is a TypedDict of the operation's input; what it gets was checked against the model before.
    """

    def listed(function: Callable[[Call, A], Answer]) -> Callable[[Call, A], Answer]:
        OPERATIONS[name] = function
        return function

    return listed


def page(name: str, entries: Sequence[object], asked: Paged) -> Answer:
    """Return one page of a list.

    Args:
        name: The member that holds the entries.
        entries: The whole list.
        asked: Without `maxResults` a page has up to 500 entries; without `nextToken` it is the first.

    Raises:
        Refused: `nextToken` is none of this list's.
    """
    wanted: BackupsPaged = {"MaxResults": asked.get("maxResults", _MOST)}
    if "nextToken" in asked:
        wanted["NextToken"] = asked["nextToken"]
    try:
        found = paged(name, entries, wanted)
    except Refused as refused:
        raise Refused("InvalidNextTokenException", str(refused)) from None
    return {name: found[name], "nextToken": found["NextToken"]}
