"""DynamoDB's numbers, exactly: 38 digits do not fit a float, and equal numbers travel in several spellings."""

import re
from typing import Final, NamedTuple

from strongroom.evidence.items.malformed import MalformedItemError, shown
from strongroom.facts import items

# No more digits of the exponent than could ever be in bounds, so that no text asks for endless arithmetic.
_FORM: Final = re.compile(r"([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:[eE]([+-]?[0-9]{1,9}))?")
_WRITTEN_OUT: Final = re.compile(r"0|-?(?:[1-9][0-9]{0,37}|(?=[0-9.]{3,39}\Z)(?:0|[1-9][0-9]*)\.[0-9]*[1-9])")

written_out: Final = _WRITTEN_OUT.fullmatch
"""Finds a number that is its own canonical form, as nearly all of those are that DynamoDB sends."""


class Parts(NamedTuple):
    """A number as sign x digits x 10^exponent; zero is ("", "0", 0)."""

    sign: str
    """"-" or nothing."""
    digits: str
    """1 to 38 digits with no zero before or behind."""
    exponent: int


def parts(text: str) -> Parts:
    """Take a number apart; equal numbers have equal parts.

    Raises:
        MalformedItemError: no number, more than 38 digits, or beyond the powers of ten that DynamoDB keeps.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise MalformedItemError(f"a number must be written as digits, point and exponent, got {shown(text)}")
    sign, whole, fraction, bare, exponent = found.groups()
    behind = fraction or bare or ""
    digits = ((whole or "") + behind).lstrip("0")
    significant = digits.rstrip("0")
    if not significant:
        return Parts("", "0", 0)
    power = int(exponent or 0) - len(behind) + len(digits) - len(significant)
    _refuse_too_long(significant, power)
    return Parts("-" if sign == "-" else "", significant, power)


def canonical(text: str) -> str:
    """Return the one way of writing a number: written out, such as 1.5 for 1.50, where that takes at most 38 digits.

    Any other is digits and exponent, such as 15e98; zero is 0, whatever its sign.

    Raises:
        MalformedItemError: as `parts`.
    """
    if written_out(text):
        return text
    sign, digits, exponent = parts(text)
    out = _written_out(digits, exponent)
    return f"{sign}{out}" if len(out.replace(".", "")) <= items.NUMBER_DIGITS else f"{sign}{digits}e{exponent}"


def _written_out(digits: str, exponent: int) -> str:
    if exponent >= 0:
        return digits + "0" * exponent
    point = len(digits) + exponent
    return f"{digits[:point]}.{digits[point:]}" if point > 0 else f"0.{'0' * -point}{digits}"


def _refuse_too_long(digits: str, power: int) -> None:
    if len(digits) > items.NUMBER_DIGITS:
        raise MalformedItemError(
            f"a number has at most {items.NUMBER_DIGITS} significant digits, got {len(digits)}: {shown(digits)}"
        )
    try:
        items.NUMBER_MAGNITUDE.check(power + len(digits) - 1)
    except ValueError as beyond:
        raise MalformedItemError(str(beyond)) from None
