"""The oracle against tables in memory: green when they are what was written, red for the smallest change."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import cache
from typing import cast

import pytest

from rehearsal.items.expected import keys
from rehearsal.items.history import History
from rehearsal.items.tweaks import tweaks
from rehearsal.local import world
from rehearsal.local.errors import RehearsalError
from rehearsal.local.place import CHECKOUT
from rehearsal.scenarios import oracle, proving
from rehearsal.scenarios.oracle import Expected, Question, Verdict
from rehearsal.scenarios.step import CheckError
from strongroom.aws.tables import Page, Segment
from strongroom.config.tables import TableSettings
from strongroom.evidence.items.expiry import Living
from strongroom.facts.items import Item
from tests.rehearsal.items.settings import BEGIN, BUNDLES

pytestmark = pytest.mark.processes

RECEIPTS = world.read(CHECKOUT).sources["prod"].tables[0]
HISTORY = History(3, BEGIN, items=60, changes=100)
INSTANT = BEGIN + timedelta(minutes=40)
LIVING = BEGIN + timedelta(days=100)


class Memory:
    """Tables that hold what they were given, a page an item."""

    def __init__(self, table: TableSettings, items: Iterable[Item]) -> None:
        self._table = table
        self._keys = keys(table)
        self._items = {self._keys.form(item): item for item in items}

    def page(self, segment: Segment, after: Item | None) -> Page:
        mine = sorted(form for form in self._items if sum(form) % segment.of == segment.number)
        left = [form for form in mine if after is None or form > self._keys.form(after)]
        if not left:
            return Page((), None)
        item = self._items[left[0]]
        return Page((item,), self._keys.of(item) if left[1:] else None)

    def item(self, table: str, key: Item) -> Item | None:
        assert table == self._table.name
        return self._items.get(self._keys.form(key))


@cache
def expected(table: str) -> Expected:
    return oracle.ask(Question(HISTORY, [table], INSTANT, LIVING), CHECKOUT, "salt")[table]


def held(table: TableSettings) -> list[Item]:
    return list(HISTORY.expected(table, INSTANT))


def judged(table: TableSettings, items: Iterable[Item]) -> Verdict:
    return oracle.judge(Memory(table, items), table, expected(table.name), LIVING)


@pytest.mark.parametrize("table", [BUNDLES, RECEIPTS], ids=lambda table: table.name)
def test_what_was_written_until_the_instant_is_what_must_be_there(table: TableSettings) -> None:
    verdict = judged(table, held(table))
    proving.no_table_differs([verdict])
    assert verdict.equal


def test_an_item_that_expired_may_be_gone() -> None:
    alive = Living("ttl", LIVING)
    items = [item for item in held(BUNDLES) if alive(item)]
    assert len(items) < len(held(BUNDLES))
    assert judged(BUNDLES, items).equal


def living(items: list[Item]) -> int:
    alive = Living("ttl", LIVING)
    return next(number for number, item in enumerate(items) if alive(item))


def without_one(items: list[Item]) -> list[Item]:
    del items[living(items)]
    return items


def with_one_more(items: list[Item]) -> list[Item]:
    item = items[living(items)]
    return [*items, {**item, "bundleId": {"S": "of nobody"}}]


def of_an_hour_later(_: list[Item]) -> list[Item]:
    return list(HISTORY.expected(BUNDLES, INSTANT + timedelta(hours=1)))


def tweaked(word: str) -> Callable[[list[Item]], list[Item]]:
    """Make the first change of a kind that a living item can suffer."""
    alive = Living("ttl", LIVING)

    def change(items: list[Item]) -> list[Item]:
        for number, item in enumerate(items):
            for tweak in tweaks(item, cast("Mapping[str, object]", keys(BUNDLES).of(item))):
                if word in tweak.name and "ttl" not in tweak.name and alive(item) and alive(tweak.item):
                    return [*items[:number], tweak.item, *items[number + 1 :]]
        raise LookupError(word)

    return change


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(without_one, id="one item less"),
        pytest.param(with_one_more, id="one item more"),
        pytest.param(tweaked("digit"), id="one digit"),
        pytest.param(tweaked("member gone"), id="one set member"),
        pytest.param(tweaked("NFD"), id="one letter's form"),
        pytest.param(of_an_hour_later, id="another instant"),
    ],
)
def test_turns_red(change: Callable[[list[Item]], list[Item]]) -> None:
    verdict = judged(BUNDLES, change(held(BUNDLES)))
    assert not verdict.equal
    with pytest.raises(CheckError, match="prod-submit-bundles: expected"):
        proving.no_table_differs([verdict])


def test_fails_when_the_oracle_cannot_tell() -> None:
    early = Question(HISTORY, [BUNDLES.name], BEGIN - timedelta(days=1), LIVING)
    with pytest.raises(RehearsalError, match="must not lie before"):
        oracle.ask(early, CHECKOUT, "salt")
