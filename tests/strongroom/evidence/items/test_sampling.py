from strongroom.evidence.items import sampling
from strongroom.evidence.items.comparison import Differences
from strongroom.evidence.items.keys import TableKeys
from strongroom.facts.items import Item
from tests.strongroom.evidence.items.wire import FakeTables

_KEYS = TableKeys("id")
_ITEMS: list[Item] = [{"id": {"N": str(number)}, "content": {"S": "a"}} for number in range(100)]


def test_a_sample_depends_on_keys_and_salt_alone() -> None:
    one = sampling.sample(_ITEMS, _KEYS, 10, b"salt")
    assert len(one) == 10
    assert one == sampling.sample(_ITEMS[::-1], _KEYS, 10, b"salt")
    assert one != sampling.sample(_ITEMS, _KEYS, 10, b"other")


def test_a_sample_of_a_small_table_is_all_of_it() -> None:
    assert len(sampling.sample(_ITEMS[:3], _KEYS, 10, b"salt")) == 3


def test_items_that_are_as_expected_are_confirmed() -> None:
    assert sampling.confirm(FakeTables({"t": _ITEMS}), "t", _KEYS, _ITEMS[:5]) == Differences()


def test_items_that_are_missing_or_different_are_named() -> None:
    tables = FakeTables({"t": [{"id": {"N": "1"}, "content": {"S": "b"}}]})
    assert sampling.confirm(tables, "t", _KEYS, _ITEMS[:2]) == Differences(
        missing=({"id": {"N": "0"}},), different=({"id": {"N": "1"}},)
    )
