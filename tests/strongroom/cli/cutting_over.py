"""A table that lost, changed and got an item, beside what it was restored to; and the commands on the two."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from strongroom.cli import restore_copy_back, restore_diff, restore_point_to
from strongroom.cli.exits import Exit
from strongroom.cli.restore_diff import Pair
from tests.strongroom.cli.restoring import PASSES, PROD, RESTORED, Counter, item

POINTER = f"/strongroom/prod/tables/{PASSES}"
OLD = (item("changed", paid="no"), item("lost", name="Ada"), item("same", x="1"))
NEW = (item("changed", paid="yes"), item("same", x="1"), item("young"))


def beside(folder: Path) -> Counter:
    """The two tables."""
    made = Counter(folder)
    made.hold(*NEW)
    made.have(RESTORED, *OLD)
    return made


def pair(counter: Counter, options: dict[str, object]) -> Pair:
    """Takes out of the options what belongs to the pair."""
    given = {name: options.pop(name) for name in ("restored", "first", "remember") if name in options}
    return replace(Pair(counter.where, RESTORED), **given)


def diff(counter: Counter, **options: object) -> Exit:
    return restore_diff.run(replace(restore_diff.Options(pair(counter, options)), **options), counter.doors)


def copy_back(counter: Counter, **options: object) -> Exit:
    return restore_copy_back.run(replace(restore_copy_back.Options(pair(counter, options)), **options), counter.doors)


def point_to(counter: Counter, restored: str = RESTORED, **options: object) -> Exit:
    asked = replace(restore_point_to.Options(counter.where, restored), **options)
    return restore_point_to.run(asked, counter.doors)


def writes(counter: Counter) -> int:
    return counter.aws.wire.count("item_writer.*")


def act(counter: Counter, deed: Callable[[], None]) -> None:
    """Let something happen while the question is open."""
    counter.typed = ""

    def ask(question: str) -> str:
        counter.questions.append(question)
        deed()
        return f"{PROD} prod"

    counter.ask = ask  # type: ignore[method-assign]
