"""Which recovery points can be brought back: the rest is named with its reason, never silently passed over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final

from strongroom.aws.points import Point
from strongroom.config.settings import TierName

_COLD: Final = "COLD"
_ACCOUNT: Final = 4
"""Where an ARN names its account."""


@dataclass(frozen=True)
class Held:
    """What the central vaults of one source hold."""

    account: str
    """The backup account: a point of another one cannot be copied from here."""
    tiers: Mapping[str, TierName]
    """Tier by the name of its vault."""
    points: Mapping[str, Sequence[Point]]
    """Points by the name of their vault, in any order."""
    now: datetime
    """By the clock of AWS."""
    gone: Mapping[str, str] = field(default_factory=dict[str, str])
    """What is wrong with a point though its listing looks well, by its ARN: "has vanished"."""

    def of(self, table: str, at: datetime | None = None) -> list[Point]:
        """Points of a table, the newest first, and of one instant the one that is kept longest.

        Args:
            table: Name of the table.
            at: No point may be newer. None: all of them.
        """
        return [point for point in self._by_table.get(table, ()) if at is None or point.created <= at]

    @cached_property
    def tables(self) -> frozenset[str]:
        """Every table that there is a point of."""
        return frozenset(self._by_table)

    def usable(self, table: str, at: datetime | None = None) -> list[Point]:
        """Those of `of` that can be brought back."""
        return [point for point in self.of(table, at) if self.fault(point) is None]

    def fault(self, point: Point) -> str | None:
        """Why a point cannot be brought back, as the rest of a sentence that begins with it; None where it can."""
        if point.arn in self.gone:
            return self.gone[point.arn]
        if not point.whole:
            return f"is {point.status}"
        if point.storage_class == _COLD or (point.cold_at is not None and point.cold_at <= self.now):
            # https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html, read 2026-11-22.
            return "is in cold storage, from where AWS copies nothing"
        owner = account_of(point.arn)
        return None if owner == self.account else f"belongs to account {owner}, not to the backup account"

    @cached_property
    def _by_table(self) -> Mapping[str, Sequence[Point]]:
        """Made once, because a vault holds thousands of points."""
        found: dict[str, list[Point]] = {}
        for point in (one for vault in self.tiers for one in self.points.get(vault, ())):
            if is_of(point, point.table):
                found.setdefault(point.table, []).append(point)
        return {table: sorted(points, key=_rank, reverse=True) for table, points in found.items()}


def is_of(point: Point, table: str) -> bool:
    """Whether a point was taken of the DynamoDB table of that name."""
    parts = point.resource_arn.split(":", 5)
    return parts[2:3] == ["dynamodb"] and parts[-1] == f"table/{table}"


def account_of(arn: str) -> str:
    """The account that an ARN names; empty where it names none."""
    parts = arn.split(":")
    return parts[_ACCOUNT] if len(parts) > _ACCOUNT else ""


def _rank(point: Point) -> tuple[datetime, bool, float, str]:
    kept = point.deleted_at.timestamp() if point.deleted_at else 0.0
    return point.created, point.deleted_at is None, kept, point.arn
