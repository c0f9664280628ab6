"""How long copies are kept in each tier."""

from pydantic import StrictInt, ValidationInfo, field_validator

from strongroom.config.fields import Section
from strongroom.config.lifecycle import Lifecycle, LockBounds
from strongroom.config.tiers import DAILY, MONTHLY, TIERS, WEEKLY, Tier
from strongroom.facts import names


class Retention(Section):
    """Days that copies are kept, by tier. Source and central stack must say the same, because vault names hold it."""

    daily: StrictInt = DAILY.default_days
    weekly: StrictInt = WEEKLY.default_days
    monthly: StrictInt = MONTHLY.default_days

    @field_validator("daily", "weekly", "monthly")
    @classmethod
    def _within_the_tier(cls, days: int, info: ValidationInfo) -> int:
        return TIERS[str(info.field_name)].check(days)

    def days(self, tier: Tier) -> int:
        """Days that a copy in `tier` is kept."""
        return {"daily": self.daily, "weekly": self.weekly, "monthly": self.monthly}[tier.name]

    def lifecycle(self, tier: Tier) -> Lifecycle:
        """Life of a copy in `tier`: always warm, because a cold point cannot be copied to a fresh account."""
        return Lifecycle(self.days(tier))

    def lock(self, tier: Tier) -> LockBounds:
        """Lives that the central vault of `tier` accepts: a copy sent with a shorter one fails."""
        return LockBounds(self.days(tier), tier.ceiling_days)

    def central_vault(self, source: str, tier: Tier) -> str:
        """Name of the central vault that a source's copies in `tier` land in."""
        bounds = self.lock(tier)
        return names.central_vault(source, tier.name, bounds.min_days, bounds.max_days)
