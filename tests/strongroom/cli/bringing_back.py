"""`restore pitr` and `restore point` on an account in memory."""

from dataclasses import replace
from datetime import timedelta

from strongroom.cli import restore_pitr, restore_point
from strongroom.cli.exits import Exit
from strongroom.cli.restore_point import Choice
from strongroom.cli.restore_single import Options
from tests.strongroom.aws.memory_calls import NOON
from tests.strongroom.cli.restoring import Counter, item

BEFORE = "2026-11-22T11:30:00Z"
WRITES = ("table_states.restore_to", "table_states.set_*", "table_states.tag", "table_states.protect", "restores.start")


def pitr(counter: Counter, at: str | None = BEFORE, *, latest: bool = False, **options: object) -> Exit:
    asked = replace(Options(counter.where), **options)
    return restore_pitr.run(asked, at, latest, counter.doors)


def point(counter: Counter, choice: Choice | None = None, **options: object) -> Exit:
    asked = replace(Options(counter.where), **options)
    return restore_point.run(asked, choice or Choice(newest=True), counter.doors)


def writes(counter: Counter) -> int:
    return sum(counter.aws.wire.count(operation) for operation in WRITES)


def lose_a_row(counter: Counter) -> None:
    """Rows were whole until a quarter to twelve."""
    counter.aws.clock.at = NOON - timedelta(minutes=15)
    counter.hold(item("a"), item("c"))
    counter.aws.clock.at = NOON
