import pytest

from strongroom.evidence.items import sizes
from strongroom.facts.items import ITEM_BYTES, Item, Value


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"S": ""}, 0),
        ({"S": "caf\u00e9"}, 5),
        ({"N": "0"}, 2),
        ({"N": "12"}, 2),
        ({"N": "-123.00"}, 3),
        ({"N": "9" * 38}, 20),
        ({"B": b"abc"}, 3),
        ({"B": "YWI="}, 2),
        ({"BOOL": False}, 1),
        ({"NULL": True}, 1),
        ({"SS": ["a", "bc"]}, 3),
        ({"NS": ["1", "234"]}, 5),
        ({"BS": [b"a", b""]}, 1),
        ({"L": []}, 3),
        ({"L": [{"S": "ab"}, {"BOOL": True}]}, 8),
        ({"M": {}}, 3),
        ({"M": {"ab": {"S": "c"}}}, 7),
    ],
)
def test_a_value_has_the_size_that_the_page_gives(value: Value, size: int) -> None:
    assert sizes.item_bytes({"name": value}) == len("name") + size


def test_an_item_is_as_large_as_its_names_and_values() -> None:
    assert sizes.item_bytes({"\u00e9": {"S": "ab"}, "b": {"NULL": True}}) == 6


def test_400_kb_are_taken() -> None:
    item: Item = {"id": {"S": "a" * (400 * 1024 - 2)}}
    assert ITEM_BYTES.check(sizes.item_bytes(item)) == 409_600


def test_fails_when_an_item_is_a_byte_larger_than_400_kb() -> None:
    item: Item = {"id": {"S": "a" * (400 * 1024 - 1)}}
    with pytest.raises(ValueError, match="item size in bytes must be 1 to 409600, got 409601"):
        ITEM_BYTES.check(sizes.item_bytes(item))
