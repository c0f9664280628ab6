import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

import pytest

from rehearsal.items.expected import ExpectedSource, keys
from rehearsal.items.history import History
from strongroom.config.tables import TableSettings
from strongroom.evidence.items import canonical, reading, sizes
from strongroom.evidence.items.expiry import Living
from strongroom.facts.items import ITEM_BYTES, TYPE_TAGS, Item, Value
from tests.rehearsal.items.settings import BEGIN, BUNDLES, EVERY

_MINUTE = timedelta(minutes=1)
_HISTORY = History(3, BEGIN, items=60, changes=100)


def _by_key(table: TableSettings, items: Iterator[Item]) -> dict[bytes, bytes]:
    return {keys(table).form(item): canonical.encode(item) for item in items}


@pytest.mark.parametrize("table", EVERY, ids=lambda table: table.name)
def test_a_table_begins_with_so_many_items_of_different_keys(table: TableSettings) -> None:
    assert len(_by_key(table, _HISTORY.first(table))) == 60


@pytest.mark.parametrize("table", EVERY, ids=lambda table: table.name)
@pytest.mark.parametrize("minutes", [0, 1, 37, 100])
def test_what_is_expected_is_what_the_changes_lead_to(table: TableSettings, minutes: int) -> None:
    at = BEGIN + minutes * _MINUTE
    held = _by_key(table, _HISTORY.first(table))
    for change in _HISTORY.after(table, BEGIN, at):
        key = canonical.encode(change.key)
        if change.item is None:
            held.pop(key, None)
        else:
            assert keys(table).form(change.item) == key
            held[key] = canonical.encode(change.item)
    assert _by_key(table, _HISTORY.expected(table, at)) == held


def test_changes_put_alter_and_delete() -> None:
    before = _by_key(BUNDLES, _HISTORY.first(BUNDLES))
    after = _by_key(BUNDLES, _HISTORY.expected(BUNDLES, BEGIN + timedelta(days=1)))
    assert after.keys() - before.keys()
    assert before.keys() - after.keys()
    assert [key for key in after.keys() & before.keys() if after[key] != before[key]]


def test_changes_follow_each_other_from_one_instant_to_the_next() -> None:
    half, end = BEGIN + 50 * _MINUTE, BEGIN + timedelta(days=9)
    early, late = list(_HISTORY.after(BUNDLES, BEGIN, half)), list(_HISTORY.after(BUNDLES, half, end))
    assert [*early, *late] == list(_HISTORY.after(BUNDLES, BEGIN, end))
    assert [change.at for change in early] == [BEGIN + number * _MINUTE for number in range(1, 51)]
    assert len(late) == 50


def test_a_change_at_the_instant_has_been_made_and_one_a_second_later_has_not() -> None:
    at = BEGIN + 10 * _MINUTE
    assert len(list(_HISTORY.after(BUNDLES, BEGIN, at))) == 10
    assert len(list(_HISTORY.after(BUNDLES, BEGIN, at - timedelta(seconds=1)))) == 9


def test_the_same_seed_gives_the_same_items_and_another_one_others() -> None:
    digest = reading.of(_HISTORY.first(BUNDLES)).summary()
    assert reading.of(replace(_HISTORY).first(BUNDLES)).summary() == digest
    assert reading.of(replace(_HISTORY, seed=4).first(BUNDLES)).summary() != digest


def test_changes_may_be_made_together() -> None:
    alone, together = replace(_HISTORY, every=10 * _MINUTE), replace(_HISTORY, together=10, every=10 * _MINUTE)
    changes = list(together.after(BUNDLES, BEGIN, BEGIN + 19 * _MINUTE))
    assert [change.at for change in changes] == [BEGIN + 10 * _MINUTE] * 10
    assert [change.item for change in changes] == [
        change.item for change in alone.after(BUNDLES, BEGIN, BEGIN + 100 * _MINUTE)
    ]
    assert list(together.after(BUNDLES, BEGIN, BEGIN + 9 * _MINUTE)) == []


def test_an_empty_table_stays_empty() -> None:
    history = replace(_HISTORY, empty=frozenset({BUNDLES.name}))
    assert not list(history.expected(BUNDLES, BEGIN + timedelta(days=1)))
    assert not list(history.after(BUNDLES, BEGIN, BEGIN + timedelta(days=1)))


def test_a_source_has_each_item_in_one_part() -> None:
    whole = ExpectedSource(_HISTORY, BUNDLES, BEGIN + _MINUTE)
    assert reading.digest(replace(whole, parts=3)).summary() == reading.digest(whole).summary()


def test_fails_when_the_instant_lies_before_the_beginning() -> None:
    with pytest.raises(ValueError, match="must not lie before 2026-11-22"):
        _HISTORY.expected(BUNDLES, BEGIN - timedelta(seconds=1))


def test_fails_when_the_beginning_has_no_time_zone() -> None:
    with pytest.raises(ValueError, match="begin must have a time zone"):
        History(1, datetime(2026, 11, 22))  # noqa: DTZ001 - the very thing that is refused


def _tags(value: Value) -> Iterator[str]:
    ((kind, held),) = value.items()
    yield kind
    inner = cast("list[Value]", held) if kind == "L" else cast("Item", held).values() if kind == "M" else ()
    for one in inner:
        yield from _tags(one)


def test_every_type_of_dynamodb_is_there() -> None:
    found = {tag for item in _HISTORY.first(BUNDLES) for value in item.values() for tag in _tags(value)}
    assert found == set(TYPE_TAGS)


def test_some_keys_differ_by_their_normal_form_alone() -> None:
    written = [str(item["bundleId"]["S"]) for item in _HISTORY.first(BUNDLES)]
    assert len({unicodedata.normalize("NFC", key) for key in written}) == 40
    assert len(set(written)) == 60


@pytest.mark.parametrize("table", EVERY, ids=lambda table: table.name)
def test_there_are_items_of_390_kb_and_one_as_large_as_an_item_can_be(table: TableSettings) -> None:
    large = sorted(size for item in _HISTORY.first(table) if (size := sizes.item_bytes(item)) > 100_000)
    assert large == [399_360, 399_360, ITEM_BYTES.high]


def test_some_items_are_past_their_time_to_live_and_some_never_expire() -> None:
    items = [item for item in _HISTORY.first(BUNDLES) if "ttl" in item]
    living = Living("ttl", BEGIN)
    assert 0 < sum(not living(item) for item in items) < len(items) / 2
    assert [item for item in items if "S" in item["ttl"]]
    long_ago = str(int((BEGIN - timedelta(days=6 * 365)).timestamp()))
    assert [item for item in items if item["ttl"] == {"N": long_ago} and living(item)]


@pytest.mark.parametrize("table", EVERY, ids=lambda table: table.name)
def test_everything_written_is_well_formed(table: TableSettings) -> None:
    history = History(11, BEGIN, items=400, changes=400)
    for change in history.after(table, BEGIN, BEGIN + timedelta(days=1)):
        canonical.encode(change.item or change.key)
    assert reading.of(history.first(table)).count == 400
