"""What a step of a rehearsal leaves for later ones, beyond what the local AWS itself keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from rehearsal.items.history import History
from rehearsal.local.fresh import Fresh
from rehearsal.local.operator import Operator
from rehearsal.scenarios.said import Outcome

SEED: Final = 20261122
"""Of the generator of items."""
_MARGIN: Final = timedelta(hours=3)
"""The longest that a rehearsal may be on its way before the first change, besides the months."""
_HOUR: Final = timedelta(hours=1)
_PAST_THE_HOUR: Final = timedelta(minutes=7, seconds=30)
"""Rules of a plan start at whole hours: no change is made at an instant at which a point is taken."""
_EVERY: Final = timedelta(hours=1)
_TOGETHER: Final = 6
_CHANGES: Final = 2_000
_MANY: Final = 8_400
_FEW: Final = 200


@dataclass
class Ledger:
    """Written by one step, and read by those that need it."""

    begin: datetime
    """When the first items of all tables had been written, as their histories say."""
    changed_until: datetime
    """Changes up to this instant have been made."""
    last_night: datetime | None = None
    """When the last points of the account were taken that is lost later."""
    lost: datetime | None = None
    """When it was."""
    fresh: Fresh | None = None
    """The account that takes its place."""
    operator: Operator | None = None
    """Who brings it back."""
    tiers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Tier of the point that each table is brought back from."""
    outcome: Outcome | None = None
    """What the recovery came to."""

    def history(self, environment: str) -> History:
        """Return what is ever written into the tables of an environment."""
        items = _MANY if environment in _LARGE else _FEW
        return History(SEED, self.begin, items=items, changes=_CHANGES, every=_EVERY, together=_TOGETHER)


_LARGE: Final = frozenset({"prod"})
"""Environments whose tables hold so many items that a recovery is worth its name."""


def opened(now: datetime, passing: timedelta) -> Ledger:
    """Return the ledger of a rehearsal that turns its clock forward by `passing` before the first change is made.

    Args:
        now: Time of the virtual clock when the rehearsal begins.
        passing: What the months take.
    """
    earliest = (now + passing + _MARGIN).astimezone(UTC)
    whole = earliest.replace(minute=0, second=0, microsecond=0)
    begin = whole + _HOUR + _PAST_THE_HOUR
    return Ledger(begin, begin)
