"""Secondary indexes of a table: their tables of facts, and how they read in the AWS API and back."""

from collections.abc import Mapping
from typing import Any, Final

from rehearsal.provider.schema import Kind, Property
from rehearsal.provider.validation import one_of
from rehearsal.provider.values import listed, non_zero, present

_PROJECTION: Final = one_of("ALL", "INCLUDE", "KEYS_ONLY")
PROVISIONED: Final = "PROVISIONED"

_KEY: Final = Property(
    kind=Kind.OBJECT,
    fields={
        "attributeName": Property(required=True),
        "keyType": Property(required=True, checks=(one_of("HASH", "RANGE"),)),
    },
)
GLOBAL_INDEXES: Final = Property(
    kind=Kind.SET,
    optional_computed=True,
    item=Property(
        kind=Kind.OBJECT,
        fields={
            "name": Property(required=True),
            "hashKey": Property(optional_computed=True),
            "rangeKey": Property(optional_computed=True),
            "keySchemas": Property(kind=Kind.LIST, optional_computed=True, item=_KEY),
            "projectionType": Property(required=True, checks=(_PROJECTION,)),
            "nonKeyAttributes": Property(kind=Kind.SET),
            "readCapacity": Property(kind=Kind.INTEGER, optional_computed=True),
            "writeCapacity": Property(kind=Kind.INTEGER, optional_computed=True),
        },
    ),
)
LOCAL_INDEXES: Final = Property(
    kind=Kind.SET,
    replaces=True,
    item=Property(
        kind=Kind.OBJECT,
        fields={
            "name": Property(required=True),
            "rangeKey": Property(required=True),
            "projectionType": Property(required=True, checks=(_PROJECTION,)),
            "nonKeyAttributes": Property(kind=Kind.SET),
        },
    ),
)


def keys_of(index: Mapping[str, Any]) -> list[dict[str, str]]:
    """The key schema of a global index, however the program gives it."""
    if schemas := listed(index, "keySchemas"):
        return [{"AttributeName": one["attributeName"], "KeyType": one["keyType"]} for one in schemas]
    return key_schema(index.get("hashKey"), index.get("rangeKey"))


def key_schema(hash_key: str | None, range_key: str | None) -> list[dict[str, str]]:
    """A key schema of at most one key of each type."""
    keys = {"HASH": hash_key, "RANGE": range_key}
    return [{"AttributeName": name, "KeyType": kind} for kind, name in keys.items() if name]


def capacity(values: Mapping[str, Any]) -> dict[str, int]:
    """Provisioned throughput."""
    return {
        "ReadCapacityUnits": values.get("readCapacity") or 0,
        "WriteCapacityUnits": values.get("writeCapacity") or 0,
    }


def global_sent(index: Mapping[str, Any], billing: str) -> dict[str, Any]:
    """A global index as CreateTable takes it."""
    throughput = {"ProvisionedThroughput": capacity(index)} if billing == PROVISIONED else {}
    return {"IndexName": index["name"], "KeySchema": keys_of(index), "Projection": _projection(index), **throughput}


def local_sent(index: Mapping[str, Any], hash_key: str) -> dict[str, Any]:
    """A local index as CreateTable takes it."""
    keys = key_schema(hash_key, index["rangeKey"])
    return {"IndexName": index["name"], "KeySchema": keys, "Projection": _projection(index)}


def global_told(index: Mapping[str, Any]) -> dict[str, Any]:
    """A global index as the provider's state holds it."""
    keys = listed(index, "KeySchema")
    throughput = index.get("ProvisionedThroughput", {})
    return {
        "name": index["IndexName"],
        **_single_keys(keys),
        "keySchemas": [{"attributeName": one["AttributeName"], "keyType": one["KeyType"]} for one in keys],
        **_projection_told(index),
        "readCapacity": throughput.get("ReadCapacityUnits", 0),
        "writeCapacity": throughput.get("WriteCapacityUnits", 0),
    }


def local_told(index: Mapping[str, Any]) -> dict[str, Any]:
    """A local index as the provider's state holds it."""
    keys = _single_keys(listed(index, "KeySchema"))
    return {"name": index["IndexName"], "rangeKey": keys.get("rangeKey", ""), **_projection_told(index)}


def is_same_index(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether an index can stay and at most change its capacity; any other change makes it anew."""
    return keys_of(one) == keys_of(other) and _projection(one) == _projection(other)


def _projection(index: Mapping[str, Any]) -> dict[str, Any]:
    attributes = sorted(listed(index, "nonKeyAttributes"))
    return {"ProjectionType": index["projectionType"], **present({"NonKeyAttributes": attributes})}


def _projection_told(index: Mapping[str, Any]) -> dict[str, Any]:
    projection = index.get("Projection", {})
    attributes = projection.get("NonKeyAttributes")
    return {"projectionType": projection.get("ProjectionType"), **non_zero({"nonKeyAttributes": attributes})}


def _single_keys(keys: list[Any]) -> dict[str, str]:
    names = {"HASH": "hashKey", "RANGE": "rangeKey"}
    return {names[one["KeyType"]]: one["AttributeName"] for one in keys}
