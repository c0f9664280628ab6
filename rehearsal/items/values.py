"""Attribute values of every type, the awkward ones among them."""

from collections.abc import Callable, Mapping
from typing import Final

from rehearsal.items.draws import Draws
from strongroom.facts import items
from strongroom.facts.items import Value

COMPOSED: Final = "caf\u00e9"
DECOMPOSED: Final = "cafe\u0301"
"""The same word to a reader, and another one to DynamoDB."""

_TEXTS: Final = (
    "",
    COMPOSED,
    DECOMPOSED,
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 family",
    "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    "\u7a0e\u52d9\u7533\u544a",
    "line\nbreak\ttab\u2028separator\u0000nul",
    '"quoted" \\ and {"S": "not a value"}',
    " blank at both ends ",
    "\ufeffmark",
)
_DEEPEST: Final = items.NESTING_LEVELS - 2
_LOW, _HIGH = items.NUMBER_MAGNITUDE.low, items.NUMBER_MAGNITUDE.high


def text(draws: Draws) -> Value:
    """Return a string: empty, in two normal forms, right to left, with emoji, controls or quotes."""
    return {"S": draws.one(_TEXTS)}


def number(draws: Draws) -> Value:
    """Return a number, some in a spelling that DynamoDB does not give back: 1.50 comes back as 1.5."""
    return {"N": _number(draws)}


def binary(draws: Draws) -> Value:
    """Return up to 63 bytes, none among them."""
    return {"B": draws.octets(draws.below(64))}


def flag(draws: Draws) -> Value:
    """Return true or false."""
    return {"BOOL": draws.below(2) == 1}


def null(_: Draws) -> Value:
    """Return the null value."""
    return {"NULL": True}


def texts(draws: Draws) -> Value:
    """Return a set of strings, twins in two normal forms among them."""
    return {"SS": [*_TEXTS[1 : 2 + draws.below(len(_TEXTS) - 1)]]}


def numbers(draws: Draws) -> Value:
    """Return a set of numbers of up to 38 digits."""
    return {"NS": [f"{sign}{draws.digits(38 - width)}" for width in range(1 + draws.below(5)) for sign in ("", "-")]}


def binaries(draws: Draws) -> Value:
    """Return a set of byte strings."""
    return {"BS": [draws.octets(length) for length in range(1 + draws.below(5))]}


def nested(draws: Draws) -> Value:
    """Return lists and maps in each other, as deep as DynamoDB takes them now and then, with empty ones inside."""
    innermost: list[Value] = [text(draws), number(draws), {"L": list[Value]()}, {"M": dict[str, Value]()}]
    value: Value = {"M": {"list": {"L": innermost}, COMPOSED: text(draws), DECOMPOSED: flag(draws)}}
    for level in range(draws.below(_DEEPEST)):
        inside: list[Value] = [value, number(draws)]
        value = {"L": inside} if level % 2 else {"M": {"inner": value}}
    return value


MAKERS: Final[Mapping[str, Callable[[Draws], Value]]] = {
    "text": text,
    "number": number,
    "binary": binary,
    "flag": flag,
    "null": null,
    "texts": texts,
    "numbers": numbers,
    "binaries": binaries,
    "nested": nested,
}
"""One maker for each type, by the name of the attribute that it fills."""


def _number(draws: Draws) -> str:
    sign = draws.one(("", "-"))
    forms: tuple[Callable[[], str], ...] = (
        lambda: f"{sign}{draws.digits(items.NUMBER_DIGITS)}",
        lambda: f"{sign}0.{draws.digits(items.NUMBER_DIGITS)}",
        lambda: f"{sign}{draws.digits(20)}.{draws.digits(18)}",
        lambda: f"{sign}1E{_LOW}",
        lambda: f"{sign}{draws.digits(1)}.{draws.digits(items.NUMBER_DIGITS - 1)}E+{_HIGH}",
        lambda: f"{sign}{draws.digits(3)}.50",
        lambda: f"{sign}{draws.digits(2)}000",
        lambda: f"{sign}00{draws.digits(1)}",
        lambda: "0",
        lambda: "-0.0",
    )
    return draws.one(forms)()
