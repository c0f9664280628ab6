"""Changing a table: the real provider's calls in its order, one kind of change a call."""

from collections.abc import Mapping
from typing import Any

from rehearsal.provider.context import Context
from rehearsal.provider.schema import Properties, Update
from rehearsal.provider.types.dynamodb_index import PROVISIONED, capacity, global_sent, is_same_index
from rehearsal.provider.types.dynamodb_settings import put_encryption, put_recovery, put_ttl
from rehearsal.provider.types.dynamodb_waits import (
    wait_until_active,
    wait_until_index_active,
    wait_until_index_gone,
)
from rehearsal.provider.values import block, listed


def update(context: Context, update: Update) -> None:
    """Drop indexes, change the class, the stream, the table itself, add indexes, then encryption, TTL and recovery."""
    changed = update.changed
    if "globalSecondaryIndexes" in changed:
        _drop_indexes(context, update)
    if "tableClass" in changed:
        _send(context, update.id, {"TableClass": update.new["tableClass"]})
    if "streamViewType" in changed and "streamEnabled" not in changed:
        _restart_stream(context, update)
    _change_table(context, update)
    if "globalSecondaryIndexes" in changed:
        _add_indexes(context, update)
    if "serverSideEncryption" in changed:
        put_encryption(context, update.id, block(update.new, "serverSideEncryption"))
    if "ttl" in changed:
        put_ttl(context, update.id, block(update.new, "ttl"), block(update.old, "ttl"))
    if "pointInTimeRecovery" in changed:
        put_recovery(context, update.id, block(update.new, "pointInTimeRecovery"))


def stream_sent(values: Properties) -> dict[str, Any]:
    """The stream as the API takes it."""
    if not values.get("streamEnabled"):
        return {"StreamEnabled": False}
    return {"StreamEnabled": True, "StreamViewType": values["streamViewType"]}


def throughput_sent(values: Properties) -> dict[str, Any]:
    """The limits of an on-demand table; -1 lifts one."""
    given = block(values, "onDemandThroughput")
    return {
        "MaxReadRequestUnits": given.get("maxReadRequestUnits") or -1,
        "MaxWriteRequestUnits": given.get("maxWriteRequestUnits") or -1,
    }


def _restart_stream(context: Context, update: Update) -> None:
    """A stream cannot change its view: it goes off, and on again with the new one."""
    _send(context, update.id, {"StreamSpecification": {"StreamEnabled": False}})
    _send(context, update.id, {"StreamSpecification": stream_sent(update.new)})


def _change_table(context: Context, update: Update) -> None:
    changed, new = update.changed, update.new
    request: dict[str, Any] = {}
    if changed & {"billingMode", "readCapacity", "writeCapacity"}:
        request["BillingMode"] = new["billingMode"]
        if new["billingMode"] == PROVISIONED:
            request["ProvisionedThroughput"] = capacity(new)
    if "deletionProtectionEnabled" in changed:
        request["DeletionProtectionEnabled"] = bool(new.get("deletionProtectionEnabled"))
    if "onDemandThroughput" in changed:
        request["OnDemandThroughput"] = throughput_sent(new)
    if "streamEnabled" in changed:
        request["StreamSpecification"] = stream_sent(new)
    if resized := _resized_indexes(update):
        request["GlobalSecondaryIndexUpdates"] = resized
    if request:
        _send(context, update.id, request)


def _resized_indexes(update: Update) -> list[dict[str, Any]]:
    before, after = _indexes(update.old), _indexes(update.new)
    if update.new["billingMode"] != PROVISIONED or "globalSecondaryIndexes" not in update.changed:
        return []
    return [
        {"Update": {"IndexName": name, "ProvisionedThroughput": capacity(index)}}
        for name, index in after.items()
        if name in before and is_same_index(before[name], index) and capacity(before[name]) != capacity(index)
    ]


def _drop_indexes(context: Context, update: Update) -> None:
    after = _indexes(update.new)
    for name, index in _indexes(update.old).items():
        if name not in after or not is_same_index(index, after[name]):
            _send(context, update.id, {"GlobalSecondaryIndexUpdates": [{"Delete": {"IndexName": name}}]})
            wait_until_index_gone(context, update.id, name)


def _add_indexes(context: Context, update: Update) -> None:
    before = _indexes(update.old)
    attributes = attributes_sent(update.new)
    for name, index in _indexes(update.new).items():
        if name not in before or not is_same_index(before[name], index):
            made = {"Create": global_sent(index, update.new["billingMode"])}
            _send(context, update.id, {"AttributeDefinitions": attributes, "GlobalSecondaryIndexUpdates": [made]})
            wait_until_index_active(context, update.id, name)


def attributes_sent(values: Properties) -> list[dict[str, str]]:
    """Attributes as the API takes them."""
    return [{"AttributeName": one["name"], "AttributeType": one["type"]} for one in listed(values, "attributes")]


def _indexes(values: Properties) -> dict[str, Mapping[str, Any]]:
    return {str(index["name"]): index for index in listed(values, "globalSecondaryIndexes")}


def _send(context: Context, table: str, request: Any) -> None:
    context.clients.client("dynamodb", context.region).update_table(TableName=table, **request)
    wait_until_active(context, table)
