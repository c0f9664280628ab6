"""Asks a type's table what the engine would ask it."""

from typing import Any

from rehearsal.provider.check import Asked, Standing, check
from rehearsal.provider.diff import diff
from rehearsal.provider.schema import ResourceType
from rehearsal.provider.state import without_defaults

STANDING = Standing(region="eu-west-2", default_tags={})


def refusals(kind: ResourceType, given: dict[str, Any]) -> list[str]:
    """What Check finds wrong with inputs."""
    return [sentence for _, sentence in check(kind, Asked("thing", given, {}, b"seed"), STANDING).failures]


def completed(kind: ResourceType, given: dict[str, Any]) -> dict[str, Any]:
    """Inputs as Check completes them."""
    checked = check(kind, Asked("thing", given, {}, b"seed"), STANDING)
    assert checked.failures == []
    return checked.inputs


def sent(kind: ResourceType, given: dict[str, Any]) -> dict[str, Any]:
    """Inputs as an operation gets them."""
    return without_defaults(completed(kind, given))


def change(kind: ResourceType, old: dict[str, Any], new: dict[str, Any], **state: Any) -> tuple[set[str], set[str]]:
    """Names that differ, and those that replace, from inputs that were applied to other inputs; `state` is AWS's."""
    found = diff(kind, {**sent(kind, old), **state}, completed(kind, new))
    return set(found.changed), set(found.replaces)
