"""What each table holds at each instant: items written at the beginning, and what is done to them later."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from rehearsal.items.draws import Draws
from rehearsal.items.shapes import LARGE, Shape
from rehearsal.items.tweaks import tweaks
from strongroom.config.tables import TableSettings
from strongroom.facts.items import Item

_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Change:
    """One write after the beginning."""

    at: datetime
    key: Item
    item: Item | None
    """What is put under the key. None: what was there is deleted."""


@dataclass(frozen=True)
class History:
    """Everything that is ever written, by a seed."""

    seed: int
    begin: datetime
    """When the first items have been written; with a time zone."""
    items: int = 9_000
    """Items that each table begins with. Default: six tables get more than 50,000."""
    changes: int = 1_000
    """Changes of each table after that; then it stays as it is."""
    every: timedelta = _MINUTE
    """Time between two instants at which a table changes."""
    together: int = 1
    """Changes that are made at each of these instants, one after the other."""
    empty: frozenset[str] = frozenset()
    """Names of tables in which nothing is ever written."""

    def __post_init__(self) -> None:
        if self.begin.tzinfo is None:
            raise ValueError(f"begin must have a time zone, got {self.begin.isoformat()}")

    def first(self, table: TableSettings) -> Iterator[Item]:
        """Items that a table begins with."""
        return self.expected(table, self.begin)

    def after(self, table: TableSettings, instant: datetime, until: datetime) -> Iterator[Change]:
        """Changes after an instant, up to and including another one, in the order in which they are made.

        Raises:
            ValueError: `instant` lies before the beginning.
        """
        state = _State(self, table)
        for number in range(1, self._made(table, until) + 1):
            target, version = state.advance(number)
            at = self.begin + -(-number // self.together) * self.every
            if at > instant:
                yield Change(at, state.key(target), state.item(target, version) if version else None)

    def expected(self, table: TableSettings, instant: datetime) -> Iterator[Item]:
        """Items that a table holds at an instant; a change that is made at the instant itself has been made.

        Expired items are among them: DynamoDB deletes those in its own time.

        Raises:
            ValueError: `instant` lies before the beginning.
        """
        made = self._made(table, instant)
        return _State(self, table).expected(made)

    def _made(self, table: TableSettings, instant: datetime) -> int:
        if instant < self.begin:
            raise ValueError(f"the instant must not lie before {self.begin.isoformat()}, got {instant.isoformat()}")
        made = (instant - self.begin) // self.every * self.together
        return 0 if table.name in self.empty else min(self.changes, made)


class _Kind(Enum):
    NEW = auto()
    REWRITTEN = auto()
    TWEAKED = auto()
    DELETED = auto()


_KINDS: Final = (_Kind.NEW, _Kind.NEW, _Kind.REWRITTEN, _Kind.REWRITTEN, _Kind.TWEAKED, _Kind.TWEAKED, _Kind.DELETED)


@dataclass(frozen=True)
class _Version:
    """The content of an item: that of one change, or of the beginning, and the change that altered a bit of it."""

    content: int = 0
    tweak: int = 0


class _State:
    """Which version of which item there is, change after change; remembers only what changed."""

    def __init__(self, history: History, table: TableSettings) -> None:
        self._history = history
        self._shape = Shape(table, history.seed, history.begin)
        self._items = 0 if table.name in history.empty else history.items
        self._changed: dict[int, _Version | None] = {}

    def advance(self, number: int) -> tuple[int, "_Version | None"]:
        """Make the change of a number; they must be made in order. Returns the item's number and new version."""
        target, version = self._next(number)
        self._changed[target] = version
        return target, version

    def expected(self, changes: int) -> Iterator[Item]:
        """Make the first changes, and return what is there after them."""
        for number in range(1, changes + 1):
            self.advance(number)
        for target in range(self._items):
            if target not in self._changed:
                yield self.item(target, _Version())
        for target, version in self._changed.items():
            if version:
                yield self.item(target, version)

    def key(self, target: int) -> Item:
        """Return the key of an item."""
        return self._shape.key(target)

    def item(self, target: int, version: _Version) -> Item:
        """Return a version of an item."""
        item = self._shape.item(target, version.content)
        if not version.tweak:
            return item
        changed = [tweak.item for tweak in tweaks(item, self._shape.key(target))]
        return Draws(self._history.seed, self._shape.table.name, "tweak", version.tweak).one(changed)

    def _next(self, number: int) -> tuple[int, _Version | None]:
        draws = Draws(self._history.seed, self._shape.table.name, "change", number)
        kind = draws.one(_KINDS)
        if kind is _Kind.NEW:
            return self._items + number, _Version(number)
        target = max(LARGE) + 1 + draws.below(max(1, self._items + number))
        if kind is _Kind.DELETED:
            return target, None
        there = self._changed.get(target, _Version() if target < self._items else None)
        if kind is _Kind.TWEAKED and there is not None:
            return target, _Version(there.content, number)
        return target, _Version(number)
