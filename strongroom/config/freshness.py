"""How old the newest copy of a table may be in each place, because an age is judged only against what was promised.

The newest point of a tier is oldest right before the next one is done: a period, the window in which the job may start,
the one in which it must end, and a grace for what AWS takes by itself and for the hour of a clock change.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from strongroom.config import manifest
from strongroom.config.settings import CentralSettings, Settings
from strongroom.config.tiers import Tier
from strongroom.facts import delays, limits
from strongroom.facts.schedules import Schedule

LOCAL: Final = "local"
"""Place of the points beside the tables; every tier lands there, so that the most frequent one counts."""

PITR: Final = delays.PITR_BEHIND + timedelta(minutes=10)
"""How far the head of point-in-time recovery may lie behind: AWS's own lag, and some slack."""

REPLICATION: Final = 4 * timedelta(minutes=limits.REPLICATION_TIME_MINUTES)
"""How long a replica may be PENDING; S3's promise is a quarter of it."""

_GRACE: Final = delays.COPY_STUCK
_LONGEST_MONTH_DAYS: Final = 31


def period(schedule: Schedule) -> timedelta:
    """The longest time between two runs of a schedule."""
    if schedule.day_of_week != "?":
        return timedelta(weeks=1)
    return timedelta(days=_LONGEST_MONTH_DAYS if schedule.day_of_month != "*" else 1)


def limit(tier: Tier) -> timedelta:
    """How old the newest point of a tier may be."""
    windows = tier.schedule.start_window_minutes + tier.schedule.completion_window_minutes
    return period(tier.schedule) + timedelta(minutes=windows) + _GRACE


def local(tiers: Iterable[Tier]) -> timedelta:
    """How old the newest point beside a table may be that has these tiers.

    Args:
        tiers: At least one.
    """
    return min(limit(tier) for tier in tiers)


def place(tier: Tier, source: str | None = None) -> str:
    """Name of the place of a tier's central vault.

    Args:
        tier: The tier.
        source: Name of the source, where places of several are told apart. None: there is one.
    """
    return f"{source}-{tier.name}" if source else tier.name


def hours(settings: Settings) -> dict[str, float]:
    """How old the newest recovery point may be in each place that a stack can see, in hours."""
    if isinstance(settings, CentralSettings):
        found = {place(tier, source.environment): limit(tier) for source in settings.sources for tier in source.kept_in}
    else:
        tiers = manifest.tiers(settings)
        found = {LOCAL: local(tiers), **{place(tier): limit(tier) for tier in tiers}}
    return {name: longest / timedelta(hours=1) for name, longest in found.items()}
