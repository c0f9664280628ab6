"""The smallest changes that an item can suffer; whoever compares items must see every one of them."""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final, NamedTuple, cast

from strongroom.facts.items import Item, Value


class Tweak(NamedTuple):
    """One change."""

    name: str
    item: Item


def tweaks(item: Item, keys: Collection[str]) -> Iterator[Tweak]:
    """Return every single change that this file knows of an item, its key attributes left alone."""
    for name in item:
        if name not in keys:
            for change, value in _values(item[name]):
                yield Tweak(f"{change} of {name}", {**item, name: value})
            yield Tweak(f"{name} absent", {other: item[other] for other in item if other != name})
    yield Tweak("an attribute more", {**item, "surplus": {"S": ""}})


def _values(value: Value) -> Iterator[tuple[str, Value]]:
    ((kind, held),) = value.items()
    for change, other in _CHANGES[kind](held):
        yield change, {kind: other}
    if kind == "N":
        yield "type", {"S": held}


def _text(held: object) -> Iterator[tuple[str, object]]:
    text = cast("str", held)
    yield "a blank more", f"{text} "
    for form in ("NFC", "NFD"):
        other = unicodedata.normalize(form, text)
        if other != text:
            yield f"text in {form}", other


def _number(held: object) -> Iterator[tuple[str, object]]:
    text = cast("str", held)
    # Any digit may be the one; the exponent's are left alone, whose change could leave what DynamoDB keeps.
    mantissa, mark, exponent = text.partition("E")
    for place in _significant(mantissa):
        other = "1" if mantissa[place] != "1" else "2"
        yield f"digit {place}", f"{mantissa[:place]}{other}{mantissa[place + 1 :]}{mark}{exponent}"


def _significant(mantissa: str) -> list[int]:
    """Places of the digits from the first that is no zero on; of zero, that of the last digit."""
    places = [place for place, digit in enumerate(mantissa) if digit.isdigit()]
    begins = next((place for place in places if mantissa[place] != "0"), places[-1])
    return [place for place in places if place >= begins]


def _binary(held: object) -> Iterator[tuple[str, object]]:
    octets = cast("bytes", held)
    yield "a byte more", octets + b"\0"
    if octets:
        yield "a bit", octets[:-1] + bytes([octets[-1] ^ 1])


def _flag(held: object) -> Iterator[tuple[str, object]]:
    yield "flag", not held


def _null(_: object) -> Iterator[tuple[str, object]]:
    yield from ()


def _set_of(
    change: Callable[[object], Iterator[tuple[str, object]]],
) -> Callable[[object], Iterator[tuple[str, object]]]:
    def changed(held: object) -> Iterator[tuple[str, object]]:
        members = cast("list[object]", held)
        if len(members) > 1:
            yield "member gone", members[1:]
        for number, member in enumerate(members):
            for name, other in change(member):
                if other not in members:
                    yield f"{name} of member {number}", [*members[:number], other, *members[number + 1 :]]

    return changed


def _list(held: object) -> Iterator[tuple[str, object]]:
    elements = cast("list[Value]", held)
    yield "an element more", [*elements, {"NULL": True}]
    if elements != elements[::-1]:
        yield "order", elements[::-1]
    for number, element in enumerate(elements):
        for name, other in _values(element):
            yield f"{name} of element {number}", [*elements[:number], other, *elements[number + 1 :]]


def _map(held: object) -> Iterator[tuple[str, object]]:
    for tweak in tweaks(cast("Item", held), ()):
        yield tweak.name, tweak.item


_CHANGES: Final[Mapping[str, Callable[[object], Iterator[tuple[str, object]]]]] = {
    "S": _text,
    "N": _number,
    "B": _binary,
    "BOOL": _flag,
    "NULL": _null,
    "SS": _set_of(_text),
    "NS": _set_of(_number),
    "BS": _set_of(_binary),
    "L": _list,
    "M": _map,
}
