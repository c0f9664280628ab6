"""Why a table is brought back from an older point than the others, or from none."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from strongroom.aws.points import Point
from strongroom.recovery.instants import age, told
from strongroom.recovery.plans.plan import Chosen
from strongroom.recovery.plans.usable import Held

_TOLD: Final = 3
"""Bad points that are named one by one."""


def older(table: str, point: Point, held: Held, at: datetime | None, *, late: bool) -> str | None:
    """Why a table's point is not newer; None where nothing is to be said.

    Args:
        table: Name of the table.
        point: What was chosen for it.
        held: All points.
        at: No point was to be newer. None: the newest was wanted.
        late: Whether most of the set is newer.
    """
    bad = _bad([one for one in held.of(table, at) if one.created > point.created], held)
    if bad:
        return bad
    return "no newer point of it is in the central vaults" if late else None


def none(table: str, held: Held, at: datetime | None) -> str:
    """Why a table has no point that can be used."""
    bad = _bad(held.of(table, at), held)
    if bad:
        return bad
    when = f" at or before {told(at)}" if at and held.of(table) else ""
    return f"no point of it{when} is in the central vaults"


def offer(one: Chosen) -> str:
    """What can be taken instead of a point that could not be copied, and what that costs."""
    if one.fallback is None:
        return f"there is no older point of table {one.table} that can be used"
    return (
        f"the next older point of table {one.table} is of {told(one.fallback.created)}, and"
        f" {age(timedelta(seconds=one.fallback.rpo_delta_seconds))} more of its changes are lost with it:"
        f" --point {one.table}={one.fallback.point_arn}"
    )


def _bad(points: Sequence[Point], held: Held) -> str:
    faults = [(point, held.fault(point)) for point in points]
    found = [f"the point of {told(point.created)} {fault}" for point, fault in faults if fault is not None]
    more = [f"{len(found) - _TOLD} more cannot be used either"] if len(found) > _TOLD else []
    return "; ".join([*found[:_TOLD], *more])
