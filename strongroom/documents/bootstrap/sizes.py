"""Documents that are checked for their size before they are sent."""

import json


class TooLargeError(Exception):
    """A document that AWS would refuse for its size."""


def text(document: object) -> str:
    """A document as JSON without white space, keys in their order."""
    return json.dumps(document, separators=(",", ":"))


def check(what: str, document: object, most: int, fix: str) -> None:
    """Refuse a document that is too large.

    Raises:
        TooLargeError: it is; the sentence says what, got, allowed and fix.
    """
    got = len(text(document).encode())
    if got > most:
        raise TooLargeError(f"{what} has {got} characters, AWS takes {most}; {fix}")
