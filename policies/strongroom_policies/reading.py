"""Reads what the engine and Pulumi's policy SDK hand over into plain values, so that no unknown one ends a rule."""

# The SDK and its messages are untyped; nothing of that leaves this module.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, Final

from google.protobuf import json_format, struct_pb2
from pulumi_policy import PolicyResource, ResourceValidationArgs, proxy
from pulumi_policy.deserialize import deserialize_properties
from pulumi_policy.proxy import UnknownValueError

from strongroom_policies.properties import UNKNOWN, Properties
from strongroom_policies.resource import Member, Options, Resource, component, shown

_SENTINELS: Final = frozenset(value for name, value in vars(proxy).items() if name.startswith("UNKNOWN_"))
"""What stands for unknown values on the wire; the SDK raises in place of most."""
_PROVIDERS: Final = 64
"""Remembered: a stack has few, and each of its resources comes with one."""


def read(given: ResourceValidationArgs | PolicyResource) -> Resource:
    """A resource as the SDK has it."""
    owner = shown(given.resource_type, given.name)
    options = given.opts
    return Resource(
        type=given.resource_type,
        name=given.name,
        urn=given.urn,
        properties=Properties(plain(given.props), owner),
        options=Options(options.protect, bool(options.delete_before_replace), frozenset(options.ignore_changes)),
        provider=Properties(plain(given.provider.props) if given.provider else {}, f"the provider of {owner}"),
    )


def member(given: PolicyResource) -> Member:
    """A resource among others, as the SDK has it."""
    return Member(
        type=given.resource_type,
        urn=given.urn,
        parent=given.parent.urn if given.parent else "",
        component=component(given.resource_type, provided=given.provider is not None),
        read=partial(_read_of_stack, given),
    )


def _read_of_stack(given: PolicyResource) -> Resource:
    waits_for = {key: frozenset(one.urn for one in others) for key, others in given.property_dependencies.items()}
    return replace(read(given), waits_for=waits_for)


def read_message(message: Any) -> Resource:
    """A resource as the engine sends it."""
    owner, options = shown(message.type, message.name), message.options
    provider = _provider(message.provider.properties.SerializeToString()) if message.HasField("provider") else {}
    return Resource(
        type=message.type,
        name=message.name,
        urn=message.urn,
        properties=Properties(_values(message.properties), owner),
        options=Options(options.protect, options.deleteBeforeReplace, frozenset(options.ignoreChanges)),
        provider=Properties(provider, f"the provider of {owner}"),
    )


def message_member(message: Any, urns: Collection[str]) -> Member:
    """A resource among others as the engine sends it; of what it waits for, only `urns` are there."""
    return Member(
        type=message.type,
        urn=message.urn,
        parent=message.parent,
        component=component(message.type, provided=message.HasField("provider")),
        read=partial(_read_message_of_stack, message, urns),
    )


def _read_message_of_stack(message: Any, urns: Collection[str]) -> Resource:
    waits_for = {
        key: frozenset(one for one in others.urns if one in urns)
        for key, others in message.propertyDependencies.items()
    }
    return replace(read_message(message), waits_for=waits_for)


def plain(value: Any) -> Any:
    """A value without the SDK's proxies, which raise at the touch of anything unknown."""
    if isinstance(value, str):
        return UNKNOWN if value in _SENTINELS else value
    if isinstance(value, Mapping):
        return {key: _touched(value, key) for key in value}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_touched(value, at) for at in range(len(value))]
    return value


def _touched(container: Any, key: Any) -> Any:
    try:
        return plain(container[key])
    except UnknownValueError:
        return UNKNOWN


@lru_cache(maxsize=_PROVIDERS)
def _provider(properties: bytes) -> Mapping[str, Any]:
    return _values(struct_pb2.Struct.FromString(properties))


def _values(properties: struct_pb2.Struct) -> Mapping[str, Any]:
    return plain(deserialize_properties(json_format.MessageToDict(properties)))
