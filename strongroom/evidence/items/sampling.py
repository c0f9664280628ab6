"""A few items looked up one by one, strongly consistent: what a scan says is not taken for what a read says."""

import hashlib
import heapq
from collections.abc import Iterable

from strongroom.aws.tables import Tables
from strongroom.evidence.items import canonical
from strongroom.evidence.items.comparison import Differences
from strongroom.evidence.items.keys import TableKeys
from strongroom.facts.items import Item


def sample(items: Iterable[Item], keys: TableKeys, number: int, salt: bytes) -> list[Item]:
    """Return so many items, or all where there are fewer; which ones depends on their keys and the salt alone.

    Args:
        items: Read once; no more than `number` of them are held.
        keys: Key attributes of the table.
        number: Items to return.
        salt: Up to 64 bytes; one that nobody could know before makes the choice one that nobody could prepare for.

    Raises:
        MalformedItemError: a key is absent or malformed.
    """
    ranked = ((hashlib.blake2b(keys.form(item), key=salt).digest(), item) for item in items)
    return [item for _, item in heapq.nsmallest(number, ranked, key=lambda one: one[0])]


def confirm(tables: Tables, table: str, keys: TableKeys, expected: Iterable[Item]) -> Differences:
    """Look each expected item up and say which are missing or different.

    Raises:
        MalformedItemError: an item is malformed.
        AwsError: an item cannot be read.
    """
    missing: list[Item] = []
    different: list[Item] = []
    for item in expected:
        key = keys.of(item)
        found = tables.item(table, key)
        if found is None:
            missing.append(key)
        elif canonical.encode(found) != canonical.encode(item):
            different.append(key)
    return Differences(tuple(missing), (), tuple(different))
