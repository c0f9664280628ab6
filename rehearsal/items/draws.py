"""Numbers and bytes that follow from a label alone, in every process and every version of Python."""

import hashlib
from collections.abc import Sequence
from typing import Final, TypeVar

_BLOCK_BYTES: Final = 512
_NUMBER_BYTES: Final = 4

One = TypeVar("One")


class Draws:
    """A stream of draws; the same label gives the same stream. Not for secrets."""

    def __init__(self, *label: object) -> None:
        """Start the stream of a label; its parts must not hold a slash."""
        self._label = "/".join(map(str, label))
        self._blocks = 0
        self._ahead = b""
        self._used = 0

    def octets(self, number: int) -> bytes:
        """Return so many bytes."""
        if number > _BLOCK_BYTES:
            self._blocks += 1
            return self._block(number)
        if self._used + number > len(self._ahead):
            self._blocks += 1
            self._ahead, self._used = self._block(_BLOCK_BYTES), 0
        self._used += number
        return self._ahead[self._used - number : self._used]

    def below(self, bound: int) -> int:
        """Return a number from 0 to `bound` - 1, all about as likely."""
        return int.from_bytes(self.octets(_NUMBER_BYTES), "little") % bound

    def one(self, among: Sequence[One]) -> One:
        """Return one of several."""
        return among[self.below(len(among))]

    def digits(self, number: int) -> str:
        """Return so many decimal digits, none of them a zero."""
        inner = int.from_bytes(self.octets(number), "little") % 10**number
        return f"{inner:0{number}d}".replace("0", "7")

    def _block(self, length: int) -> bytes:
        return hashlib.shake_128(f"{self._label}/{self._blocks}".encode()).digest(length)
