"""What the doctor says of one thing that is not as a recovery needs it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad a finding is."""

    STOPS = "stops"
    """A recovery would fail, or lose a table."""
    WARNS = "warns"
    """A recovery would go through; somebody should know."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be."""

    check: str
    """Name of the check; scripts may rely on it."""
    level: Level
    what: str
    """What was found, in one sentence."""
    where: str
    """Account, and region where there is one."""
    why: str
    """What a recovery needs it for."""
    fix: str
    """Command that mends it; where there is none, what to do."""


def stops(check: str, what: str, where: str, why: str, fix: str) -> Finding:
    """A finding that a recovery would fail by."""
    return Finding(check, Level.STOPS, what, where, why, fix)


def warns(check: str, what: str, where: str, why: str, fix: str) -> Finding:
    """A finding that a recovery would survive."""
    return Finding(check, Level.WARNS, what, where, why, fix)
