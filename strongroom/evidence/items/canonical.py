"""One byte form for each item, straight from the wire: equal items have equal bytes and different ones different.

The form is the item's own JSON, as DynamoDB's HTTP answers hold it, in the one way of writing it that is left when

    names       stand in the order of their bytes
    numbers     are written as numbers.py says
    sets        stand in the order of their members' code points
    binaries    are base64 with padding
    the rest    is compact JSON in UTF-8 with no escape but those that JSON asks for: quote, backslash, controls

No JSON object is the beginning of another, so that joining forms loses nothing. Text is not normalised: DynamoDB keeps
what it is given, and so must a recovery. The form is JSON because most of an item already is in it when it arrives,
and JSON is what machines write fastest; orjson does it, and the tests hold every byte of it.
"""

import binascii
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar, cast

import orjson

from strongroom.evidence.items import numbers
from strongroom.evidence.items.malformed import MalformedItemError, shown
from strongroom.evidence.items.numbers import written_out
from strongroom.facts import items
from strongroom.facts.items import Item

_DEEPEST: Final = items.NESTING_LEVELS
_Value = dict[str, object]
_Place = TypeVar("_Place", str, int)
"""Where a value stands: a map's name or a list's number."""


def encode(item: Item) -> bytes:
    """Return the canonical form of an item.

    Args:
        item: As it travels; binary values as bytes or as base64 text. It is not changed.

    Raises:
        MalformedItemError: it is not what DynamoDB sends: unknown type, two types, wrong content, an empty set or one
            with a member twice, a number out of bounds, text that is no Unicode, nested too deep.
    """
    try:
        return orjson.dumps(_map(cast("dict[str, _Value]", item), 0), option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as refused:
        sentence = "text must be Unicode without lone surrogates, and the names of attributes must be text"
        raise MalformedItemError(f"{sentence}, got what is not: {refused}") from None


def binary(held: object) -> bytes:
    """Return the bytes of a binary value.

    Raises:
        MalformedItemError: neither bytes nor base64 text.
    """
    if isinstance(held, bytes):
        return held
    if not isinstance(held, str):
        raise MalformedItemError(f"a binary value must be bytes or base64 text, got {shown(held)}")
    try:
        return binascii.a2b_base64(held, strict_mode=True)
    except ValueError:
        raise MalformedItemError(f"a binary value must be base64 text, got {shown(held)}") from None


def _text(held: object, _: int) -> str:
    if type(held) is not str:
        raise MalformedItemError(f"text must be a string, got {shown(held)}")
    return held


def _number(held: object, _: int) -> str:
    if type(held) is not str:
        raise MalformedItemError(f"a number must travel as a string, got {shown(held)}")
    return numbers.canonical(held)


def _binary(held: object, _: int) -> str:
    # Base64 text is written anew as well: some texts differ in bits that mean nothing.
    return binascii.b2a_base64(binary(held), newline=False).decode()


def _boolean(held: object, _: int) -> bool:
    if type(held) is not bool:
        raise MalformedItemError(f"a Boolean must be true or false, got {shown(held)}")
    return held


def _null(held: object, _: int) -> bool:
    if held is not True:
        raise MalformedItemError(f"a null value must be true, got {shown(held)}")
    return held


def _list(held: list[_Value], depth: int) -> object:
    if type(held) is not list or depth > _DEEPEST:
        raise _no_container(held, depth, "a list or set must be an array")
    changed = _changed(enumerate(held), depth)
    return [changed.get(place, value) for place, value in enumerate(held)] if changed else held


def _map(held: dict[str, _Value], depth: int) -> object:
    if type(held) is not dict or depth > _DEEPEST:
        raise _no_container(held, depth, "a map must be an object")
    changed = _changed(held.items(), depth)
    return {**held, **changed} if changed else held


def _changed(values: Iterable[tuple[_Place, _Value]], depth: int) -> dict[_Place, _Value] | None:
    """Return the canonical forms of those values that are not canonical as they are, by place."""
    changed: dict[_Place, _Value] | None = None
    for place, value in values:
        try:
            # Nearly all values are such texts and numbers, and most of a comparison's time goes here.
            if len(value) == 1:
                if "S" in value:
                    if type(value["S"]) is str:
                        continue
                elif "N" in value and type(value["N"]) is str and written_out(value["N"]):
                    continue
            ((kind, content),) = value.items()
            form = _FORMS[kind](content, depth + 1)
        except _FAULTS as fault:
            raise _fault(fault, value).inside(place if isinstance(place, str) else f"[{place}]") from None
        if form is not content:
            changed = {} if changed is None else changed
            changed[place] = {kind: form}
    return changed


def _set_of(form: Callable[[object, int], str]) -> Callable[[list[object], int], object]:
    def ordered(held: list[object], depth: int) -> object:
        if type(held) is not list:
            raise _no_container(held, depth, "a list or set must be an array")
        members = sorted([form(member, depth) for member in held])
        if not members:
            raise MalformedItemError("a set must have a member")
        if len(set(members)) != len(members):
            raise MalformedItemError(f"a set must hold each member once, got {shown(held)}")
        return members

    return ordered


def _no_container(held: object, depth: int, sentence: str) -> MalformedItemError:
    if depth > _DEEPEST:
        return MalformedItemError(f"lists and maps lie at most {_DEEPEST} deep in each other")
    return MalformedItemError(f"{sentence}, got {shown(held)}")


_FORMS: Final[Mapping[str, Callable[..., object]]] = {
    "S": _text,
    "N": _number,
    "B": _binary,
    "BOOL": _boolean,
    "NULL": _null,
    "SS": _set_of(_text),
    "NS": _set_of(_number),
    "BS": _set_of(_binary),
    "L": _list,
    "M": _map,
}
_FAULTS: Final = (MalformedItemError, AttributeError, KeyError, TypeError, ValueError)
"""What a value raises that is malformed, or is no mapping of one known type to what it holds."""


def _fault(fault: Exception, value: object) -> MalformedItemError:
    if isinstance(fault, MalformedItemError):
        return fault
    return MalformedItemError(f"a value must be one of {', '.join(_FORMS)} and what it holds, got {shown(value)}")
