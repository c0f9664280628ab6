"""Which items of two sources differ, named by key, in memory that does not grow with the table.

Both sources are read once into a digest for each of some buckets of keys. Where all buckets agree, that is all. Else
both are read again, and only the items of buckets that differ are remembered, as many as the limit lets.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from strongroom.evidence.items import canonical, sources
from strongroom.evidence.items.digest import Digest, Summary
from strongroom.evidence.items.keys import TableKeys
from strongroom.evidence.items.sources import Source
from strongroom.facts.items import Item

_BUCKETS: Final = 1024
_REMEMBERED: Final = 100_000
_HASH_BYTES: Final = 32


class ChangedError(Exception):
    """A source was not the same when it was read again; the text says which and what to do."""


@dataclass(frozen=True)
class Limits:
    """How much a comparison may remember."""

    buckets: int = _BUCKETS
    """Each takes about half a KiB of each part that is read at one time."""
    remembered: int = _REMEMBERED
    """Items of buckets that differ, from both sources together; at least one bucket is always looked into."""


@dataclass(frozen=True)
class Differences:
    """Keys of the items that differ."""

    missing: tuple[Item, ...] = ()
    """Expected, and not there."""
    surplus: tuple[Item, ...] = ()
    """There, and not expected, or there more than once."""
    different: tuple[Item, ...] = ()
    """There, with other content."""
    buckets_left: int = 0
    """Buckets that differ and were not looked into, because of the limit."""


@dataclass(frozen=True)
class Comparison:
    """What came of comparing two sources."""

    expected: Summary
    actual: Summary
    differences: Differences

    @property
    def same(self) -> bool:
        """Whether both hold the same items."""
        return self.expected == self.actual


@dataclass(frozen=True)
class _Record:
    key: Item
    content: bytes


@dataclass(frozen=True)
class _Reader:
    """Reads one source by buckets."""

    source: Source
    keys: TableKeys
    buckets: int

    def digests(self) -> list[Digest]:
        total = [Digest() for _ in range(self.buckets)]
        for part in sources.each(self.source, self._digests_of):
            for whole, one in zip(total, part, strict=True):
                whole.combine(one)
        return total

    def records(self, buckets: frozenset[int]) -> Iterator[tuple[bytes, _Record]]:
        for part in sources.each(self.source, partial(self._records_of, buckets)):
            yield from part

    def _digests_of(self, items: Iterable[Item]) -> list[Digest]:
        digests = [Digest() for _ in range(self.buckets)]
        for item in items:
            digests[self._bucket(self.keys.form(item))].add(canonical.encode(item))
        return digests

    def _records_of(self, buckets: frozenset[int], items: Iterable[Item]) -> list[tuple[bytes, _Record]]:
        found: list[tuple[bytes, _Record]] = []
        for item in items:
            key = self.keys.form(item)
            if self._bucket(key) in buckets:
                content = hashlib.blake2b(canonical.encode(item), digest_size=_HASH_BYTES).digest()
                found.append((key, _Record(self.keys.of(item), content)))
        return found

    def _bucket(self, key: bytes) -> int:
        return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "little") % self.buckets


@dataclass
class _Named:
    missing: list[Item] = field(default_factory=list[Item])
    surplus: list[Item] = field(default_factory=list[Item])
    different: list[Item] = field(default_factory=list[Item])


def compare(expected: Source, actual: Source, keys: TableKeys, limits: Limits | None = None) -> Comparison:
    """Compare two sources and name what differs.

    Args:
        expected: What should be there; each key once.
        actual: What is there.
        keys: Key attributes of the table.
        limits: What may be remembered. Default: 1,024 buckets and 100,000 items.

    Raises:
        MalformedItemError: an item is malformed or lacks its key.
        ChangedError: a source gave other items when it was read again, or expects two items of one key.
        AwsError: a page cannot be read.
    """
    bounds = limits or Limits()
    wanted, found = (_Reader(source, keys, bounds.buckets) for source in (expected, actual))
    pairs = list(zip(wanted.digests(), found.digests(), strict=True))
    sides = [_whole([pair[side] for pair in pairs]) for side in (0, 1)]
    differ = [number for number, (one, other) in enumerate(pairs) if one.summary() != other.summary()]
    if not differ:
        return Comparison(sides[0], sides[1], Differences())
    looked = _chosen(differ, {number: pairs[number][0].count + pairs[number][1].count for number in differ}, bounds)
    named = _named(wanted, found, looked)
    return Comparison(
        sides[0],
        sides[1],
        Differences(tuple(named.missing), tuple(named.surplus), tuple(named.different), len(differ) - len(looked)),
    )


def _whole(digests: Iterable[Digest]) -> Summary:
    total = Digest()
    for one in digests:
        total.combine(one)
    return total.summary()


def _chosen(differ: list[int], counts: Mapping[int, int], limits: Limits) -> frozenset[int]:
    chosen = [differ[0]]
    room = limits.remembered - counts[differ[0]]
    for number in differ[1:]:
        room -= counts[number]
        if room < 0:
            break
        chosen.append(number)
    return frozenset(chosen)


def _named(wanted: _Reader, found: _Reader, buckets: frozenset[int]) -> _Named:
    records: dict[bytes, _Record] = {}
    for key, record in wanted.records(buckets):
        if key in records:
            raise ChangedError(f"two items of key {dict(record.key)} are expected; a table holds one")
        records[key] = record
    named = _Named()
    for key, record in found.records(buckets):
        expected = records.pop(key, None)
        if expected is None:
            named.surplus.append(record.key)
        elif expected.content != record.content:
            named.different.append(record.key)
    named.missing.extend(record.key for record in records.values())
    if not (named.missing or named.surplus or named.different):
        raise ChangedError("the items differed at first and not any more; compare again when nobody writes")
    return named
