"""How a table reads in the AWS API and back."""

from collections.abc import Mapping
from typing import Any

from rehearsal.provider.schema import Properties
from rehearsal.provider.types import dynamodb_index
from rehearsal.provider.types.dynamodb_settings import encryption_sent
from rehearsal.provider.types.dynamodb_table_update import attributes_sent, stream_sent, throughput_sent
from rehearsal.provider.values import block, listed, present, tag_list


def create_request(inputs: Properties) -> dict[str, Any]:
    """All that CreateTable takes."""
    billing = inputs["billingMode"]
    optional = {
        "ProvisionedThroughput": dynamodb_index.capacity(inputs) if billing == dynamodb_index.PROVISIONED else None,
        "OnDemandThroughput": throughput_sent(inputs) if inputs.get("onDemandThroughput") else None,
        "StreamSpecification": stream_sent(inputs) if inputs.get("streamEnabled") else None,
        "SSESpecification": encryption_sent(inputs["serverSideEncryption"])
        if block(inputs, "serverSideEncryption").get("enabled")
        else None,
        "GlobalSecondaryIndexes": [
            dynamodb_index.global_sent(one, billing) for one in listed(inputs, "globalSecondaryIndexes")
        ],
        "LocalSecondaryIndexes": [
            dynamodb_index.local_sent(one, inputs["hashKey"]) for one in listed(inputs, "localSecondaryIndexes")
        ],
        "Tags": tag_list(inputs["tagsAll"]),
    }
    return {
        "TableName": inputs["name"],
        "BillingMode": billing,
        "KeySchema": dynamodb_index.key_schema(inputs.get("hashKey"), inputs.get("rangeKey")),
        "AttributeDefinitions": attributes_sent(inputs),
        "DeletionProtectionEnabled": bool(inputs.get("deletionProtectionEnabled")),
        "TableClass": inputs["tableClass"],
        **present(optional),
    }


def told(table: Mapping[str, Any]) -> Properties:
    """What DescribeTable tells, as the provider's state holds it."""
    keys = {one["KeyType"]: one["AttributeName"] for one in table["KeySchema"]}
    units, stream = table.get("ProvisionedThroughput", {}), table.get("StreamSpecification", {})
    return {
        "name": table["TableName"],
        "arn": table["TableArn"],
        "hashKey": keys["HASH"],
        "rangeKey": keys.get("RANGE"),
        "attributes": [
            {"name": one["AttributeName"], "type": one["AttributeType"]} for one in table["AttributeDefinitions"]
        ],
        "billingMode": table.get("BillingModeSummary", {}).get("BillingMode", dynamodb_index.PROVISIONED),
        "readCapacity": units.get("ReadCapacityUnits", 0),
        "writeCapacity": units.get("WriteCapacityUnits", 0),
        "onDemandThroughput": _throughput_told(table),
        "tableClass": table.get("TableClassSummary", {}).get("TableClass", "STANDARD"),
        "deletionProtectionEnabled": table.get("DeletionProtectionEnabled", False),
        "streamEnabled": stream.get("StreamEnabled", False),
        "streamViewType": stream.get("StreamViewType", ""),
        "streamArn": table.get("LatestStreamArn", ""),
        "streamLabel": table.get("LatestStreamLabel", ""),
        "globalSecondaryIndexes": [dynamodb_index.global_told(one) for one in listed(table, "GlobalSecondaryIndexes")],
        "localSecondaryIndexes": [dynamodb_index.local_told(one) for one in listed(table, "LocalSecondaryIndexes")],
    }


def _throughput_told(table: Mapping[str, Any]) -> dict[str, int] | None:
    limits = table.get("OnDemandThroughput", {})
    told = {
        "maxReadRequestUnits": limits.get("MaxReadRequestUnits", -1),
        "maxWriteRequestUnits": limits.get("MaxWriteRequestUnits", -1),
    }
    return told if any(limit > 0 for limit in told.values()) else None
