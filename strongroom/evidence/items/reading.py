"""The digest of a whole table, read in parts at one time."""

from collections.abc import Iterable

from strongroom.evidence.items import canonical, sources
from strongroom.evidence.items.digest import Digest
from strongroom.evidence.items.sources import Source
from strongroom.facts.items import Item


def digest(source: Source) -> Digest:
    """Return the digest of all items of a source; it holds no more of them than a page of each part at a time.

    Raises:
        MalformedItemError: an item is malformed.
        AwsError: a page cannot be read.
    """
    total = Digest()
    for part in sources.each(source, of):
        total.combine(part)
    return total


def of(items: Iterable[Item]) -> Digest:
    """Return the digest of some items.

    Raises:
        MalformedItemError: an item is malformed.
    """
    digest = Digest()
    for item in items:
        digest.add(canonical.encode(item))
    return digest
