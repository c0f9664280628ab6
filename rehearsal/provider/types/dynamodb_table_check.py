"""What the real provider finds wrong with a table at plan, before AWS is asked to make it."""

from collections.abc import Iterable
from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.schema import Properties
from rehearsal.provider.types.dynamodb_index import PROVISIONED, keys_of
from rehearsal.provider.types.dynamodb_waits import describe
from rehearsal.provider.values import listed
from rehearsal.provider.wire import UNKNOWN, holds_unknown

_MAX_KEYS: Final = 4


def check(inputs: Properties) -> list[str]:
    """Check what single values cannot tell."""
    indexes = (_index(one) for one in _known(inputs, "globalSecondaryIndexes"))
    found = (_billing(inputs), _stream(inputs), _ttl(inputs), *indexes)
    return [sentence for sentence in found if sentence]


def plan(context: Context, state: Properties, inputs: Properties) -> str | None:
    """Every attribute must serve a key, and every key must be an attribute; indexes that AWS holds count, too."""
    name = inputs.get("name")
    described = describe(context, str(name)) if isinstance(name, str) and name else None
    if any(holds_unknown(inputs.get(one)) for one in ("attributes", "hashKey", "rangeKey", *_INDEXES)):
        return None
    existing = (described or {}).get("GlobalSecondaryIndexes", [])
    held = {key["AttributeName"] for index in existing for key in index.get("KeySchema", [])}
    return _attributes(inputs, held) if inputs.get("attributes") or not state else None


_INDEXES: Final = ("globalSecondaryIndexes", "localSecondaryIndexes")


def _attributes(inputs: Properties, held: set[str]) -> str | None:
    attributes = {one["name"] for one in listed(inputs, "attributes")}
    keys = {str(key) for key in _keys(inputs)}
    if unused := sorted(attributes - keys - held):
        return f"all attributes must be indexed. Unused attributes: {unused}"
    if unmatched := sorted(keys - attributes):
        return f"all indexes must match a defined attribute. Unmatched indexes: {unmatched}"
    return None


def _keys(inputs: Properties) -> Iterable[Any]:
    yield from (inputs[name] for name in ("hashKey", "rangeKey") if inputs.get(name))
    for index in listed(inputs, "globalSecondaryIndexes"):
        yield from (key["AttributeName"] for key in keys_of(index))
    yield from (index["rangeKey"] for index in listed(inputs, "localSecondaryIndexes"))


def _billing(inputs: Properties) -> str | None:
    billing = inputs.get("billingMode")
    units = {name: inputs.get(name) for name in ("readCapacity", "writeCapacity")}
    if billing is UNKNOWN or any(value is UNKNOWN for value in units.values()):
        return None
    if billing == PROVISIONED and any((value or 0) < 1 for value in units.values()):
        return "readCapacity and writeCapacity must be at least 1 when billingMode is PROVISIONED"
    if billing != PROVISIONED and any(units.values()):
        return "readCapacity and writeCapacity must be 0 or absent when billingMode is PAY_PER_REQUEST"
    return None


def _stream(inputs: Properties) -> str | None:
    enabled, view = inputs.get("streamEnabled"), inputs.get("streamViewType")
    if enabled is True and not view:
        return "streamViewType is required when streamEnabled is true"
    if enabled is not UNKNOWN and not enabled and view and view is not UNKNOWN:
        return "streamViewType must not be set when streamEnabled is false"
    return None


def _ttl(inputs: Properties) -> str | None:
    ttl = inputs.get("ttl")
    if isinstance(ttl, dict) and inputs["ttl"].get("enabled") is True and not inputs["ttl"].get("attributeName"):
        return "ttl.attributeName is required when ttl.enabled is true"
    return None


def _index(index: Properties) -> str | None:
    name, schemas = index.get("name"), listed(index, "keySchemas")
    if bool(index.get("hashKey")) == bool(schemas):
        return f"global secondary index {name}: give exactly one of hashKey and keySchemas"
    kinds = [one.get("keyType") for one in schemas]
    if kinds != sorted(kinds, key=str) or max(kinds.count("HASH"), kinds.count("RANGE")) > _MAX_KEYS:
        return f"global secondary index {name}: keySchemas takes HASH keys first, and at most {_MAX_KEYS} of each type"
    return None


def _known(inputs: Properties, name: str) -> list[Any]:
    value = inputs.get(name)
    return [] if value is None or holds_unknown(value) else listed(inputs, name)
