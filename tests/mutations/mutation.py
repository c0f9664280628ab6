"""How a weakening edit is written down."""

from dataclasses import dataclass
from enum import StrEnum


class Judge(StrEnum):
    """Who can refuse an edit."""

    CONSTRUCTION = "construction"
    """The settings or the program itself: nothing is made of them."""
    CHECK = "check"
    """`strongroom check`, without the pack."""
    PACK = "pack"
    """The policy pack, without the engine."""
    GATE = "gate"
    """`strongroom gate`, by the change of the program or of what judges it."""
    PIPELINE = "pipeline"
    """The tests of the workflows, which the check of a change runs."""


@dataclass(frozen=True)
class Mutation:
    """One edit that weakens a backup."""

    name: str
    file: str
    """File of the checkout; it is made where it is not there."""
    old: str
    """Text that is replaced wherever it stands; empty puts `new` in the place of all."""
    new: str
    refused_by: Judge
    """Who has to refuse it; others may as well."""
    stack: str = "prod"
    """Stack whose program is judged."""
