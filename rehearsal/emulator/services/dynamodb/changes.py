"""Notices every change of a table's items: counts it, and tells whoever keeps a history.

MiniStack's stream hook is not called for PartiQL and expiry; the three functions here are under every write.
"""

from collections.abc import Callable
from itertools import count
from threading import current_thread
from typing import Any, Final, NamedTuple

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces


class Write(NamedTuple):
    """One write of one item."""

    table: door.Record
    """As MiniStack keeps it."""
    key: tuple[Any, Any]
    """Values of partition and sort key, as MiniStack has them."""
    before: door.Record | None
    """None: there was no such item."""
    after: door.Record | None
    """None: it is removed."""


WRITTEN: Final[list[Callable[[Write], None]]] = []
"""Who is told of each write; they put themselves in when they are imported."""

_numbers: Final = count(1)
_latest: Final[dict[str, int]] = {}
"""Number of a table's latest change by its id. No two changes have one number, so that none is taken for another."""
_REAPER: Final = "dynamodb-ttl-reaper"
"""MiniStack's thread that removes expired items in the machine's time; `expiry` does it in ours."""


def latest_change(table: door.Record) -> int:
    """Return a number that is another after every change of the table's items."""
    known = _latest.get(table["TableId"])
    return known if known is not None else _count(table)


def forget() -> None:
    """Let every table count as changed: the stores were put back, past the functions below."""
    _latest.clear()


def _count(table: door.Record) -> int:
    number = next(_numbers)
    _latest[table["TableId"]] = number
    return number


def _tell(write: Write) -> None:
    _count(write.table)
    for written in WRITTEN:
        written(write)


@replaces("services.dynamodb:_set_item", read="4e78ad492132cdba")
def set_item(original: Any, table: door.Record, partition: Any, sort: Any, item: door.Record) -> Any:
    """Notice an item that is put."""
    before = original(table, partition, sort, item)
    _tell(Write(table, (partition, sort), before, item))
    return before


@replaces("services.dynamodb:_remove_item", read="5cce50c99688dab8")
def remove_item(original: Any, table: door.Record, partition: Any, sort: Any) -> Any:
    """Notice an item that is removed, unless it is one that is not to be removed yet."""
    if current_thread().name == _REAPER:
        return None
    before = original(table, partition, sort)
    if before is not None:
        _tell(Write(table, (partition, sort), before, None))
    return before


@replaces("services.dynamodb:_items_replaced", read="b48626c371f77c18")
def items_replaced(original: Any, table: door.Record) -> None:
    """Notice that all items are others."""
    original(table)
    _count(table)
