"""The steps of a rehearsal: what each proves, what it needs, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rehearsal.scenarios.scene import Scene


class CheckError(Exception):
    """A check did not hold."""

    def __init__(self, what: str, *, expected: object, got: object, log: Path | None = None) -> None:
        super().__init__(f"{what}: expected {expected}, got {got}")
        self.what = what
        self.expected = str(expected)
        self.got = str(got)
        self.log = log


@dataclass(frozen=True)
class Step:
    """One part of a rehearsal."""

    name: str
    proves: str
    """What its success shows, in one sentence."""
    run: Callable[[Scene], None]
    """Raises CheckError when a check does not hold."""
    needs: tuple[str, ...] = ()
    """Steps that must have held before; it may run beside any other."""
    stack: str | None = None
    """Stack whose pipeline it runs. Absent: none."""
    last: bool = False
    """Whether it waits for every other step to end, whatever came of them: it judges the whole."""


class Mark(StrEnum):
    """What came of a step."""

    HELD = "held"
    FAILED = "failed"
    NOT_RUN = "not run"


@dataclass(frozen=True)
class Result:
    """A step and what came of it."""

    step: Step
    mark: Mark
    seconds: float = 0.0
    calls: int = 0
    """AWS calls that were made while it ran: by its stack's pipeline or, when it has none, by anybody."""
    failure: CheckError | None = None


def expect(what: str, *, expected: object, got: object, log: Path | None = None) -> None:
    """Hold when both are equal.

    Raises:
        CheckError: they are not.
    """
    if expected != got:
        raise CheckError(what, expected=expected, got=got, log=log)
