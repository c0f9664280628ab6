"""What a policy document no longer denies, or no longer allows, compared with what it was."""

import json
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Final, cast

Statement = dict[str, object]
_LISTED: Final = ("Action", "Resource", "Principal")
"""Keys of which a statement with more entries says the same and more; more below NotAction and its like is less."""


class NoDocumentError(ValueError):
    """Text that is no policy document, so that nobody can tell what it says."""


def undenied(old: str, new: str) -> bool:
    """Whether something that the old document denies is not denied by one statement of the new one.

    Raises:
        NoDocumentError: one of them is no policy document.
    """
    return _lost(_said(old, "Deny"), _said(new, "Deny"))


def unallowed(old: str, new: str) -> bool:
    """Whether something that the old document allows is not allowed by one statement of the new one, or denied anew.

    Raises:
        NoDocumentError: one of them is no policy document.
    """
    allowed, denied = _said(old, "Allow"), _said(old, "Deny")
    if _lost(allowed, _said(new, "Allow")):
        return True
    fresh = [one for one in _said(new, "Deny") if not any(_holds(one, other) for other in denied)]
    return any(_hits(denial, one) for denial in fresh for one in allowed)


def _lost(old: list[Statement], new: list[Statement]) -> bool:
    return not all(any(_holds(one, other) for other in new) for one in old)


def _said(text: str, effect: str) -> list[Statement]:
    try:
        document: object = json.loads(text)
    except (ValueError, RecursionError):
        raise NoDocumentError from None
    if not isinstance(document, dict) or (document and "Statement" not in document):
        raise NoDocumentError
    said = cast("Statement", document).get("Statement", [])
    statements = cast("list[object]", said) if isinstance(said, list) else [said]
    found = [cast("Statement", one) for one in statements if isinstance(one, dict)]
    return [_even(statement) for statement in found if statement.get("Effect") == effect]


def _even(statement: Statement) -> Statement:
    anybody = {"Principal": {"AWS": "*"}} if statement.get("Principal") == "*" else {}
    return {key: _sorted(value) for key, value in {**statement, **anybody}.items() if key not in ("Sid", "Effect")}


def _sorted(value: object) -> object:
    """A list of one means what its entry means, and order means nothing."""
    if isinstance(value, dict):
        return {key: _sorted(one) for key, one in cast("Mapping[str, object]", value).items()}
    many = cast("list[object]", value) if isinstance(value, list) else [value]
    return sorted(json.dumps(one, sort_keys=True) for one in many)


def _holds(old: Statement, new: Statement) -> bool:
    """Whether a statement says at least what another one says: of as much, to as many, under no more conditions."""
    same = all(old.get(key) == new.get(key) for key in {*old, *new} - {*_LISTED, "Condition"})
    wide = all(_covers(new.get(key), old.get(key)) for key in _LISTED)
    return same and wide and _within(new.get("Condition"), old.get("Condition"))


def _covers(wide: object, narrow: object) -> bool:
    if isinstance(wide, list) and isinstance(narrow, list):
        entries = cast("list[str]", wide)
        return '"*"' in entries or set(cast("list[str]", narrow)) <= set(entries)
    if isinstance(wide, dict) and isinstance(narrow, dict):
        parts = cast("Mapping[str, object]", wide)
        return all(_covers(parts.get(key), one) for key, one in cast("Mapping[str, object]", narrow).items())
    return wide == narrow


def _within(new: object, old: object) -> bool:
    """Whether every condition stood there before."""
    if isinstance(new, dict) and isinstance(old, dict):
        before = cast("Mapping[str, object]", old)
        return all(
            key in before and _within(one, before[key]) for key, one in cast("Mapping[str, object]", new).items()
        )
    return new is None or new == old


def _hits(denial: Statement, allowed: Statement) -> bool:
    """Whether a denial may be about something that is allowed; what says NotAction may be about anything."""
    if "Action" not in denial or "Action" not in allowed:
        return True
    ones, others = (cast("list[str]", one["Action"]) for one in (denial, allowed))
    return any(_alike(one.lower(), other.lower()) for one in ones for other in others)


def _alike(one: str, other: str) -> bool:
    return fnmatchcase(one, other) or fnmatchcase(other, one)
