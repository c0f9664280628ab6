"""A recovery of a lost prod in memory, carried out as often as a test likes."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import ParamSpec, TypeVar

from strongroom.facts.items import Item
from strongroom.recovery.plans.plan import Plan
from strongroom.recovery.runs import executor, folder
from strongroom.recovery.runs.folder import Folder
from strongroom.recovery.runs.history import History
from strongroom.recovery.runs.outcome import Outcome, outcome
from strongroom.recovery.runs.waiting import Pauses
from tests.strongroom.recovery.loss import FRESH, Loss, point, settings

TABLES = ("receipts", "bundles", "passes")
P = ParamSpec("P")
T = TypeVar("T")


class Here(Executor):
    """Does at once what it is given, in the thread that gives it."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        done = Future[T]()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as fault:  # noqa: BLE001 - as every executor does
            done.set_exception(fault)
        return done


def items(table: str, count: int = 3) -> tuple[Item, ...]:
    """What the newest point of a table holds."""
    return tuple({"id": {"S": f"{table}-{number}"}} for number in range(count))


def lost(*tables: str) -> Loss:
    """A lost prod with items in its newest points."""
    loss = Loss(settings(*(tables or TABLES)))
    for table in loss.declared.tables:
        loss.have(point(table.name), items(table.name))
    return loss


@dataclass
class Recovery:
    """One recovery."""

    runs: Path
    loss: Loss = field(default_factory=lost)
    seed: int = 1
    poll: float = 15.0
    """Seconds of the first pause between two looks."""
    told: list[str] = field(default_factory=list[str])

    def begin(self, plan: Plan | None = None) -> Folder:
        """Write the plan down."""
        return folder.begin(self.runs, plan or self.loss.plan())

    def run(self, at: Folder) -> History:
        """One session; the whole of the run if nothing stops it."""
        clock = self.loss.aws.clock
        doors = executor.Doors(
            aws=self.loss.sessions,
            pauses=Pauses(Random(self.seed), self.poll),  # noqa: S311 - spreads pauses, keeps no secret
            sleep=clock.sleep,
            monotonic=clock.monotonic,
            pool=Here(),
            told=self.told.append,
        )
        with at.locked():
            return executor.run(at, doors)

    def whole(self) -> Outcome:
        """From the plan to the end."""
        return outcome(self.run(self.begin()))

    def state(self) -> dict[str, object]:
        """What is there at AWS when all is over, as far as it should not depend on the way there."""
        own = self.loss.aws.account(FRESH)
        backup = self.loss.aws.accounts["333333333333"]
        return {
            "tables": {
                name: (one.content, one.pitr_days, one.deletion_protection, one.stream, one.ttl_attribute, one.tags)
                for name, one in own.tables.items()
            },
            "keys": len(own.keys),
            "vaults": sorted(own.vaults),
            "copies": len(backup.copies),
            "restores": len(own.restores),
        }
