"""One byte form for each item, straight from the wire: equal items have equal bytes and different ones different.

    item    = map, in UTF-8
    value   = "S" text | "N" number ";" | "B" octets | "T" | "F" | "0" | set | list | map
    text    = length ":" characters         (length in Unicode code points)
    octets  = length ":" hexadecimal        (length in bytes)
    number  = ["-"] digits "e" exponent     (see numbers.py)
    set     = "s" | "n" | "b", count ":" member*   (members as values, in the order of their code points)
    list    = "L" count ":" value*
    map     = "M" count ":" (text value)*   (in the order of the names' code points, which is that of their bytes)

No form is the beginning of another, so that joining them loses nothing. Text is not normalised: DynamoDB keeps what
it is given, and so must a recovery.
"""

import binascii
from collections.abc import Callable
from typing import Final, cast

from strongroom.evidence import numbers
from strongroom.evidence.malformed import MalformedItemError, shown
from strongroom.facts import items
from strongroom.facts.items import Item


def encode(item: Item) -> bytes:
    """Return the canonical form of an item.

    Args:
        item: As it travels; binary values as bytes or as base64 text.

    Raises:
        MalformedItemError: it is not what DynamoDB sends: unknown type, two types, wrong content, an empty set or one
            with a member twice, a number out of bounds, text that is no Unicode, nested too deep.
    """
    try:
        return _entries(item, 0).encode()
    except UnicodeEncodeError as lone:
        near = lone.object[max(0, lone.start - 20) : lone.end + 20]
        raise MalformedItemError(f"text must be Unicode without lone surrogates, got {shown(near)}") from None


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
    return f"S{len(held)}:{held}"


def _number(held: object, _: int) -> str:
    if type(held) is not str:
        raise MalformedItemError(f"a number must travel as a string, got {shown(held)}")
    return f"N{numbers.canonical(held)};"


def _binary(held: object, _: int) -> str:
    raw = binary(held)
    return f"B{len(raw)}:{raw.hex()}"


def _boolean(held: object, _: int) -> str:
    if type(held) is not bool:
        raise MalformedItemError(f"a Boolean must be true or false, got {shown(held)}")
    return "T" if held else "F"


def _null(held: object, _: int) -> str:
    if held is not True:
        raise MalformedItemError(f"a null value must be true, got {shown(held)}")
    return "0"


def _list(held: object, depth: int) -> str:
    _refuse_deeper(depth)
    values = cast("list[dict[str, object]]", _elements(held))
    forms: list[str] = []
    for value in values:
        try:
            # Written out here and below, where most of a comparison's time goes.
            ((kind, content),) = value.items()
            forms.append(_FORMS[kind](content, depth + 1))
        except _FAULTS as fault:
            raise _fault(fault, value).inside(f"[{len(forms)}]") from None
    return f"L{len(forms)}:{''.join(forms)}"


def _map(held: object, depth: int) -> str:
    _refuse_deeper(depth)
    return _entries(held, depth + 1)


def _entries(held: object, depth: int) -> str:
    """The form of a map whose values have `depth` lists and maps around them."""
    if type(held) is not dict:
        raise MalformedItemError(f"a map must be an object, got {shown(held)}")
    values = cast("dict[str, dict[str, object]]", held)
    forms: list[str] = []
    for name in sorted(values):
        try:
            ((kind, content),) = values[name].items()
            forms.append(f"{len(name)}:{name}{_FORMS[kind](content, depth)}")
        except _FAULTS as fault:
            raise _fault(fault, values[name]).inside(name) from None
    return f"M{len(forms)}:{''.join(forms)}"


def _set_of(tag: str, form: Callable[[object, int], str]) -> Callable[[object, int], str]:
    def encoded(held: object, depth: int) -> str:
        members = [form(member, depth) for member in _elements(held)]
        if not members:
            raise MalformedItemError("a set must have a member")
        if len(set(members)) != len(members):
            raise MalformedItemError(f"a set must hold each member once, got {shown(held)}")
        return f"{tag}{len(members)}:{''.join(sorted(members))}"

    return encoded


def _elements(held: object) -> list[object]:
    if type(held) is not list:
        raise MalformedItemError(f"a list or set must be an array, got {shown(held)}")
    return cast("list[object]", held)


def _refuse_deeper(depth: int) -> None:
    if depth >= items.NESTING_LEVELS:
        raise MalformedItemError(f"lists and maps lie at most {items.NESTING_LEVELS} deep in each other")


_FORMS: Final[dict[str, Callable[[object, int], str]]] = {
    "S": _text,
    "N": _number,
    "B": _binary,
    "BOOL": _boolean,
    "NULL": _null,
    "SS": _set_of("s", _text),
    "NS": _set_of("n", _number),
    "BS": _set_of("b", _binary),
    "L": _list,
    "M": _map,
}
_FAULTS: Final = (MalformedItemError, AttributeError, KeyError, TypeError, ValueError)
"""What a value raises that is malformed, or is no mapping of one known type to what it holds."""


def _fault(fault: Exception, value: object) -> MalformedItemError:
    if isinstance(fault, MalformedItemError):
        return fault
    return MalformedItemError(f"a value must be one of {', '.join(_FORMS)} and what it holds, got {shown(value)}")
