"""What the engine keeps of a resource: outputs made of a read, and inputs made of outputs."""

from collections.abc import Mapping
from typing import Any

from rehearsal.provider import tags
from rehearsal.provider.check import DEFAULTS, properties_of
from rehearsal.provider.comparing import equivalent
from rehearsal.provider.equality import json_text, normalised, policy_text
from rehearsal.provider.errors import ProviderError
from rehearsal.provider.schema import Kind, Properties, Property, ResourceType
from rehearsal.provider.shapes import is_list, is_object
from rehearsal.provider.wire import UNKNOWN


def outputs(kind: ResourceType, read: Properties, prior: Properties, defaults: Mapping[str, str]) -> Properties:
    """The state after a read; `prior` is the state, or the inputs after a create or update.

    Raises:
        ProviderError: the type's read tells a property that its table does not hold.
    """
    properties = properties_of(kind)
    if unknown := set(read) - set(properties) - set(kind.outputs):
        raise ProviderError(f"the table of {kind.type} does not hold what its read tells: {', '.join(sorted(unknown))}")
    state: Properties = {name: _kept(properties.get(name), prior.get(name), found) for name, found in read.items()}
    for name, prop in properties.items():
        if prop.unreadable and name not in read and prior.get(name) is not None:
            state[name] = prior[name]
    if kind.regional:
        state["region"] = read.get("region") or prior["region"]
    if kind.tagged:
        everything = tags.found(read.get("tagsAll", {}))
        state["tagsAll"] = everything
        state["tags"] = tags.own(everything, defaults, prior.get("tags") or {})
    return {name: value for name, value in without_defaults(state).items() if value is not None}


def preview(kind: ResourceType, state: Properties, inputs: Properties, changed: frozenset[str]) -> Properties:
    """What is known of the outputs before an apply: of a new resource (empty `state`) or of a changed one."""
    properties = properties_of(kind)
    known: Properties = {name: value for name, value in without_defaults(inputs).items() if name in properties}
    for name, prop in properties.items():
        if prop.optional_computed and known.get(name) is None:
            known[name] = state.get(name) if state else UNKNOWN
    for name, output in kind.outputs.items():
        moves = not state or any(cause in changed for cause in output.changes_with)
        known[name] = UNKNOWN if moves else state.get(name)
    return {name: value for name, value in known.items() if value is not None}


def refreshed_inputs(old: Properties, state: Properties) -> Properties:
    """The inputs that would give `state`: those that the program sets, with what AWS now says of them."""
    inputs: Properties = {}
    for name, value in old.items():
        if name == DEFAULTS:
            inputs[name] = value
        elif name in state:
            inputs[name] = _restricted(value, state[name])
    return inputs


def imported_inputs(kind: ResourceType, state: Properties) -> Properties:
    """The inputs of an imported resource: whatever can be set and is not empty."""
    inputs: Properties = {DEFAULTS: []}
    for name in properties_of(kind):
        if name in state and (name == "region" or state[name] not in (None, False, 0, "", [], {})):
            inputs[name] = state[name]
    return inputs


def imported_flags(kind: ResourceType) -> Properties:
    """What an import finds in place of properties that AWS never tells."""
    flags = {name: prop.imported for name, prop in kind.properties.items() if prop.unreadable}
    return {name: value for name, value in flags.items() if value is not None}


def without_defaults(value: Any) -> Any:
    """The value without the engine's notes on defaults, at any depth."""
    if is_object(value):
        parts = value.items()
        return {name: without_defaults(one) for name, one in parts if name != DEFAULTS}
    if is_list(value):
        return [without_defaults(one) for one in value]
    return value


def _kept(prop: Property | None, prior: Any, found: Any) -> Any:
    """What the state says already, when AWS says the same in other words."""
    if prop is None:
        return found
    if prop.canonical in (policy_text, json_text) and isinstance(found, str):
        known = isinstance(prior, str) and equivalent(prop, prior, found)
        return normalised(prior if known else found)
    if (
        prior is not None
        and found is not None
        and (prop.kind is Kind.SET or prop.canonical is not Property().canonical)
    ):
        return prior if equivalent(prop, prior, found) else found
    return found


def _restricted(old: Any, new: Any) -> Any:
    """`new` where `old` had something: a default that AWS fills in inside an object is no input of the program."""
    if is_object(old) and is_object(new):
        before, now = old, new
        notes = {DEFAULTS: before[DEFAULTS]} if DEFAULTS in before else {}
        return {name: _restricted(before[name], now[name]) for name in before if name in now} | notes
    if is_list(old) and is_list(new):
        olds, news = old, new
        return [_restricted(olds[at], one) if at < len(olds) else one for at, one in enumerate(news)]
    return new
