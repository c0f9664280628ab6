"""Refuses inputs that the real provider would refuse, by the SDK's own types: mocks take anything."""

# The SDK's types are reached by name only, and say little about themselves.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import inspect
import typing
from collections import abc
from collections.abc import Mapping
from functools import cache
from typing import Any

import pulumi
import pulumi_aws
from pulumi import _types as sdk  # pyright: ignore[reportPrivateUsage] - nothing public tells an input's types
from pulumi.output import Unknown


def refuse_wrong_inputs(token: str, inputs: Mapping[str, Any]) -> None:
    """Check the inputs of one resource of pulumi-aws at every depth; other types, and what is unknown, are left alone.

    Raises:
        TypeError: an unknown or missing property, or a value of another type.
    """
    if token.startswith("aws:"):
        _object(inputs, _model(token), token.rsplit(":", 1)[1])


def properties(token: str) -> frozenset[str]:
    """Names of the properties that a resource of pulumi-aws takes."""
    return frozenset(_properties(_model(token))[0])


def _model(token: str) -> type:
    service, name = getattr(pulumi_aws, token.split(":")[1].split("/")[0]), token.rsplit(":", 1)[1]
    # Where <Name>Args is the type of a nested block, the resource's own is called <Name>InitArgs.
    return getattr(service, f"{name}InitArgs", None) or getattr(service, f"{name}Args")


def _object(value: Mapping[str, Any], model: type, where: str) -> None:
    hints, required = _properties(model)
    wrong = [f"{where} has no {key}" for key in value if key not in hints]
    wrong += [f"{where} needs {key}" for key in required if value.get(key) is None]
    if wrong:
        raise TypeError("; ".join(wrong))
    for key, part in value.items():
        if part is not None:
            _value(part, hints[key], f"{where}.{key}")


def _value(value: Any, hint: Any, where: str) -> None:
    if isinstance(value, Unknown):
        return
    kinds = _kinds(hint)
    if not any(_is(value, kind) for kind in kinds):
        raise TypeError(f"{where} takes {kinds}, got {value!r}")
    kind = next(kind for kind in kinds if _is(value, kind))
    if isinstance(value, list):
        for number, part in enumerate(value):
            _value(part, typing.get_args(kind)[0], f"{where}[{number}]")
    elif isinstance(value, dict) and sdk.is_input_type(kind):
        _object(value, kind, where)
    elif isinstance(value, dict):
        for key, part in value.items():
            _value(part, typing.get_args(kind)[1], f"{where}.{key}")


def _is(value: Any, kind: Any) -> bool:
    match value:
        case list():
            return typing.get_origin(kind) is abc.Sequence
        case dict():
            return typing.get_origin(kind) is abc.Mapping or sdk.is_input_type(kind)
        case float():
            # Numbers cross the wire as floats.
            return kind is float or (kind is int and value.is_integer())
        case _:
            return type(value) is kind


def _kinds(hint: Any) -> tuple[Any, ...]:
    """The types that an input may have, without the ways in which it may arrive later."""
    kinds = typing.get_args(hint) if typing.get_origin(hint) is typing.Union else (hint,)
    late = (abc.Awaitable, pulumi.Output)
    return tuple(kind for kind in kinds if kind is not type(None) and typing.get_origin(kind) not in late)


@cache
def _properties(model: type) -> tuple[dict[str, Any], list[str]]:
    """Types of the properties by wire name, and the wire names of those that must be given."""
    names = sdk.input_type_py_to_pulumi_names(model)
    hints = typing.get_type_hints(model.__init__, localns={"Output": pulumi.Output, "T": type(None)})
    parameters = inspect.signature(model.__init__).parameters
    required = [wire for name, wire in names.items() if parameters[name].default is inspect.Parameter.empty]
    return {wire: hints[name] for name, wire in names.items()}, required
