"""One item, one digit, one member: whatever the smallest change is, the digest shows it and the comparison names it."""

from datetime import UTC, datetime, timedelta

import pytest

from rehearsal.items.expected import keys
from rehearsal.items.history import History
from rehearsal.items.tweaks import tweaks
from strongroom.config.tables import AttributeType, KeyAttribute, TableSettings
from strongroom.config.tiers import DataClass
from strongroom.evidence.items import canonical, reading
from strongroom.evidence.items.comparison import compare
from strongroom.facts.items import Item
from tests.strongroom.evidence.items.wire import Listed

_BEGIN = datetime(2026, 11, 22, tzinfo=UTC)
_TABLE = TableSettings(
    name="prod-submit-bundles",
    data_class=DataClass.STANDARD,
    hash_key=KeyAttribute(name="hashedSub"),
    range_key=KeyAttribute(name="bundleId", type=AttributeType.STRING),
    ttl_attribute="ttl",
)
_KEYS = keys(_TABLE)
_ITEMS = [item for item in History(7, _BEGIN, items=48).first(_TABLE) if "filler" not in item]
_DIGEST = reading.of(_ITEMS).summary()


@pytest.mark.parametrize("place", range(len(_ITEMS)))
def test_every_small_change_of_an_item_changes_its_form(place: int) -> None:
    item = _ITEMS[place]
    form = canonical.encode(item)
    names = [tweak.name for tweak in tweaks(item, _KEYS.of(item)) if canonical.encode(tweak.item) == form]
    assert names == []


@pytest.mark.parametrize(
    "change", ["digit", "member gone", "of member", "text in NF", "a bit", "flag", "absent", "order", "type"]
)
def test_the_comparison_names_the_one_item_that_differs(change: str) -> None:
    place, tweak = next(
        (place, tweak)
        for place, item in enumerate(_ITEMS)
        for tweak in tweaks(item, _KEYS.of(item))
        if change in tweak.name
    )
    found = compare(Listed(_ITEMS), Listed([*_ITEMS[:place], tweak.item, *_ITEMS[place + 1 :]], parts=3), _KEYS)
    assert not found.same
    assert found.actual.digest != _DIGEST.digest == found.expected.digest
    assert found.differences.different == (_KEYS.of(_ITEMS[place]),)
    assert not found.differences.missing
    assert not found.differences.surplus


def _other() -> Item:
    return next(iter(History(8, _BEGIN + timedelta(days=1), items=1).first(_TABLE)))


def test_the_comparison_names_the_one_item_that_is_missing() -> None:
    found = compare(Listed(_ITEMS), Listed(_ITEMS[1:]), _KEYS)
    assert not found.same
    assert found.differences.missing == (_KEYS.of(_ITEMS[0]),)
    assert not found.differences.surplus + found.differences.different


def test_the_comparison_names_the_one_item_that_is_surplus() -> None:
    found = compare(Listed(_ITEMS), Listed([*_ITEMS, _other()]), _KEYS)
    assert not found.same
    assert found.differences.surplus == (_KEYS.of(_other()),)
    assert not found.differences.missing + found.differences.different
