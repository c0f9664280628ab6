"""Whole items of a table: its keys, what such a table holds, and one or two values of an awkward type."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from rehearsal.items import values
from rehearsal.items.draws import Draws
from strongroom.config.tables import AttributeType, KeyAttribute, TableSettings
from strongroom.evidence.items import sizes
from strongroom.facts import items
from strongroom.facts.items import Item, Value

LARGE: Final = {5: 390 * items.KIBIBYTE, 6: 390 * items.KIBIBYTE, 7: items.ITEM_BYTES.high}
"""Sizes in bytes of the items that have one, by item number; the last is as large as DynamoDB lets an item be."""
_SUFFIXES: Final = (values.COMPOSED, values.DECOMPOSED, "plain")
_YEAR: Final = timedelta(days=365)
_JUST_EXPIRED: Final = 40 * 3600
"""Seconds before the beginning in which items expire that DynamoDB may still hold then: it deletes within days."""


@dataclass(frozen=True)
class Shape:
    """Makes the items of one table."""

    table: TableSettings
    seed: int
    begin: datetime
    """When the first items are written; expiry times lie on both sides of it."""

    def key(self, number: int) -> Item:
        """Return the key of an item; every third and the one after it differ by the normal form of one letter."""
        if self.table.range_key is None:
            return {self.table.hash_key.name: self._attribute(self.table.hash_key, number, self._name(number))}
        group = number // len(_SUFFIXES)
        return {
            self.table.hash_key.name: self._attribute(self.table.hash_key, group, self._hash(group)),
            self.table.range_key.name: self._attribute(self.table.range_key, number, self._name(number)),
        }

    def item(self, number: int, version: int) -> Item:
        """Return an item with the content of one version of it."""
        if number in LARGE and version == 0:
            return self._large(number)
        draws = Draws(self.seed, self.table.name, number, version)
        makers = list(values.MAKERS.items())
        first, second = (makers[(number + version + step) % len(makers)] for step in (0, 1 + draws.below(4)))
        item: dict[str, Value] = {
            "createdAt": {"S": (self.begin - timedelta(seconds=draws.below(10**7))).isoformat()},
            "amount": {"N": f"{draws.below(10**7)}.{draws.digits(2)}"},
            "request": {
                "M": {
                    "id": {"S": draws.octets(16).hex()},
                    "version": {"N": str(version)},
                    "boxes": {"L": [{"N": str(draws.below(10**6))} for _ in range(draws.below(6))]},
                }
            },
            first[0]: first[1](draws),
            second[0]: second[1](draws),
        }
        if self.table.ttl_attribute:
            item[self.table.ttl_attribute] = self._expiry(draws)
        return {**item, **self.key(number)}

    def _large(self, number: int) -> Item:
        # No number in it: DynamoDB's size of a number is the one that its page calls approximate.
        item = {**self.key(number), "filler": {"S" if number % 2 == 0 else "B": "" if number % 2 == 0 else b""}}
        room = LARGE[number] - sizes.item_bytes(item)
        draws = Draws(self.seed, self.table.name, number, "filler")
        filler: Value = {"B": draws.octets(room)} if number % 2 else {"S": draws.octets(room // 2 + 1).hex()[:room]}
        return {**item, "filler": filler}

    def _expiry(self, draws: Draws) -> Value:
        passed = timedelta(seconds=1 + draws.below(_JUST_EXPIRED))
        longest = timedelta(days=1 + draws.below(400))
        ends = draws.one((self.begin - passed, self.begin - 6 * _YEAR, *(self.begin + longest for _ in range(5)), None))
        return {"N": str(int(ends.timestamp()))} if ends else {"S": "never"}

    def _attribute(self, key: KeyAttribute, number: int, name: str) -> Value:
        if key.type is AttributeType.NUMBER:
            return {"N": str(number + 1)}
        return {"B": name.encode()} if key.type is AttributeType.BINARY else {"S": name}

    def _name(self, number: int) -> str:
        group, member = divmod(number, len(_SUFFIXES))
        return f"{self._hash(group)[:16]}-{group:08d}-{_SUFFIXES[member]}"

    def _hash(self, group: int) -> str:
        return hashlib.sha256(f"{self.seed}/{self.table.name}/{group}".encode()).hexdigest()
