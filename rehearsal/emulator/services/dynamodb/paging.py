"""Cuts DynamoDB's lists of exports and imports into pages."""

from typing import Final

from rehearsal.emulator.rules import Refused

_MOST: Final = 25
_UNIT: Final = 8
"""A token of ListImports has a multiple of as many bytes, in hexadecimal: API_ListImports.html, read 2026-11-22."""


def page(arns: list[str], token: str | None, most: int | None) -> tuple[list[str], str | None]:
    """Return the page that a token asks for, and the token of the next; None when there is none.

    Args:
        arns: All of them in order.
        token: Of the page. Default: the first page is meant.
        most: How many are wanted. Default: 25, which is also the most.

    Raises:
        Refused: ValidationException, the token is none.
    """
    after = _last_of(token) if token else ""
    left = [arn for arn in arns if arn > after]
    chosen = left[: min(most or _MOST, _MOST)]
    return chosen, _token(chosen[-1]) if len(left) > len(chosen) else None


def _token(last: str) -> str:
    return last.ljust(-(-len(last) // _UNIT) * _UNIT).encode().hex()


def _last_of(token: str) -> str:
    try:
        return bytes.fromhex(token).decode().rstrip()
    except ValueError as error:
        raise Refused("ValidationException", f"Invalid NextToken: {token}") from error
