"""Check: turns what a program wrote into complete inputs, or says in one sentence each what is wrong."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from rehearsal.provider import tags
from rehearsal.provider.autonaming import NameTooLongError, named
from rehearsal.provider.comparing import STRINGS
from rehearsal.provider.judging import Checked, judge
from rehearsal.provider.schema import Kind, Properties, Property, ResourceType
from rehearsal.provider.shapes import is_list, is_object
from rehearsal.provider.wire import UNKNOWN, Asset, holds_unknown

DEFAULTS: Final = "__defaults"

_SHAPES: Final = {
    Kind.STRING: (str,),
    Kind.INTEGER: (int,),
    Kind.NUMBER: (int, float),
    Kind.BOOLEAN: (bool,),
    Kind.OBJECT: (dict,),
    Kind.MAP: (dict,),
    Kind.LIST: (list,),
    Kind.SET: (list,),
    Kind.ASSET: (Asset,),
}


@dataclass(frozen=True)
class Asked:
    """What the engine asks to check, without secrets."""

    name: str
    """Logical name."""
    news: Properties
    olds: Properties
    """The former inputs; empty for a new resource."""
    seed: bytes


@dataclass(frozen=True)
class Standing:
    """What the provider's configuration gives every resource."""

    region: str
    default_tags: Mapping[str, str]


def check(kind: ResourceType, asked: Asked, standing: Standing) -> Checked:
    """Fill in defaults, name, region and `tagsAll`, and judge every value that is known."""
    checked = Checked()
    properties = properties_of(kind)
    given = {name: value for name, value in asked.news.items() if name not in (DEFAULTS, "tagsAll")}
    checked.inputs = _object(checked, Property(kind=Kind.OBJECT, fields=properties), given, "")
    _fill_name(checked, kind, asked)
    if kind.regional:
        checked.inputs["region"] = checked.inputs.get("region") or standing.region
    if kind.tagged:
        checked.inputs["tagsAll"] = tags.merged(standing.default_tags, checked.inputs.get("tags"))
    if not checked.failures:
        judge(checked, properties, checked.inputs, "")
    if not checked.failures and kind.check:
        for sentence in kind.check(checked.inputs):
            checked.fail("", sentence)
    return checked


def properties_of(kind: ResourceType) -> dict[str, Property]:
    """All inputs of a type, those included that the core knows for it."""
    properties = dict(kind.properties)
    if kind.regional:
        properties["region"] = Property(optional_computed=True, replaces=True)
    if kind.tagged:
        properties["tags"] = Property(kind=Kind.MAP)
        properties["tagsAll"] = Property(kind=Kind.MAP)
    return properties


def _fill_name(checked: Checked, kind: ResourceType, asked: Asked) -> None:
    rule = kind.autoname
    if rule is None or checked.inputs.get(rule.property) is not None or checked.inputs.get("namePrefix") is not None:
        return
    try:
        name = named(rule, asked.name, asked.seed, former(asked.olds, rule.property))
    except NameTooLongError as error:
        checked.fail(rule.property, str(error))
        return
    checked.inputs[rule.property] = name
    checked.inputs[DEFAULTS] = sorted([*checked.inputs.get(DEFAULTS, []), rule.property])


def former(olds: Properties, name: str) -> str | None:
    """The value that an earlier Check filled in for `name`."""
    return olds.get(name) if name in (olds.get(DEFAULTS) or []) else None


def _value(checked: Checked, prop: Property, value: Any, path: str) -> Any:
    """`value` with its defaults; an ill-shaped one is noted and given back as it is."""
    if value is UNKNOWN:
        return value
    if prop.accepts_object and is_object(value):
        return UNKNOWN if holds_unknown(value) else json.dumps(value)
    value = _number(prop, value)
    if not _has_shape(prop, value):
        checked.fail(path, f"expected {prop.kind.name.lower()}, got {type(value).__name__} {value!r}")
        return value
    return _completed(checked, prop, value, path)


def _has_shape(prop: Property, value: Any) -> bool:
    """A bool is an int in Python, and no number on the wire."""
    return isinstance(value, _SHAPES[prop.kind]) and (not isinstance(value, bool) or prop.kind is Kind.BOOLEAN)


def _completed(checked: Checked, prop: Property, value: Any, path: str) -> Any:
    item = prop.item or STRINGS
    if is_object(value):
        if prop.kind is Kind.OBJECT:
            return _object(checked, prop, value, f"{path}.")
        return {key: _value(checked, item, one, f"{path}.{key}") for key, one in value.items()}
    if is_list(value):
        return [_value(checked, item, one, f"{path}[{at}]") for at, one in enumerate(value)]
    return value


def _number(prop: Property, value: Any) -> Any:
    """A number in a map or list of texts, or for a text, is its text, as the bridge has it."""
    if prop.kind is Kind.STRING and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value


def _object(checked: Checked, prop: Property, given: Properties, prefix: str) -> Properties:
    for name in given:
        if name not in prop.fields and name != DEFAULTS:
            known = ", ".join(sorted(prop.fields))
            checked.fail(prefix + name, f"unknown property '{name}', the stand-in knows: {known}")
    inputs: Properties = {}
    filled: list[str] = []
    for name, one in prop.fields.items():
        if given.get(name) is not None:
            inputs[name] = _value(checked, one, given[name], prefix + name)
        elif one.default is not None and not any(given.get(other) is not None for other in one.conflicts_with):
            inputs[name] = one.default
            filled.append(name)
        elif one.required:
            checked.fail(prefix + name, f'Missing required argument. The argument "{name}" is required')
    return {**inputs, DEFAULTS: filled}
