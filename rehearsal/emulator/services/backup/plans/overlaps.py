"""Which runs of a plan's rules go ahead where their start windows overlap: decided by times and retentions alone."""

# https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html (read 2026-11-22)

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Run:
    """One occurrence of a rule's schedule."""

    order: int
    """The rule's place in its plan."""
    starts: datetime
    window: timedelta
    """How long after `starts` its jobs may begin."""
    days: int | None
    """How long its points live; None: for ever."""


def overlap(one: Run, other: Run) -> bool:
    """Return whether two start windows share any time; one that begins when the other ends does not."""
    return one.starts < other.starts + other.window and other.starts < one.starts + one.window


def outlives(one: Run, other: Run) -> bool:
    """Return whether a run's points live longer; of equal lives those of the plan's earlier rule count as longer."""
    if one.days == other.days:
        return one.order < other.order
    return one.days is None or (other.days is not None and one.days > other.days)


def gives_way(run: Run, others: Iterable[Run]) -> bool:
    """Return whether a run is left out because one that overlaps it keeps its points longer."""
    return any(overlap(run, other) and outlives(other, run) for other in others)
