"""Items of a restored table written back into the table, each only if it is still as the difference saw it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final

from strongroom.aws.errors import FailedError
from strongroom.aws.item_writer import GUARDED, ItemWriter, sent
from strongroom.aws.tables import Tables
from strongroom.evidence.items import canonical
from strongroom.evidence.items.malformed import MalformedItemError
from strongroom.facts.items import Item
from strongroom.recovery.errors import RequestError
from strongroom.recovery.tables.changes import Changes, shown
from strongroom.recovery.tables.copy_back_journal import Deed, Journal

_READ_AT_ONCE: Final = 8
_HASH_BYTES: Final = 32
_STEP: Final = 100
"""Items between two words on how far it is."""


class Which(StrEnum):
    """Which items are written."""

    ONLY_MISSING = "only missing"
    """Those that the table has no more; nothing is overwritten."""
    ALL = "all"
    """Those, and those that are different."""


@dataclass(frozen=True)
class Work:
    """What is to be done, and what it is done to."""

    table: str
    restored: str
    put: tuple[Item, ...]
    """Keys of items that are written."""
    delete: tuple[Item, ...]
    """Keys of items that are deleted."""
    seen: Mapping[str, str | None]
    """Fingerprint of what was found under each key. None: nothing."""


class Fate(StrEnum):
    """What came of one item."""

    WRITTEN = "written"
    DELETED = "deleted"
    CHANGED = "changed since, left alone"
    GONE = "gone from the restored table, left alone"
    TOO_WIDE = "too many attributes to be guarded, left alone"


@dataclass(frozen=True)
class Doors:
    """What a copy-back takes."""

    tables: Tables
    writer: ItemWriter
    told: Callable[[str], None]
    """Hears how far it is."""


@dataclass(frozen=True)
class Choice:
    """What the user wants written."""

    which: Which = Which.ONLY_MISSING
    only: Sequence[Item] | None = None
    """Keys to leave it at, missing or different. None: no such limit."""
    delete_extra: bool = False
    """Whether items that only the table has are deleted."""


def work(changes: Changes, choice: Choice, tables: Tables) -> Work:
    """Choose what is written, and look at what is there, so that a change is seen later.

    Raises:
        RequestError: a key was chosen that is not different.
        FailedError: an item is malformed.
        AwsError: an item cannot be read.
    """
    put, delete = _chosen(changes, choice)
    missing = {shown(key) for key in changes.missing}
    looked_at = [key for key in (*put, *delete) if shown(key) not in missing]
    with ThreadPoolExecutor(_READ_AT_ONCE, thread_name_prefix="items") as pool:
        read = list(pool.map(partial(_item, tables, changes.table), looked_at))
    seen = {shown(key): _fingerprint(item) for key, item in zip(looked_at, read, strict=True)}
    return Work(changes.table, changes.restored, put, delete, {**dict.fromkeys(missing), **seen})


def carry_out(todo: Work, journal: Journal, doors: Doors) -> Mapping[Fate, list[Item]]:
    """Write and delete, one item at a time: a batch knows no conditions.

    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html, read 2026-11-22.

    Args:
        todo: See `work`.
        journal: Knows what was written when the same was begun before.
        doors: See there.

    Returns:
        The keys by what came of them.

    Raises:
        FailedError: an item is malformed.
        AwsError: AWS refuses; what is written already is in the journal.
    """
    fates: dict[Fate, list[Item]] = {fate: [] for fate in Fate}
    keys = [(key, False) for key in todo.put] + [(key, True) for key in todo.delete]
    for number, (key, away) in enumerate(keys, start=1):
        fates[_one(todo, key, away, journal, doors)].append(key)
        doors.told(f"table {todo.table}: {number - number % _STEP} of {len(keys)} items written")
    return fates


def _chosen(changes: Changes, choice: Choice) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    delete = changes.extra if choice.delete_extra else ()
    both = (*changes.missing, *changes.different)
    if choice.only is None:
        return (changes.missing if choice.which is Which.ONLY_MISSING else both), delete
    wanted = {shown(key) for key in choice.only}
    strange = wanted - {shown(key) for key in (*both, *delete)}
    if strange:
        raise RequestError(f"--keys names {min(strange)}, which is not missing or different, or no key of the table")
    return tuple(key for key in both if shown(key) in wanted), tuple(key for key in delete if shown(key) in wanted)


def _one(todo: Work, key: Item, away: bool, journal: Journal, doors: Doors) -> Fate:
    before = todo.seen[shown(key)]
    known = journal.of(key)
    there = _item(doors.tables, todo.table, key)
    # What this copy-back wrote before and is different again was changed by somebody since, and is theirs.
    ours_no_more = known is not None and (known.deed is Deed.DONE or known.before != before)
    if ours_no_more or _fingerprint(there) != before:
        return Fate.CHANGED
    item = None if away else _item(doors.tables, todo.restored, key)
    if item is None and not away:
        return Fate.GONE
    if there is not None and len({*there, *(item or {})}) > GUARDED:
        return Fate.TOO_WIDE
    journal.write(key, Deed.TRYING, before)
    if item is not None:
        written = doors.writer.put(todo.table, item, there)
    else:
        written = there is None or doors.writer.delete(todo.table, key, there)
    journal.write(key, Deed.DONE if written else Deed.CHANGED, before)
    if not written:
        return Fate.CHANGED
    return Fate.DELETED if away else Fate.WRITTEN


def _item(tables: Tables, table: str, key: Item) -> Item | None:
    return tables.item(table, sent(key))


def _fingerprint(item: Item | None) -> str | None:
    if item is None:
        return None
    try:
        return hashlib.blake2b(canonical.encode(item), digest_size=_HASH_BYTES).hexdigest()
    except MalformedItemError as malformed:
        raise FailedError(f"an item cannot be understood: {malformed}") from None
