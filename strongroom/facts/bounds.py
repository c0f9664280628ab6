"""A range of whole numbers that AWS enforces, with the page that states it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Bound:
    """An inclusive range of whole numbers."""

    of: str
    """What is bounded, with its unit, as an error sentence needs it."""
    low: int
    high: int
    source: str
    """Address of the page that states it."""
    read: date

    def check(self, got: int) -> int:
        """Return `got` when it lies inside.

        Raises:
            ValueError: it does not; the sentence says what, allowed and got.
        """
        if not self.low <= got <= self.high:
            raise ValueError(f"{self.of} must be {self.low} to {self.high}, got {got}")
        return got
