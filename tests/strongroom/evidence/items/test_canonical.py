from collections.abc import Sequence
from typing import cast

import pytest
from hypothesis import given

from strongroom.evidence.items import canonical
from strongroom.evidence.items.malformed import MalformedItemError
from strongroom.facts.items import NESTING_LEVELS, TYPE_TAGS, Item, Value
from tests.strongroom.evidence.items import wire


@given(wire.values, wire.values)
def test_values_have_the_same_form_exactly_when_they_are_equal(one: Value, other: Value) -> None:
    same = wire.meaning(one) == wire.meaning(other)
    assert (canonical.encode({"a": one}) == canonical.encode({"a": other})) == same


@given(wire.items)
def test_an_item_in_other_words_has_the_same_form(item: Item) -> None:
    assert canonical.encode(wire.respelled_item(item)) == canonical.encode(item)


@given(wire.values, wire.values)
def test_no_form_is_the_beginning_of_another(one: Value, other: Value) -> None:
    first, second = canonical.encode({"": one}), canonical.encode({"": other})
    assert first == second or not first.startswith(second)


def test_an_item_has_the_form_that_the_module_describes() -> None:
    item: Item = {
        "n": {"N": "-1.50"},
        "a\u00e9": {"S": "x"},
        "b": {"B": "AQI="},
        "m": {"M": {"t": {"BOOL": True}, "f": {"BOOL": False}, "0": {"NULL": True}}},
        "l": {"L": [{"SS": ["b", "a"]}, {"NS": ["2", "1"]}, {"BS": [b"\x02", b"\x01"]}]},
    }
    assert canonical.encode(item).decode() == (
        '{"a\u00e9":{"S":"x"},"b":{"B":"AQI="},'
        '"l":{"L":[{"SS":["a","b"]},{"NS":["1","2"]},{"BS":["AQ==","Ag=="]}]},'
        '"m":{"M":{"0":{"NULL":true},"f":{"BOOL":false},"t":{"BOOL":true}}},"n":{"N":"-1.5"}}'
    )


def test_text_is_escaped_in_one_way_only() -> None:
    controls = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
    for point in range(0x3000):
        character = chr(point)
        written = {'"': '\\"', "\\": "\\\\", **controls}.get(character, character)
        if point < 0x20 and character not in controls:
            written = f"\\u{point:04x}"
        assert canonical.encode({"": {"S": character}}).decode() == f'{{"":{{"S":"{written}"}}}}'


def test_an_item_is_not_changed_by_being_written() -> None:
    item: Item = {"a": {"M": {"b": {"L": [{"N": "1.0"}, {"SS": ["b", "a"]}]}}}, "c": {"B": b"\x01"}}
    before = repr(item)
    canonical.encode(item)
    assert repr(item) == before


def test_base64_that_differs_in_bits_without_meaning_has_the_same_form() -> None:
    assert canonical.encode({"a": {"B": "AR=="}}) == canonical.encode({"a": {"B": "AQ=="}})
    assert canonical.encode({"a": {"BS": ["AR=="]}}) == canonical.encode({"a": {"BS": [b"\x01"]}})


_ALIKE: Sequence[tuple[Value, Value]] = (
    ({"S": "1"}, {"N": "1"}),
    ({"S": "01"}, {"B": b"\x01"}),
    ({"S": ""}, {"B": b""}),
    ({"S": ""}, {"NULL": True}),
    ({"BOOL": True}, {"S": "true"}),
    ({"SS": ["a"]}, {"L": [{"S": "a"}]}),
    ({"SS": ["1"]}, {"NS": ["1"]}),
    ({"L": list[Value]()}, {"M": dict[str, Value]()}),
    ({"L": [{"S": "a"}, {"S": "b"}]}, {"L": [{"S": "b"}, {"S": "a"}]}),
    ({"L": [{"L": list[Value]()}, {"S": "a"}]}, {"L": [{"L": [{"S": "a"}]}]}),
    ({"S": "caf\u00e9"}, {"S": "cafe\u0301"}),
    ({"M": {"caf\u00e9": {"S": "a"}}}, {"M": {"cafe\u0301": {"S": "a"}}}),
    ({"SS": ["caf\u00e9"]}, {"SS": ["cafe\u0301"]}),
    ({"S": "a"}, {"S": "a\u0000"}),
    ({"S": "a"}, {"S": "a "}),
    ({"N": "12345678901234567890123456789012345678"}, {"N": "12345678901234567890123456789012345679"}),
)


@pytest.mark.parametrize(("one", "other"), _ALIKE)
def test_what_looks_alike_has_different_forms(one: Value, other: Value) -> None:
    assert canonical.encode({"a": one}) != canonical.encode({"a": other})


def test_twins_in_two_normal_forms_are_two_members_of_a_set() -> None:
    assert canonical.encode({"a": {"SS": ["caf\u00e9", "cafe\u0301"]}}).count(b'"caf') == 2


def test_names_stand_in_the_order_of_their_bytes() -> None:
    item: Item = {"\uffff": {"NULL": True}, "\U0001f600": {"NULL": True}, "z": {"NULL": True}}
    names = sorted(item, key=str.encode)
    assert canonical.encode(item).decode() == "{" + ",".join(f'"{name}":{{"NULL":true}}' for name in names) + "}"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({}, "a: a value must be one of"),
        ({"S": "a", "N": "1"}, "a: a value must be one of"),
        ({"X": "a"}, "a: a value must be one of"),
        ("text", "a: a value must be one of"),
        (None, "a: a value must be one of"),
        ({"S": 1}, "a: text must be a string, got 1"),
        ({"S": b"x"}, "a: text must be a string"),
        ({"N": 1}, "a: a number must travel as a string, got 1"),
        ({"N": 1.5}, "a: a number must travel as a string, got 1.5"),
        ({"N": "NaN"}, "a: a number must be written as digits"),
        ({"B": "no base64"}, "a: a binary value must be base64 text"),
        ({"B": "AQI"}, "a: a binary value must be base64 text"),
        ({"B": "\u00e9\u00e9\u00e9\u00e9"}, "a: a binary value must be base64 text"),
        ({"B": 1}, "a: a binary value must be bytes or base64 text, got 1"),
        ({"BOOL": 1}, "a: a Boolean must be true or false, got 1"),
        ({"NULL": False}, "a: a null value must be true, got False"),
        ({"SS": []}, "a: a set must have a member"),
        ({"SS": "abc"}, "a: a list or set must be an array"),
        ({"SS": ["a", "a"]}, "a: a set must hold each member once"),
        ({"NS": ["1", "1.0"]}, "a: a set must hold each member once"),
        ({"BS": [b"a", "YQ=="]}, "a: a set must hold each member once"),
        ({"SS": [1]}, "a: text must be a string, got 1"),
        ({"L": {}}, "a: a list or set must be an array"),
        ({"M": []}, "a: a map must be an object"),
        ({"M": {"b": {"L": [{"S": ""}, {"N": ""}]}}}, r"a\.b\.\[1\]: a number must be written as digits"),
        ({"L": [{"M": {"b": "c"}}]}, r"a\.\[0\]\.b: a value must be one of"),
        ({"S": "\ud800"}, "text must be Unicode without lone surrogates"),
    ],
)
def test_fails_when_a_value_is_malformed(value: object, sentence: str) -> None:
    with pytest.raises(MalformedItemError, match=f"^{sentence}"):
        canonical.encode(cast("Item", {"a": value}))


def test_fails_when_a_name_is_no_text() -> None:
    with pytest.raises(MalformedItemError, match="the names of attributes must be text"):
        canonical.encode(cast("Item", {1: {"S": "a"}}))


def test_fails_when_an_item_is_no_object() -> None:
    with pytest.raises(MalformedItemError, match=r"^a map must be an object, got \['a'\]"):
        canonical.encode(cast("Item", ["a"]))


def _nested(levels: int, kind: str) -> Item:
    value: Value = {"S": "innermost"}
    for _ in range(levels):
        value = {"L": [value]} if kind == "L" else {"M": {"in": value}}
    return {"a": value}


@pytest.mark.parametrize("kind", ["L", "M"])
def test_takes_values_as_deep_as_dynamodb_does(kind: str) -> None:
    assert b"innermost" in canonical.encode(_nested(NESTING_LEVELS, kind))


@pytest.mark.parametrize("kind", ["L", "M"])
@pytest.mark.parametrize("levels", [NESTING_LEVELS + 1, 900])
def test_fails_when_values_lie_deeper(kind: str, levels: int) -> None:
    with pytest.raises(MalformedItemError, match="lists and maps lie at most 32 deep in each other"):
        canonical.encode(_nested(levels, kind))


def test_every_type_of_dynamodb_has_a_form() -> None:
    with pytest.raises(MalformedItemError, match=", ".join(TYPE_TAGS)):
        canonical.encode({"a": {"X": 1}})
