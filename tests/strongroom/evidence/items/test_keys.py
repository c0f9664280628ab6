import pytest

from strongroom.evidence.items.keys import TableKeys
from strongroom.evidence.items.malformed import MalformedItemError
from strongroom.facts.items import Item

_ITEM: Item = {"id": {"S": "a"}, "sort": {"N": "1"}, "more": {"BOOL": True}}


def test_a_key_is_the_hash_key_alone_or_with_the_range_key() -> None:
    assert TableKeys("id").of(_ITEM) == {"id": {"S": "a"}}
    assert TableKeys("id", "sort").of(_ITEM) == {"id": {"S": "a"}, "sort": {"N": "1"}}


def test_equal_keys_have_equal_forms() -> None:
    keys = TableKeys("id", "sort")
    assert keys.form(_ITEM) == keys.form({**_ITEM, "sort": {"N": "1.0"}, "more": {"BOOL": False}})
    assert keys.form(_ITEM) != keys.form({**_ITEM, "sort": {"S": "1"}})


def test_fails_when_a_key_attribute_is_absent() -> None:
    with pytest.raises(MalformedItemError, match=r"^other: the key attribute is absent"):
        TableKeys("id", "other").of(_ITEM)


def test_fails_when_a_key_attribute_has_a_type_that_no_key_has() -> None:
    with pytest.raises(MalformedItemError, match=r"^more: a key must be S, N or B"):
        TableKeys("more").of(_ITEM)
