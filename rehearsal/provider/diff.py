"""Diff: what differs between the state and the inputs, and whether that needs a new resource."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rehearsal.provider.check import DEFAULTS, properties_of
from rehearsal.provider.comparing import STRINGS, same
from rehearsal.provider.schema import Kind, Properties, Property, ResourceType
from rehearsal.provider.shapes import is_object

Change = Literal["add", "delete", "update"]


@dataclass(frozen=True)
class Difference:
    """What Diff found."""

    changed: frozenset[str]
    """Top-level names."""
    replaces: frozenset[str]
    """Those of them that need a new resource."""
    detail: dict[str, tuple[Change, bool]]
    """For each path: the kind of change, and whether it replaces."""
    delete_before_replace: bool


def diff(kind: ResourceType, state: Properties, inputs: Properties, ignored: Sequence[str] = ()) -> Difference:
    """Compare `state` with `inputs`; a top-level name in `ignored` counts as unchanged."""
    properties = properties_of(kind)
    changed = frozenset(
        name
        for name, prop in properties.items()
        if name not in ignored and not same(prop, state.get(name), inputs.get(name))
    )
    if kind.dropped_changes:
        changed -= kind.dropped_changes(state, inputs, changed)
    replaces = frozenset(name for name in changed if properties[name].is_replaced_by(state.get(name), inputs.get(name)))
    detail: dict[str, tuple[Change, bool]] = {
        path: (change, name in replaces)
        for name in changed
        for path, change in _paths(properties[name], state.get(name), inputs.get(name), name)
    }
    return Difference(changed, replaces, detail, _deletes_first(kind, state, inputs))


def _deletes_first(kind: ResourceType, state: Properties, inputs: Properties) -> bool:
    """Two resources cannot bear one name: a name that the program gives and keeps makes the old one go first."""
    if kind.delete_before_replace:
        return True
    if kind.autoname is None:
        return False
    name = kind.autoname.property
    given = name not in (inputs.get(DEFAULTS) or [])
    return given and inputs.get(name) is not None and inputs.get(name) == state.get(name)


def _paths(prop: Property, old: Any, new: Any, path: str) -> Iterator[tuple[str, Change]]:
    """The places that differ, as deep as they can be told apart."""
    if is_object(old) and is_object(new) and prop.kind in (Kind.OBJECT, Kind.MAP):
        yield from _paths_inside(prop, old, new, path)
    elif old in (None, "", [], {}):
        yield path, "add"
    elif new in (None, "", [], {}):
        yield path, "delete"
    else:
        yield path, "update"


def _paths_inside(prop: Property, old: dict[str, Any], new: dict[str, Any], path: str) -> Iterator[tuple[str, Change]]:
    names = list(prop.fields) if prop.kind is Kind.OBJECT else sorted({*old, *new} - {DEFAULTS})
    for name in names:
        one = prop.fields.get(name) or prop.item or STRINGS
        if not same(one, old.get(name), new.get(name)):
            yield from _paths(one, old.get(name), new.get(name), f"{path}{_step(name)}")


def _step(name: str) -> str:
    return f".{name}" if name.isidentifier() else f'["{name}"]'
