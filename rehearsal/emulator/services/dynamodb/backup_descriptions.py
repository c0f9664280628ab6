"""How DynamoDB describes a backup: what its table was, and what of it the backup holds."""

from rehearsal.emulator import door
from rehearsal.emulator.services.dynamodb.frozen import Frozen

_SUMMARISED = ("BackupArn", "BackupName", "BackupCreationDateTime", "BackupExpiryDateTime")
_STATED = ("BackupStatus", "BackupType", "BackupSizeBytes")


def described(frozen: Frozen, table: door.Record) -> door.Record:
    """Return SourceTableDetails and SourceTableFeatureDetails of a backup."""
    held = frozen.definition
    details: door.Record = {
        "TableName": table["TableName"],
        "TableId": frozen.table_id,
        "TableArn": frozen.table_arn,
        "TableSizeBytes": frozen.size_bytes,
        "KeySchema": held["KeySchema"],
        "TableCreationDateTime": frozen.table_creation,
        "ProvisionedThroughput": _capacity(held.get("ProvisionedThroughput", {})),
        "OnDemandThroughput": held.get("OnDemandThroughput"),
        "ItemCount": frozen.item_count,
        "BillingMode": held["BillingMode"],
    }
    features: door.Record = {
        "GlobalSecondaryIndexes": held.get("GlobalSecondaryIndexes"),
        "LocalSecondaryIndexes": held.get("LocalSecondaryIndexes"),
        "StreamDescription": table.get("StreamSpecification"),
        "SSEDescription": held.get("SSEDescription"),
    }
    return {"SourceTableDetails": _given(details), "SourceTableFeatureDetails": _given(features)}


def summary(backup: door.Record) -> door.Record:
    """Return a backup as ListBackups shows it."""
    details, source = backup["BackupDetails"], backup["SourceTableDetails"]
    shown = {name: details[name] for name in (*_SUMMARISED, *_STATED) if name in details}
    return {name: source[name] for name in ("TableName", "TableId", "TableArn")} | shown


def _capacity(throughput: door.Record) -> door.Record:
    return {name: throughput.get(name, 0) for name in ("ReadCapacityUnits", "WriteCapacityUnits")}


def _given(members: door.Record) -> door.Record:
    return {name: value for name, value in members.items() if value is not None}
