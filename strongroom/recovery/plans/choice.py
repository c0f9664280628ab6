"""Which recovery point each table is brought back from: the newest good ones, as close to one instant as they lie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from strongroom.aws.points import Point
from strongroom.facts import limits, schedules
from strongroom.recovery.errors import GuardError, RequestError
from strongroom.recovery.instants import told
from strongroom.recovery.plans import reasons
from strongroom.recovery.plans.plan import Chosen, Fallback, Missing
from strongroom.recovery.plans.usable import Held, is_of

CLOSE: Final = timedelta(minutes=schedules.DAILY.start_window_minutes)
"""Points of one run of the plans lie this close together: AWS starts a run's jobs within the window."""
LANDING: Final = timedelta(days=30)
"""How long a copy is kept in the new account at least, should nobody clean up."""


@dataclass(frozen=True)
class Asked:
    """What points are wanted."""

    tables: Sequence[str]
    at: datetime | None = None
    """No point may be newer. None: the newest ones."""
    overrides: Mapping[str, str] = field(default_factory=dict[str, str])
    """ARN of the point to take, by table."""


@dataclass(frozen=True)
class Choice:
    """One set of points."""

    chosen: tuple[Chosen, ...]
    missing: tuple[Missing, ...]

    @property
    def spread(self) -> timedelta:
        """Time from the oldest chosen point to the newest."""
        taken = [one.created for one in self.chosen]
        return max(taken) - min(taken) if taken else timedelta()


def choose(asked: Asked, held: Held) -> Choice:
    """Choose for each table the newest point that can be brought back.

    Raises:
        RequestError: a point that was asked for is none of that table.
        GuardError: a point that was asked for cannot be brought back.
    """
    picked = {table: _pick(table, asked, held) for table in asked.tables}
    found = {table: point for table, point in picked.items() if point is not None}
    newest = max((point.created for point in found.values()), default=held.now)
    lost = [table for table in picked if table not in found]
    return Choice(
        chosen=tuple(
            _chosen(table, point, held, _older(table, point, newest, asked, held)) for table, point in found.items()
        ),
        missing=tuple(Missing(table=table, why=reasons.none(table, held, asked.at)) for table in lost),
    )


def landing_days(age: timedelta) -> int:
    """Days to keep a copy of a point of that age.

    AWS counts them from the point's creation, so that a short life would be over before the copy is made:
    https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html, read 2026-11-22.
    """
    return min((age + LANDING).days + 1, limits.RETENTION_DAYS.high)


def _pick(table: str, asked: Asked, held: Held) -> Point | None:
    if table in asked.overrides:
        return _asked_for(table, asked.overrides[table], held)
    return next(iter(held.usable(table, asked.at)), None)


def _asked_for(table: str, arn: str, held: Held) -> Point:
    given = f"--point {table}={arn}"
    lie = [point for points in held.points.values() for point in points if point.arn == arn]
    if not lie:
        raise RequestError(f"{given}: there is no such point in {', '.join(held.tiers)}; give one of {table}")
    mine = next((point for point in lie if is_of(point, table)), None)
    if mine is None:
        raise RequestError(f"{given}: this is a point of {lie[0].resource_arn}; give one of {table}")
    fault = held.fault(mine)
    if fault is not None:
        raise GuardError(f"{given}: the point of {told(mine.created)} {fault}; give another one")
    return mine


def _older(table: str, point: Point, newest: datetime, asked: Asked, held: Held) -> str | None:
    late = newest - point.created > CLOSE
    if table in asked.overrides:
        return "it was asked for with --point" if late else None
    return reasons.older(table, point, held, asked.at, late=late)


def _chosen(table: str, point: Point, held: Held, older_because: str | None) -> Chosen:
    age = held.now - point.created
    return Chosen(
        table=table,
        point_arn=point.arn,
        vault=point.vault,
        tier=held.tiers[point.vault],
        created=point.created,
        size_bytes=point.size_bytes,
        older_because=older_because,
        rpo_seconds=_seconds(age),
        landing_days=landing_days(age),
        fallback=_fallback(point, held),
    )


def _fallback(point: Point, held: Held) -> Fallback | None:
    older = (one for one in held.usable(point.table, point.created) if one.created < point.created)
    other = next(older, None)
    if other is None:
        return None
    return Fallback(
        point_arn=other.arn,
        vault=other.vault,
        tier=held.tiers[other.vault],
        created=other.created,
        rpo_delta_seconds=_seconds(point.created - other.created),
        landing_days=landing_days(held.now - other.created),
    )


def _seconds(length: timedelta) -> int:
    return max(int(length.total_seconds()), 0)
