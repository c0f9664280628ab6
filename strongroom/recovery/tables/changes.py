"""What is different between a table and a restored one, by key: the ground that a cut-over stands on."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from pydantic import TypeAdapter, ValidationError

from strongroom.aws.errors import FailedError, NotThereError
from strongroom.aws.table_state import TableState, TableStates
from strongroom.aws.tables import Tables
from strongroom.evidence.items import comparison
from strongroom.evidence.items.comparison import ChangedError, Comparison, Limits
from strongroom.evidence.items.malformed import MalformedItemError
from strongroom.evidence.items.sources import Progress, TableSource
from strongroom.facts.items import Item
from strongroom.recovery.errors import GuardError, RequestError
from strongroom.recovery.tables import single
from strongroom.recovery.tables.single import Site

_KEY: TypeAdapter[dict[str, dict[str, str]]] = TypeAdapter(dict[str, dict[str, str]])
REMEMBER: Final = 100_000
_STEP: Final = 10_000
_PART_ITEMS: Final = 500
_MOST_TIMES: Final = 16
"""More parts than so many times the usual ones would take hundreds of MiB themselves."""
_READABLE: Final = ("ACTIVE", "UPDATING")


@dataclass(frozen=True)
class Changes:
    """Keys of items that are not the same in both tables."""

    table: str
    restored: str
    items: int
    """Items of the table."""
    restored_items: int
    missing: tuple[Item, ...]
    """Only in the restored table."""
    different: tuple[Item, ...]
    """In both, with other content."""
    extra: tuple[Item, ...]
    """Only in the table."""
    whole: bool = True
    """Whether these are all; no: there are more than are remembered."""

    @property
    def none(self) -> bool:
        """Whether both tables hold the same items."""
        return self.whole and not (self.missing or self.different or self.extra)


@dataclass(frozen=True)
class Doors:
    """What reading both tables takes."""

    tables: Tables
    states: TableStates
    told: Callable[[str], None]
    """Hears how far the reading is; called from several threads."""
    remember: int = REMEMBER
    """Items that are remembered of the parts of both tables in which something is not the same; about 1 KiB each."""


def find(site: Site, restored: str, doors: Doors) -> Changes:
    """Read both tables by strongly consistent reads, and name what is different.

    Raises:
        RequestError: both are one.
        NotThereError: one of them is not there.
        GuardError: one cannot be read yet, or has another key than is declared.
        FailedError: an item is malformed, or was written while it was read.
        AwsError: a page cannot be read.
    """
    table = site.table.name
    if table == restored:
        raise RequestError(f"RESTORED must be another table than {table}")
    most = max(_readable(site, name, doors.states).item_count for name in (table, restored))
    there, here = (
        TableSource(doors.tables, name, consistent=True, progress=_heard(doors)) for name in (restored, table)
    )
    try:
        found = comparison.compare(there, here, site.keys, limits(most, doors.remember))
    except (ChangedError, MalformedItemError) as fault:
        raise FailedError(f"comparing {table} with {restored}: {fault}") from None
    return _changes(table, restored, found)


def shown(item: Item) -> str:
    """An item, or a key, on one line as JSON, binary values as base64 text."""
    return json.dumps(item, ensure_ascii=True, separators=(",", ":"), sort_keys=True, default=_text)


def read_keys(text: str, source: str) -> list[Item]:
    """Keys, one JSON object a line, as `shown` writes them.

    Args:
        text: The lines; empty ones are passed over.
        source: Where they stand, for the error's sentence.

    Raises:
        RequestError: a line is none.
    """
    found = list[Item]()
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            found.append(_key(line, f"{source}, line {number}"))
    return found


def _key(line: str, where: str) -> Item:
    try:
        return _KEY.validate_json(line)
    except ValidationError:
        raise RequestError(f'{where} must be a key such as {{"id":{{"S":"a"}}}}, got {line[:80]!r}') from None


def _text(held: object) -> str:
    if isinstance(held, bytes):
        return base64.b64encode(held).decode()
    raise TypeError(f"an item holds {type(held).__name__}")


def limits(items: int, remember: int) -> Limits:
    """In how many parts tables of so many items are compared: the smaller the parts, the fewer items are remembered.

    Args:
        items: Of the larger table, as DynamoDB counts.
        remember: See `Doors`.
    """
    fewest = Limits().buckets
    return Limits(min(max(items // _PART_ITEMS, fewest), fewest * _MOST_TIMES), remember)


def _readable(site: Site, name: str, states: TableStates) -> TableState:
    state = states.state(name)
    if state is None:
        raise NotThereError(f"there is no table {name} in account {site.account}; check the name")
    if state.status not in _READABLE:
        raise GuardError(f"table {name} is {state.status}, so that it cannot be read; wait until it is ACTIVE")
    single.keys_agree(site, state)
    return state


def _changes(table: str, restored: str, found: Comparison) -> Changes:
    differ = found.differences
    return Changes(
        table=table,
        restored=restored,
        items=found.actual.count,
        restored_items=found.expected.count,
        missing=_sorted(differ.missing),
        different=_sorted(differ.different),
        extra=_sorted(differ.surplus),
        whole=differ.buckets_left == 0,
    )


def _sorted(keys: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(sorted(keys, key=shown))


def _heard(doors: Doors) -> Callable[[Progress], None]:
    """Tells how far a reading is, in steps, as a large table has very many pages."""
    seen, lock = dict[tuple[str, int], int](), Lock()

    def heard(progress: Progress) -> None:
        with lock:
            seen[progress.table, progress.segment] = progress.items
            items = sum(seen.values())
        doors.told(f"reading table {progress.table}: {items - items % _STEP} items so far")

    return heard
