"""Which denials of a policy document another one no longer holds."""

import json
from collections.abc import Mapping
from typing import cast

Statement = dict[str, object]


class NoDocumentError(ValueError):
    """Text that is no policy document, so that nobody can tell what it denies."""


def lost(old: str, new: str) -> int:
    """How many of the old document's denials the new one does not hold in full.

    A denial is held when one statement denies the same to the same under the same conditions, for at least the same
    actions. Its Sid does not count.

    Raises:
        NoDocumentError: one of them is no policy document.
    """
    after = _denials(new)
    return sum(not any(_holds(one, other) for other in after) for one in _denials(old))


def _denials(text: str) -> list[Statement]:
    try:
        document: object = json.loads(text)
    except (ValueError, RecursionError):
        raise NoDocumentError from None
    if not isinstance(document, dict):
        raise NoDocumentError
    said = cast("Statement", document).get("Statement", [])
    statements = cast("list[object]", said) if isinstance(said, list) else [said]
    found = [cast("Statement", one) for one in statements if isinstance(one, dict)]
    return [_even(statement) for statement in found if statement.get("Effect") == "Deny"]


def _even(statement: Statement) -> Statement:
    return {key: _sorted(value) for key, value in statement.items() if key not in ("Sid", "Effect")}


def _sorted(value: object) -> object:
    """A list of one means what its entry means, and order means nothing."""
    if isinstance(value, dict):
        return {key: _sorted(one) for key, one in cast("Mapping[str, object]", value).items()}
    many = cast("list[object]", value) if isinstance(value, list) else [value]
    return sorted(json.dumps(one, sort_keys=True) for one in many)


def _holds(old: Statement, new: Statement) -> bool:
    kept = set(cast("list[str]", old.get("Action", [])))
    rest = {key: value for key, value in old.items() if key != "Action"}
    return rest == {key: value for key, value in new.items() if key != "Action"} and kept <= set(
        cast("list[str]", new.get("Action", []))
    )
