"""Finds a setting in a resource's inputs before and after a change, entry by entry where it lies in a list."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from strongroom.gate.plain import plain
from strongroom.gate.values import Hidden

_BY_KEY: Final = re.compile(r"(?P<name>\w+)\[(?P<coming>\+?)(?P<key>\w+)\]")


@dataclass(frozen=True)
class Pair:
    """One value before and after."""

    path: str
    old: object
    new: object
    gone: bool = False
    """Whether it is an entry of a list that the list no longer has."""


def pairs(path: str, old: object, new: object) -> Iterator[Pair]:
    """Every place that a setting's path means.

    Args:
        path: As in `Setting`.
        old: Inputs before; absent values are None.
        new: Inputs after.
    """
    yield from _walk(path.split("."), "", old, new)


def _walk(steps: Sequence[str], shown: str, old: object, new: object) -> Iterator[Pair]:
    if not steps or isinstance(old, Hidden) or isinstance(new, Hidden):
        yield Pair(shown, old, new)
        return
    step, rest = steps[0], steps[1:]
    by_key = _BY_KEY.fullmatch(step)
    if by_key:
        yield from _entries(rest, by_key, shown, _at(old, by_key["name"]), _at(new, by_key["name"]))
    else:
        for name in _names(old) if step == "*" else (step,):
            yield from _walk(rest, _joined(shown, name), _at(old, name), _at(new, name))


def _entries(rest: Sequence[str], step: re.Match[str], above: str, old: object, new: object) -> Iterator[Pair]:
    shown = _joined(above, step["name"])
    if isinstance(old, Hidden) or isinstance(new, Hidden):
        yield Pair(shown, old, new)
        return
    before, after = _by_key(old, step["key"]), _by_key(new, step["key"])
    for name in {**before, **after} if step["coming"] else before:
        place = f'{shown}["{plain(name)}"]'
        if name in after:
            yield from _walk(rest, place, before.get(name), after[name])
        else:
            yield Pair(place, before[name], None, gone=True)


def _by_key(entries: object, key: str) -> dict[str, object]:
    """Entries by their key; by their place where it is hidden or absent, and numbered where it is not the only one."""
    many = cast("list[object]", entries) if isinstance(entries, list) else []
    found: dict[str, object] = {}
    for place, entry in enumerate(many):
        named = _at(entry, key)
        name = named if isinstance(named, str) else str(place)
        found[name if name not in found else f"{name}#{place}"] = entry
    return found


def _at(value: object, name: str) -> object:
    return cast("Mapping[str, object]", value).get(name) if isinstance(value, dict) else None


def _names(value: object) -> list[str]:
    return sorted(cast("Mapping[str, object]", value)) if isinstance(value, dict) else []


def _joined(shown: str, name: str) -> str:
    return f"{shown}.{plain(name)}" if shown else plain(name)
