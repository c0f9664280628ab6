"""The primary key of a table: what names an item when it is missing, surplus or different."""

from dataclasses import dataclass
from typing import Final

from strongroom.evidence.items import canonical
from strongroom.evidence.items.malformed import MalformedItemError, shown
from strongroom.facts.items import Item

_KEY_TYPES: Final = frozenset({"S", "N", "B"})


@dataclass(frozen=True)
class TableKeys:
    """Names of a table's key attributes."""

    hash_key: str
    range_key: str | None = None
    """None: the table has no range key."""

    def of(self, item: Item) -> Item:
        """Return the key of an item.

        Raises:
            MalformedItemError: a key attribute is absent, or of a type that no key has.
        """
        names = (self.hash_key,) if self.range_key is None else (self.hash_key, self.range_key)
        for name in names:
            if name not in item:
                raise MalformedItemError("the key attribute is absent", (name,))
            if not _KEY_TYPES.issuperset(item[name]):
                raise MalformedItemError(f"a key must be S, N or B, got {shown(item[name])}", (name,))
        return {name: item[name] for name in names}

    def form(self, item: Item) -> bytes:
        """Return the canonical form of an item's key: equal for items of which a table can hold only one.

        Raises:
            MalformedItemError: as `of`, or a key attribute is malformed.
        """
        return canonical.encode(self.of(item))
