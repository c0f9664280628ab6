"""One rehearsal as its report tells it, and whether it may be called green."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rehearsal.local.world import World
from rehearsal.report.findings import Attempt, Found, LossFinding, RecoveryFinding, TableFinding
from rehearsal.scenarios.step import Mark, Result


@dataclass(frozen=True)
class Story:
    """What was done, what came of it, and what was found out."""

    results: Sequence[Result]
    """Every step, in order."""
    seconds: float
    """How long the whole took."""
    engine_version: str
    """Of the Pulumi engine that was run."""
    world: World
    found: Found = field(default_factory=Found)
    """What steps told. Default: nothing, and the report says so."""

    @property
    def green(self) -> bool:
        """Whether every check held and there was one, no table differs, and nothing that must be stopped was not."""
        held = bool(self.results) and all(result.mark is Mark.HELD for result in self.results)
        return held and not self.unequal and not self.unstopped

    @property
    def held(self) -> int:
        """How many steps held."""
        return sum(result.mark is Mark.HELD for result in self.results)

    @property
    def unequal(self) -> tuple[TableFinding, ...]:
        """Tables that are not what they should be: other items, or another number of them."""
        tables = self.found.tables
        return tuple(one for one in tables if not one.equal or one.recovered_items != one.expected_items)

    @property
    def unstopped(self) -> tuple[Attempt, ...]:
        """Attempts that the mechanism which must stop them did not stop with a code of its own."""
        attempts = self.found.attempts
        return tuple(one for one in attempts if not one.stopped or one.got_code not in one.expected_codes)

    @property
    def recovery(self) -> RecoveryFinding | None:
        """The recovery. None: no step told of one."""
        return self.found.recoveries[-1] if self.found.recoveries else None

    def loss(self, environment: str) -> LossFinding | None:
        """Return how the account of an environment was lost. None: it was not."""
        return next((one for one in self.found.losses if one.environment == environment), None)
