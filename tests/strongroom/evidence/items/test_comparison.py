from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strongroom.evidence.items.comparison import ChangedError, Differences, Limits, compare
from strongroom.evidence.items.keys import TableKeys
from strongroom.evidence.items.malformed import MalformedItemError
from strongroom.evidence.items.sources import TableSource
from strongroom.facts.items import Item
from tests.strongroom.evidence.items.wire import FakeTables, Listed

_KEYS = TableKeys("id")


def _item(number: int, content: str = "") -> Item:
    return {"id": {"N": str(number)}, "content": {"S": content}}


def _numbers(keys: tuple[Item, ...]) -> set[str]:
    return {str(key["id"]["N"]) for key in keys}


def _listed(contents: dict[int, str], parts: int = 1) -> Listed:
    return Listed([_item(number, content) for number, content in contents.items()], parts)


_contents = st.dictionaries(st.integers(0, 30), st.sampled_from(["", "a", "b"]), max_size=12)


@settings(max_examples=60)
@given(_contents, _contents, st.integers(1, 4), st.integers(1, 5))
def test_a_comparison_finds_what_two_dictionaries_say(
    expected: dict[int, str], actual: dict[int, str], parts: int, buckets: int
) -> None:
    found = compare(_listed(expected), _listed(actual, parts), _KEYS, Limits(buckets=buckets))
    assert found.same == (expected == actual)
    assert _numbers(found.differences.missing) == {str(one) for one in expected.keys() - actual.keys()}
    assert _numbers(found.differences.surplus) == {str(one) for one in actual.keys() - expected.keys()}
    both = expected.keys() & actual.keys()
    assert _numbers(found.differences.different) == {str(one) for one in both if expected[one] != actual[one]}


def test_a_table_is_compared_by_segments() -> None:
    items = [_item(number) for number in range(50)]
    tables = FakeTables({"t": items[::-1]})
    found = compare(Listed(items), TableSource(tables, "t", segments=4), _KEYS)
    assert found.same
    assert found.actual.count == 50


def test_two_empty_sources_are_the_same() -> None:
    found = compare(Listed([]), Listed([]), _KEYS)
    assert found.same
    assert found.expected.count == 0


def test_remembers_no_more_than_the_limit_and_says_how_much_it_left() -> None:
    expected = dict.fromkeys(range(1000), "")
    found = compare(_listed(expected), _listed({}), _KEYS, Limits(buckets=100, remembered=50))
    assert 0 < len(found.differences.missing) <= 50
    assert found.differences.buckets_left > 80


def test_looks_into_one_bucket_however_small_the_limit() -> None:
    found = compare(_listed({1: "", 2: ""}), _listed({}), _KEYS, Limits(buckets=1, remembered=1))
    assert found.differences == Differences(missing=(_KEYS.of(_item(1)), _KEYS.of(_item(2))))


def test_an_item_that_is_there_twice_is_surplus() -> None:
    found = compare(_listed({1: ""}), Listed([_item(1), _item(1)]), _KEYS)
    assert found.differences == Differences(surplus=(_KEYS.of(_item(1)),))


def test_an_equal_key_in_another_spelling_is_the_same_item() -> None:
    found = compare(_listed({1: ""}), Listed([{"id": {"N": "1.0"}, "content": {"S": "other"}}]), _KEYS)
    assert found.differences.different == ({"id": {"N": "1.0"}},)


def test_fails_when_two_items_of_one_key_are_expected() -> None:
    with pytest.raises(ChangedError, match="two items of key"):
        compare(Listed([_item(1, "a"), _item(1, "b")]), Listed([]), _KEYS)


class _Changing:
    """Gives other items each time it is read."""

    parts = 1

    def __init__(self, *readings: list[Item]) -> None:
        self._readings = list(readings)

    def read(self, part: int) -> Iterator[Item]:
        assert part == 0
        return iter(self._readings.pop(0))


def test_fails_when_what_differed_does_not_differ_any_more() -> None:
    with pytest.raises(ChangedError, match="compare again when nobody writes"):
        compare(_listed({1: ""}), _Changing([], [_item(1)]), _KEYS)


@pytest.mark.parametrize("item", [{"content": {"S": ""}}, {"id": {"BOOL": True}}])
def test_fails_when_an_item_has_no_key(item: Item) -> None:
    with pytest.raises(MalformedItemError, match=r"^id: "):
        compare(Listed([item]), Listed([]), _KEYS)
