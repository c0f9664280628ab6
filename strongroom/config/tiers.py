"""The tiers that copies are kept in, and the data classes that name them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from strongroom.facts import schedules
from strongroom.facts.schedules import Schedule


@dataclass(frozen=True)
class Tier:
    """One schedule and the range of retentions that may be set for it."""

    name: str
    schedule: Schedule
    default_days: int
    floor_days: int
    """Shortest retention that settings may choose."""
    ceiling_days: int
    """Longest retention that a central vault of this tier accepts: data kept too long is a fault as well."""

    def check(self, days: int) -> int:
        """Return `days` when settings may choose it.

        Raises:
            ValueError: below the floor or above the ceiling.
        """
        if not self.floor_days <= days <= self.ceiling_days:
            raise ValueError(f"must be {self.floor_days} to {self.ceiling_days} days, got {days}")
        return days


DAILY: Final = Tier("daily", schedules.DAILY, default_days=35, floor_days=35, ceiling_days=90)
WEEKLY: Final = Tier("weekly", schedules.WEEKLY, default_days=90, floor_days=90, ceiling_days=366)
# HMRC asks for VAT records of six years (2,192 days with leap days), ten under the One Stop Shop (3,653); the default
# is seven, a choice. https://www.gov.uk/charge-reclaim-record-vat/keeping-vat-records, read 2026-11-22.
MONTHLY: Final = Tier("monthly", schedules.MONTHLY, default_days=2557, floor_days=2192, ceiling_days=3653)

TIERS: Final = {tier.name: tier for tier in (DAILY, WEEKLY, MONTHLY)}


class DataClass(StrEnum):
    """How much a table's loss would hurt, and for how long its data may be kept."""

    CRITICAL = "critical"
    STANDARD = "standard"
    SHORT = "short"

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """Tiers that tables of this class are copied to."""
        return _TIERS_OF[self]


_TIERS_OF: Final = {
    DataClass.CRITICAL: (DAILY, WEEKLY, MONTHLY),
    DataClass.STANDARD: (DAILY, WEEKLY),
    DataClass.SHORT: (DAILY,),
}
