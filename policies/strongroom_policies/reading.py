"""Reads what Pulumi's policy SDK hands over into plain values, so that no unknown one ends a rule."""

# The SDK hands over untyped values; nothing of that leaves this module.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from pulumi_policy import PolicyResource, PolicyResourceOptions, ResourceValidationArgs, proxy
from pulumi_policy.proxy import UnknownValueError

from strongroom_policies.properties import UNKNOWN, Properties
from strongroom_policies.resource import Options, Resource, shown

_SENTINELS: Final = frozenset(value for name, value in vars(proxy).items() if name.startswith("UNKNOWN_"))
"""What stands for unknown values where the SDK does not raise: in remediations."""


class Plain(dict[str, Any]):
    """Properties that were read already: plain values, and UNKNOWN for what nobody knows yet."""


def read(given: ResourceValidationArgs | PolicyResource) -> Resource:
    """A resource by itself."""
    owner = shown(given.resource_type, given.name)
    return Resource(
        type=given.resource_type,
        name=given.name,
        urn=given.urn,
        properties=Properties(plain(given.props), owner),
        options=_options(given.opts),
        provider=Properties(plain(given.provider.props) if given.provider else {}, f"the provider of {owner}"),
    )


def read_of_stack(given: PolicyResource) -> Resource:
    """A resource among others, with those that it waits for."""
    waits_for = {
        key: frozenset(one.urn for one in others) for key, others in given.property_dependencies.items() if others
    }
    return replace(read(given), waits_for=waits_for)


def _options(options: PolicyResourceOptions) -> Options:
    return Options(options.protect, bool(options.delete_before_replace), frozenset(options.ignore_changes))


def plain(value: Any) -> Any:
    """A value without the SDK's proxies, which raise at the touch of anything unknown."""
    if isinstance(value, str):
        return UNKNOWN if value in _SENTINELS else value
    if isinstance(value, Plain):
        return value
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
