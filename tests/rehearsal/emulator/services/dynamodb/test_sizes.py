import pytest

from rehearsal.emulator.services.dynamodb.sizes import Value, item_bytes, items_bytes


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"S": "abc"}, 3),
        ({"S": "Größe"}, 7),
        ({"S": ""}, 0),
        ({"N": "0"}, 1),
        ({"N": "12"}, 2),
        ({"N": "-123"}, 4),
        ({"N": "1200"}, 2),
        ({"N": "0.5"}, 2),
        ({"N": "12345678901234567890123456789012345678"}, 20),
        ({"B": "AAE="}, 2),
        ({"B": "AAEC"}, 3),
        ({"BOOL": False}, 1),
        ({"NULL": True}, 1),
        ({"SS": ["a", "bc"]}, 3),
        ({"NS": ["1", "-1"]}, 5),
        ({"BS": ["AA==", "AAE="]}, 3),
        ({"L": []}, 3),
        ({"L": [{"S": "ab"}, {"NULL": True}]}, 8),
        ({"M": {"k": {"S": "ab"}}}, 7),
    ],
)
def test_a_value_counts_as_dynamodb_counts_it(value: Value, size: int) -> None:
    assert item_bytes({"id": value}) == 2 + size


def test_the_size_of_many_items_is_the_sum_of_theirs() -> None:
    assert items_bytes([{"id": {"S": "a"}}, {"id": {"S": "bc"}}]) == 7
    assert items_bytes([]) == 0
