"""The measurements of `strongroom verify --publish` that an alarm topic hears of.

`verify` runs every four hours. An alarm on an age takes silence for bad news, but CloudWatch looks further back for a
point before it does: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html, read
2026-11-22. The heartbeat, with zeros in its gaps, is what tells of silence in time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from components.watched_metrics import Absence
from strongroom.config import measures

_HOUR: Final = 60 * 60
HEARTBEAT: Final = Absence(
    measures.HEARTBEAT, "No verify could look everywhere in twelve hours", period_seconds=6 * _HOUR, periods=2
)


@dataclass(frozen=True)
class Above:
    """A measurement that must not be larger."""

    metric: str
    dimensions: Mapping[str, str]
    threshold: float
    says: str
    period_seconds: int = 12 * _HOUR
    """Long enough for three verifies, one of which may be late and one may fail."""


def limits(
    environment: str, max_age_hours: Mapping[str, float], max_pitr_lag_minutes: float | None
) -> Iterator[tuple[str, Above]]:
    """What must not be exceeded in an environment, by the name that each alarm has as a resource.

    Args:
        environment: Name of it.
        max_age_hours: How old the newest recovery point may be, by place.
        max_pitr_lag_minutes: How far point-in-time recovery may lie behind. None: no tables are here.
    """
    own = {measures.ENVIRONMENT: environment}
    yield "failed-verify", Above(measures.FAILURES, own, 0, "Verify found something stale, missing or wrong")
    for place, hours in max_age_hours.items():
        says = f"The newest recovery point of some table is older than {hours:g} hours in place {place}"
        yield f"stale-{place}", Above(measures.AGE_HOURS, {**own, measures.PLACE: place}, hours, says)
    if max_pitr_lag_minutes is not None:
        says = f"Point-in-time recovery of some table lies more than {max_pitr_lag_minutes:g} minutes behind"
        yield "stale-pitr", Above(measures.PITR_LAG_MINUTES, own, max_pitr_lag_minutes, says)
