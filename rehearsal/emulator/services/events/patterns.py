"""EventBridge: answers at once whether an event meets a pattern of plain texts, as most of AWS's own do."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

from rehearsal.emulator.objects import json_object

Conditions = tuple[tuple[tuple[str, ...], frozenset[str]], ...]
"""Path of a field, and the texts that it may be."""


@lru_cache(maxsize=1024)
def plain(pattern: str) -> Conditions | None:
    """Return the conditions of a pattern that only lists texts; None for one with anything else in it."""
    return _conditions(json_object(pattern), ())


def meets(conditions: Conditions, event: dict[str, Any]) -> bool | None:
    """Return whether an event meets all conditions; None when one of its fields is too deep in lists to tell.

    Args:
        conditions: Of a pattern.
        event: As a target gets it, with `detail` as an object.
    """
    for path, texts in conditions:
        found: Any = event
        for name in path:
            if isinstance(found, list):
                return None
            found = cast("dict[str, Any]", found).get(name) if isinstance(found, dict) else None
        # This runs for every rule and every event.
        if isinstance(found, str):
            if found not in texts:
                return False
        elif isinstance(found, list | dict):
            listed = _lists(found, texts)
            if not listed:
                return listed
        else:
            return False
    return True


def _lists(found: Any, texts: frozenset[str]) -> bool | None:
    """Whether one of several values is wanted; None when one of them is no plain value."""
    values = cast("list[Any]", found) if isinstance(found, list) else [found]
    if any(isinstance(value, list | dict) for value in values):
        return None
    return any(isinstance(value, str) and value in texts for value in values)


def _conditions(pattern: Mapping[str, Any], path: tuple[str, ...]) -> Conditions | None:
    found: list[tuple[tuple[str, ...], frozenset[str]]] = []
    for name, wanted in pattern.items():
        here = (*path, name)
        if isinstance(wanted, Mapping):
            inner = _conditions(cast("Mapping[str, Any]", wanted), here)
            if inner is None:
                return None
            found += inner
            continue
        texts = cast("list[Any]", wanted) if isinstance(wanted, list) else [wanted]
        if name.startswith("$") or not all(isinstance(text, str) for text in texts):
            return None
        found.append((here, frozenset(texts)))
    return tuple(found) or None
