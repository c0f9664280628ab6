"""What a table is besides its items, as far as a backup holds it, and the request that makes such a table again."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from rehearsal.emulator import door

_INDEX_MEMBERS: Final = ("IndexName", "KeySchema", "Projection", "ProvisionedThroughput", "OnDemandThroughput")
_INDEXES: Final = ("GlobalSecondaryIndexes", "LocalSecondaryIndexes")


@dataclass(frozen=True)
class Restored:
    """What a restore asks for beside the name; None is what the source had."""

    encryption: door.Record | None = None
    """An SSESpecification; one that is empty or not enabled stands for the key that DynamoDB owns."""
    billing_mode: str | None = None
    throughput: door.Record | None = None
    on_demand_throughput: door.Record | None = None
    global_indexes: list[door.Record] | None = None
    """Those of the source that are wanted; an empty list is none of them."""
    local_indexes: list[door.Record] | None = None
    summary: door.Record = field(default_factory=dict[str, Any])
    """What DescribeTable shows of where the table comes from: SourceBackupArn, SourceTableArn, RestoreDateTime."""


def definition_of(table: door.Record, known: door.Record | None = None) -> door.Record:
    """Return what a backup holds of a table: keys, indexes, capacity and encryption.

    The table class and the rest of its settings are not part of it:
    https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html (read 2026-11-22).

    Args:
        table: As MiniStack keeps it.
        known: A definition that may be right still; it is returned when it is. Default: a new one is made.
    """
    held = {
        "KeySchema": table["KeySchema"],
        "AttributeDefinitions": table["AttributeDefinitions"],
        "BillingMode": table["BillingModeSummary"]["BillingMode"],
        "ProvisionedThroughput": table["ProvisionedThroughput"],
        "OnDemandThroughput": table.get("OnDemandThroughput"),
        "SSEDescription": table.get("SSEDescription"),
    }
    indexes = {name: [_index(index) for index in table.get(name) or ()] for name in _INDEXES}
    found = {name: value for name, value in (held | indexes).items() if value}
    # A copy takes longer than everything else of a backup of a table that is unchanged.
    return known if known is not None and known == found else deepcopy(found)


def creation(definition: door.Record, name: str, wanted: Restored) -> door.Record:
    """Return the CreateTable request of a table that is restored."""
    made = deepcopy({member: definition[member] for member in ("KeySchema", "AttributeDefinitions")})
    made |= {"TableName": name, **_capacity(definition, wanted), **_indexes(definition, wanted)}
    encryption = _encryption(definition) if wanted.encryption is None else wanted.encryption
    if encryption.get("Enabled"):
        made["SSESpecification"] = encryption
    return _with_used_attributes(made)


def _index(index: door.Record) -> door.Record:
    return {name: index[name] for name in _INDEX_MEMBERS if name in index}


def _capacity(definition: door.Record, wanted: Restored) -> door.Record:
    mode = wanted.billing_mode or definition["BillingMode"]
    if mode == "PROVISIONED":
        return {"BillingMode": mode, "ProvisionedThroughput": wanted.throughput or definition["ProvisionedThroughput"]}
    most = wanted.on_demand_throughput or definition.get("OnDemandThroughput")
    return {"BillingMode": mode, **({"OnDemandThroughput": most} if most else {})}


def _indexes(definition: door.Record, wanted: Restored) -> door.Record:
    asked = zip(_INDEXES, (wanted.global_indexes, wanted.local_indexes), strict=True)
    chosen = {name: definition.get(name, []) if given is None else given for name, given in asked}
    return deepcopy({name: indexes for name, indexes in chosen.items() if indexes})


def _encryption(definition: door.Record) -> door.Record:
    held: door.Record = definition.get("SSEDescription", {})
    if held.get("Status") != "ENABLED":
        return {}
    return {"Enabled": True, "SSEType": held["SSEType"], "KMSMasterKeyId": held["KMSMasterKeyArn"]}


def _with_used_attributes(made: door.Record) -> door.Record:
    """CreateTable refuses an attribute that no key uses: of an index that is left out."""
    schemas = [made["KeySchema"], *(index["KeySchema"] for name in _INDEXES for index in made.get(name, []))]
    used = {key["AttributeName"] for schema in schemas for key in schema}
    made["AttributeDefinitions"] = [
        attribute for attribute in made["AttributeDefinitions"] if attribute["AttributeName"] in used
    ]
    return made
