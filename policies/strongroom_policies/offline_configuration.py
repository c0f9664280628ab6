"""Pack configuration as the engine reads it, for those who judge without the engine.

Form: pulumi/pulumi v3.256.0, pkg/resource/analyzer/config.go, read 2026-11-22. Stricter in one thing: a name that no
rule has is refused, because the engine passes over it and judges by the defaults.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from strongroom_policies.rule import AnyRule, Option

LEVEL: Final = "enforcementLevel"
LEVELS: Final = ("advisory", "mandatory", "remediate", "disabled")
_ALL: Final = "all"
_ENVIRONMENTS: Final = "environments"
_SHOWN_ALWAYS: Final = (str, int, float, bool)


@dataclass(frozen=True)
class Configured:
    """A rule as a configuration has it."""

    level: str
    """One of `LEVELS`."""
    options: Mapping[str, object]
    """Only those that the configuration names; the rule has the defaults."""


def configured(rules: Sequence[AnyRule], said: Mapping[str, object]) -> dict[str, Configured]:
    """Each rule's level and options, by name. `faults` must have found nothing."""
    everywhere = _level(said.get(_ALL))
    found: dict[str, Configured] = {}
    for rule in rules:
        own = said.get(rule.name)
        level = _level(own) or everywhere or rule.level.value
        found[rule.name] = Configured(level, {key: one for key, one in _mapping(own).items() if key != LEVEL})
    return found


def faults(rules: Sequence[AnyRule], said: object) -> list[str]:
    """A sentence for each thing that the engine would refuse, or pass over."""
    if not isinstance(said, Mapping):
        return [f"is {_kind(said)}; an object is required, with a level or options for each rule"]
    by_name = {rule.name: rule for rule in rules}
    found: list[str] = []
    for name, own in cast("Mapping[str, object]", said).items():
        if name == _ENVIRONMENTS:
            continue
        if name not in by_name and name != _ALL:
            found.append(_unknown(name, list(by_name)))
            continue
        found += [f"{name} {fault}" for fault in _of_one(by_name.get(name), own)]
    return found


def _of_one(rule: AnyRule | None, own: object) -> Iterator[str]:
    if isinstance(own, str):
        yield from _refuse_level(own)
        return
    if not isinstance(own, Mapping):
        yield f"is {_kind(own)}; a level or an object with options is required"
        return
    for key, value in cast("Mapping[str, object]", own).items():
        if key == LEVEL:
            yield from _refuse_level(value)
        elif rule is not None:
            yield from _option(rule, key, value)


def _refuse_level(given: object) -> Iterator[str]:
    if given not in LEVELS:
        yield f"has the level {given!r}; one of {', '.join(LEVELS)} is required"


def _option(rule: AnyRule, key: str, value: object) -> Iterator[str]:
    options = rule.every_option
    if key not in options:
        yield f"has no option {key!r}; it takes {', '.join(options)}: correct the name"
    else:
        yield from _misfits(options[key], value, key)


def _misfits(schema: Option, value: object, path: str) -> Iterator[str]:
    """What of JSON schema the options of this pack use."""
    kind = str(schema.get("type", ""))
    if kind and not _is(value, kind):
        yield f"has {path} {_kind(value)}; {kind} is required"
        return
    least, allowed = schema.get("minimum"), schema.get("enum")
    if isinstance(least, int) and isinstance(value, int | float) and value < least:
        yield f"has {path} {value}; {least} or more is required"
    if isinstance(allowed, list) and value not in cast("list[object]", allowed):
        yield f"has {path} {value!r}; one of {allowed} is required"
    if isinstance(value, list):
        for at, one in enumerate(cast("list[object]", value)):
            yield from _misfits(_mapping(schema.get("items")), one, f"{path}[{at}]")
    elif isinstance(value, Mapping):
        yield from _object(schema, cast("Mapping[str, object]", value), path)


def _object(schema: Option, value: Mapping[str, object], path: str) -> Iterator[str]:
    named, others = _mapping(schema.get("properties")), _mapping(schema.get("additionalProperties"))
    for required in cast("list[str]", schema.get("required", [])):
        if required not in value:
            yield f"has {path} without {required}; it is required"
    for key, one in value.items():
        yield from _misfits(_mapping(named.get(key, others)), one, f"{path}.{key}")


def _is(value: object, kind: str) -> bool:
    match kind:
        case "integer":
            return isinstance(value, int | float) and not isinstance(value, bool) and float(value).is_integer()
        case "boolean":
            return isinstance(value, bool)
        case "string":
            return isinstance(value, str)
        case "array":
            return isinstance(value, list)
        case "object":
            return isinstance(value, Mapping)
        case _:
            raise ValueError(f"the pack uses type {kind} in an option, which nobody checks here")


def _kind(value: object) -> str:
    if isinstance(value, _SHOWN_ALWAYS):
        return repr(value)
    return "a list" if isinstance(value, list) else "nothing" if value is None else "an object"


def _unknown(name: str, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]}?" if near else "take the name of a rule of docs/policies.md"
    return f"names {name!r}, which is no rule of this pack; {hint}"


def _level(own: object) -> str | None:
    given = own if isinstance(own, str) else _mapping(own).get(LEVEL)
    return str(given) if given is not None else None


def _mapping(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, Mapping) else {}
