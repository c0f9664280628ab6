"""When an input means what the state says already; absent, false, 0 and empty are one value, as upstream."""

import json
from typing import Any, Final, cast

from rehearsal.provider.schema import Kind, Property
from rehearsal.provider.wire import Asset, holds_unknown

STRINGS: Final = Property()
"""What a list or map holds when its table says nothing."""


def same(prop: Property, old: Any, new: Any) -> bool:
    """Whether going from `old` (state) to `new` (input) is no change. An unknown input is always a change."""
    if new is None and prop.optional_computed:
        return True
    if holds_unknown(new):
        return False
    return _form(prop, old, new) == _form(prop, new, new)


def equivalent(prop: Property, one: Any, other: Any) -> bool:
    """Whether `other`, read from AWS, says nothing else than `one`, which the state or the program says."""
    return _form(prop, other, one) == _form(prop, one, one)


def _form(prop: Property, value: Any, asked: Any) -> Any:
    """One comparable form of `value`; what `asked` leaves to AWS is left out."""
    value, asked = prop.canonical(value), prop.canonical(asked)
    match prop.kind:
        case Kind.OBJECT:
            return _object(prop, value, asked)
        case Kind.MAP:
            return _map(prop.item or STRINGS, value)
        case Kind.LIST:
            return _list(prop.item or STRINGS, value, asked)
        case Kind.SET:
            return _set(prop.item or STRINGS, value, asked)
        case Kind.ASSET:
            return value.hash if isinstance(value, Asset) else value
        case _:
            return _none_for_zero(value)


def _none_for_zero(value: Any) -> Any:
    return None if value in (None, False, 0, "", [], {}) else value


def _map(item: Property, value: Any) -> Any:
    given = cast("dict[str, Any]", value or {})
    return {key: _form(item, one, one) for key, one in given.items()} or None


def _object(prop: Property, value: Any, asked: Any) -> Any:
    given = cast("dict[str, Any]", value or {})
    wanted = cast("dict[str, Any]", asked or {})
    form = {
        name: _form(field, given.get(name), wanted.get(name))
        for name, field in prop.fields.items()
        if not (field.optional_computed and wanted.get(name) is None)
    }
    return {name: one for name, one in form.items() if one is not None} or None


def _list(item: Property, value: Any, asked: Any) -> Any:
    given, wanted = cast("list[Any]", value or []), cast("list[Any]", asked or [])
    return [_form(item, one, wanted[at] if at < len(wanted) else None) for at, one in enumerate(given)] or None


def _set(item: Property, value: Any, asked: Any) -> Any:
    """An element is paired with the first asked one that it satisfies; what AWS chose in it then does not count."""
    given, wanted = cast("list[Any]", value or []), list(cast("list[Any]", asked or []))
    forms: list[Any] = []
    for one in given:
        partner = next((other for other in wanted if _form(item, one, other) == _form(item, other, other)), None)
        if partner is not None:
            wanted.remove(partner)
        forms.append(_form(item, one, one if partner is None else partner))
    return sorted({json.dumps(form, sort_keys=True, default=str) for form in forms}) or None
