"""Which items still live: DynamoDB deletes expired ones in its own time, and a restore brings them back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from strongroom.evidence.items import numbers
from strongroom.facts import items
from strongroom.facts.items import Item

_IGNORED_AFTER: Final = timedelta(days=365 * items.TTL_PAST_YEARS)


@dataclass(frozen=True)
class Living:
    """Says of each item whether it may still be expected at an instant."""

    attribute: str | None
    """Attribute that holds the expiry time in seconds since 1970. None: items never expire."""
    instant: datetime
    """With a time zone."""

    def __call__(self, item: Item) -> bool:
        """Whether the item has not expired.

        What is no number expires never, and neither does what ended longer ago than DynamoDB looks back.

        Raises:
            MalformedItemError: the expiry time is a malformed number.
        """
        held = item.get(self.attribute, {}).get("N") if self.attribute else None
        if not isinstance(held, str):
            return True
        sign, digits, exponent = numbers.parts(held)
        ends = Decimal(f"{sign}{digits}e{exponent}")
        begun = self.instant - _IGNORED_AFTER
        return not Decimal(int(begun.timestamp())) <= ends < Decimal(int(self.instant.timestamp()))
