"""What a table's items were at an earlier instant: their present state, with every later change undone.

Pure: the changes are given, kept elsewhere (`journals`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

Item = dict[str, Any]
"""An item in DynamoDB JSON."""
Key = tuple[Any, Any]
"""Values of partition and sort key."""
Items = dict[Any, dict[Any, Item]]
"""By partition key, then by sort key."""


class Change(NamedTuple):
    """One write of one item."""

    at: float
    """Seconds since 1970."""
    key: Key
    before: Item | None
    """None: there was no such item."""


@dataclass(frozen=True)
class Net:
    """What became of one item over a span of time."""

    key: Key
    at: float
    """Of the last write in the span."""
    before: Item | None
    after: Item | None


def items_at(now: Items, changes: Iterable[Change], instant: float) -> Items:
    """Return the items as they were at an instant, the writes of that very instant included.

    Args:
        now: The items as they are; they stay as they are.
        changes: All since the instant, in the order in which they were made; earlier ones do no harm.
        instant: Seconds since 1970.
    """
    first = dict[Key, Item | None]()
    for change in changes:
        if change.at > instant:
            first.setdefault(change.key, change.before)
    return _with(now, first)


def net_changes(now: Items, changes: Iterable[Change], start: float, end: float) -> Iterator[Net]:
    """Return what became of each item that was written in a span; one made and removed in it is left out.

    Args:
        now: The items as they are.
        changes: All since the start, in the order in which they were made.
        start: Seconds since 1970, inclusive.
        end: Seconds since 1970, exclusive.
    """
    first, last, later = dict[Key, Item | None](), dict[Key, float](), dict[Key, Item | None]()
    for change in changes:
        if start <= change.at < end:
            first.setdefault(change.key, change.before)
            last[change.key] = change.at
        elif change.at >= end:
            later.setdefault(change.key, change.before)
    for key, before in first.items():
        after = later[key] if key in later else now.get(key[0], {}).get(key[1])
        if before is not None or after is not None:
            yield Net(key, last[key], before, after)


def _with(now: Items, replaced: dict[Key, Item | None]) -> Items:
    items = {**now}
    for (partition, sort), item in replaced.items():
        # A copy of what is touched: the rest is shared with the present state.
        held = {**items.get(partition, {})}
        held.pop(sort, None)
        if item is not None:
            held[sort] = item
        items[partition] = held
        if not held:
            del items[partition]
    return items
