"""A table as a backup holds it: taken in one piece at one instant, and made again under another name.

Everything that copies whole tables goes through here (AWS Backup, on-demand backups, restores to a point in time), so
that all of them lose the same settings.
"""

import gc
import io
import json
import pickle
from collections import OrderedDict
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.dynamodb import states
from rehearsal.emulator.services.dynamodb.changes import forget, latest_change
from rehearsal.emulator.services.dynamodb.definitions import Restored, creation, definition_of
from rehearsal.emulator.services.dynamodb.sizes import items_bytes
from rehearsal.emulator.timeline import AGENDAS

_DYNAMODB: Final[Any] = door.module("services.dynamodb")
_REMEMBERED_TABLES: Final = 64
_OK: Final = 200

__all__ = ["Frozen", "Restored", "change_count", "drop_restored", "finish_restore", "freeze", "pack", "restore"]


@dataclass(frozen=True)
class Frozen:
    """A table at one instant."""

    content: bytes
    """Its items, pickled as MiniStack keeps them; one object for all that hold the same content."""
    item_count: int
    size_bytes: int
    definition: door.Record
    """Keys, indexes, capacity and encryption: what a restore brings back."""
    table_arn: str
    table_id: str
    table_creation: float
    """Seconds since 1970."""


@rule("https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html", read="2026-11-22")
def refuse_to_restore_over_a_table(name: str, *, exists: bool) -> None:
    """A restore makes a new table: the name must be free."""
    if exists:
        raise Refused("TableAlreadyExistsException", f"Table already exists: {name}")


def freeze(account: str, region: str, table_name: str) -> Frozen | None:
    """Return a table as it is now; None when there is no such table."""
    table = _DYNAMODB._tables.get_scoped(account, region, table_name)  # noqa: SLF001
    return None if table is None else _frozen(table)


def change_count(account: str, region: str, table_name: str) -> int:
    """Return a number that is another after every change of the table's items; 0 when there is no such table."""
    table = _DYNAMODB._tables.get_scoped(account, region, table_name)  # noqa: SLF001
    return 0 if table is None else latest_change(table)


def pack(table: door.Record, items: door.Record) -> Frozen:
    """Return a table with other items than it has.

    Args:
        table: As MiniStack keeps it.
        items: By partition key, then by sort key, as MiniStack keeps them.
    """
    with _uncollected():
        counted = list(chain.from_iterable(held.values() for held in items.values()))
        return Frozen(
            _pickled(items),
            len(counted),
            items_bytes(counted),
            definition_of(table),
            table["TableArn"],
            table["TableId"],
            table["CreationDateTime"],
        )


def restore(frozen: Frozen, account: str, region: str, target_name: str, overrides: Restored) -> str:
    """Make a table of what was frozen; it is CREATING, and takes no request for items, until `finish_restore`.

    Returns:
        Its ARN.

    Raises:
        Refused: TableAlreadyExistsException, or what CreateTable says to the definition or the key.
    """
    with door.request_scope(account, region):
        refuse_to_restore_over_a_table(target_name, exists=target_name in _DYNAMODB._tables)  # noqa: SLF001
        asked = creation(frozen.definition, target_name, overrides)
        status, _, body = _DYNAMODB._create_table(asked)  # noqa: SLF001
        if status != _OK:
            refused = json.loads(body)
            raise Refused(refused["__type"].rpartition("#")[2], refused["message"])
        table = _DYNAMODB._tables[target_name]  # noqa: SLF001
        table["items"] = _unpickled(frozen.content)
        _DYNAMODB._items_replaced(table)  # noqa: SLF001
        begun = {"RestoreDateTime": clock.now().timestamp(), **overrides.summary, "RestoreInProgress": True}
        table["RestoreSummary"] = begun
        states.creating(table)
    return table["TableArn"]


def finish_restore(account: str, region: str, name: str) -> None:
    """Make a table ACTIVE that `restore` made; one that is gone since stays gone."""
    table = _restored(account, region, name)
    if table:
        table["RestoreSummary"] = {**table["RestoreSummary"], "RestoreInProgress": False}
        states.active(table)


def drop_restored(account: str, region: str, name: str) -> None:
    """Take a table away whose restore failed; one that is ACTIVE already stays."""
    if _restored(account, region, name):
        with door.request_scope(account, region):
            del _DYNAMODB._tables[name]  # noqa: SLF001


def _restored(account: str, region: str, name: str) -> door.Record | None:
    table = _DYNAMODB._tables.get_scoped(account, region, name)  # noqa: SLF001
    return table if table and table["TableStatus"] == "CREATING" and "RestoreSummary" in table else None


class _Contents:
    """The contents that were frozen last, so that an unchanged table is not pickled again."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[int, Frozen]] = OrderedDict()

    def of(self, table: door.Record) -> Frozen | None:
        number, frozen = self._known.get(table["TableId"], (0, None))
        return frozen if number == latest_change(table) else None

    def keep(self, table: door.Record, frozen: Frozen) -> None:
        self._known[table["TableId"]] = (latest_change(table), frozen)
        self._known.move_to_end(table["TableId"])
        if len(self._known) > _REMEMBERED_TABLES:
            self._known.popitem(last=False)

    def next_due(self) -> datetime | None:
        return None

    def run_due(self, now: datetime) -> None:
        del now

    def renew(self) -> None:
        """The stores were put back, and with them the items, past the count of changes."""
        self._known.clear()
        forget()


_CONTENTS: Final = _Contents()
AGENDAS["dynamodb contents"] = _CONTENTS


def _frozen(table: door.Record) -> Frozen:
    known = _CONTENTS.of(table)
    if known is None:
        known = pack(table, dict(table["items"]))
        _CONTENTS.keep(table, known)
    definition = definition_of(table, known.definition)
    # The content is the one that is known; the settings may be others by now.
    return known if definition is known.definition else replace(known, definition=definition)


def _pickled(items: door.Record) -> bytes:
    file = io.BytesIO()
    pickler = pickle.Pickler(file, pickle.HIGHEST_PROTOCOL)
    # Nothing in an item is shared or recursive, and without the search for that it takes a fifth of the time.
    pickler.fast = True
    pickler.dump(items)
    return file.getvalue()


def _unpickled(content: bytes) -> door.Record:
    with _uncollected():
        return pickle.loads(content)  # noqa: S301 - made by us


@contextmanager
def _uncollected() -> Generator[None]:
    """Hundreds of thousands of new objects, all of them kept, would be searched for garbage again and again."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
