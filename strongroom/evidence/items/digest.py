"""One digest of all items of a table, whatever the order in which, and the parts in how many, they are read.

The SHA-256 of each item's canonical form is stretched by SHAKE128 to 4,032 bits, and the digest is the sum modulo
2^4032: AdHash of Bellare and Micciancio, "A New Paradigm for Collision-free Hashing: Incrementality at Reduced Cost",
1997, which Clarke, Devadas, van Dijk, Gassend and Suh, "Incremental Multiset Hash Functions and Their Application to
Memory Integrity Checking", 2003, extend to multisets as MSet-Add-Hash by keeping the number of elements beside the sum.

Against accidents 256 bits would do: any change moves the sum by what is as good as random. Against somebody who may
choose items, MSet-Add-Hash with 256 bits is safe only as long as its key is secret, which the key of lasting evidence
is not; without a key, Wagner, "A Generalized Birthday Problem", 2002, finds items with a wanted sum modulo 2^n in about
2^(2 sqrt(n)) steps. That is 2^32 for 256 bits and 2^127 for the 4,032 bits taken here, about as many as two items of
one SHA-256 take to find, so this digest needs no key. 4,032 bits are three whole blocks of SHAKE128: 4,096 would take
a fourth. XOR in place of the sum would be broken by linear algebra at any length.
"""

import hashlib
from dataclasses import dataclass
from typing import Final, Self

_SUM_BYTES: Final = 504
_MODULUS: Final = 1 << 8 * _SUM_BYTES
_NAME: Final = "strongroom table digest 2"


@dataclass(frozen=True)
class Summary:
    """What a digest came to: short enough to print, to keep and to compare."""

    count: int
    """Items."""
    canonical_bytes: int
    """Bytes of their canonical forms."""
    digest: str
    """SHA-256 of count, bytes and sum; hexadecimal."""


class Digest:
    """The digest of the items added so far. Several threads add to one each and combine them."""

    __slots__ = ("canonical_bytes", "count", "sum")

    def __init__(self) -> None:
        self.count = 0
        """Items added."""
        self.canonical_bytes = 0
        """Bytes of their canonical forms."""
        self.sum = 0
        """Their stretched forms, added up; what lies above the modulus is dropped by `summary`."""

    def add(self, form: bytes) -> None:
        """Add an item by its canonical form."""
        self.sum += int.from_bytes(hashlib.shake_128(hashlib.sha256(form).digest()).digest(_SUM_BYTES), "little")
        self.count += 1
        self.canonical_bytes += len(form)

    def combine(self, other: Self) -> Self:
        """Add all items of another digest, such as that of another segment; returns this one."""
        self.sum += other.sum
        self.count += other.count
        self.canonical_bytes += other.canonical_bytes
        return self

    def summary(self) -> Summary:
        """What the items come to."""
        total = (self.sum % _MODULUS).to_bytes(_SUM_BYTES, "little")
        text = f"{_NAME}\n{self.count} {self.canonical_bytes}\n".encode() + total
        return Summary(self.count, self.canonical_bytes, hashlib.sha256(text).hexdigest())
