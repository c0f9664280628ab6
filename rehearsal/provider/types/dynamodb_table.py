"""aws.dynamodb.Table: a table with its indexes, recovery, encryption, stream and protection."""

from collections.abc import Mapping
from typing import Any, Final

from botocore.exceptions import ClientError

from rehearsal.provider.context import Context
from rehearsal.provider.errors import any_of, code_of, code_with, codes
from rehearsal.provider.schema import (
    Autoname,
    Computed,
    Kind,
    Operations,
    Properties,
    Property,
    ResourceType,
    TagChange,
)
from rehearsal.provider.types import dynamodb_index, dynamodb_table_check
from rehearsal.provider.types.dynamodb_settings import put_recovery, put_ttl
from rehearsal.provider.types.dynamodb_table_shape import create_request, told
from rehearsal.provider.types.dynamodb_table_update import update
from rehearsal.provider.types.dynamodb_waits import wait_until_active, wait_until_gone, wait_until_index_active
from rehearsal.provider.validation import arn, between, one_of
from rehearsal.provider.values import block, listed, present, tag_list, tag_map
from rehearsal.provider.waiting import retried

_DEFAULT_KEY: Final = "alias/aws/dynamodb"
_TOO_MANY: Final = any_of(codes("ThrottlingException"), code_with("LimitExceededException", "simultaneously"))
_BUSY: Final = any_of(code_with("LimitExceededException", "simultaneously"), codes("ResourceInUseException"))


def create(context: Context, inputs: Properties) -> str:
    """Make the table, with all that CreateTable takes."""
    dynamodb = context.clients.client("dynamodb", context.region)
    request: Any = create_request(inputs)
    retried(context.pace, 30 * 60, _TOO_MANY, lambda: dynamodb.create_table(**request))
    return str(inputs["name"])


def settle(context: Context, resource_id: str, inputs: Properties) -> None:
    """Wait for the table and its indexes, then switch on what AWS takes in calls of its own."""
    wait_until_active(context, resource_id)
    for index in listed(inputs, "globalSecondaryIndexes"):
        wait_until_index_active(context, resource_id, index["name"])
    ttl, recovery = block(inputs, "ttl"), block(inputs, "pointInTimeRecovery")
    if ttl.get("enabled"):
        put_ttl(context, resource_id, ttl, {})
    if recovery.get("enabled"):
        put_recovery(context, resource_id, recovery)


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Read the table, then its recovery, its time to live and its tags."""
    dynamodb = context.clients.client("dynamodb", context.region)
    table = dynamodb.describe_table(TableName=resource_id)["Table"]
    found = told(table)
    found["serverSideEncryption"] = _encryption_told(context, table)
    found["pointInTimeRecovery"] = _recovery_told(context, resource_id)
    ttl = dynamodb.describe_time_to_live(TableName=resource_id)["TimeToLiveDescription"]
    found["ttl"] = {
        "attributeName": ttl.get("AttributeName", ""),
        "enabled": ttl.get("TimeToLiveStatus") == "ENABLED",
    }
    pages = dynamodb.get_paginator("list_tags_of_resource").paginate(ResourceArn=found["arn"])
    found["tagsAll"] = tag_map(tag for page in pages for tag in page["Tags"])
    return found


def tag(context: Context, change: TagChange) -> None:
    """Change the table's tags."""
    dynamodb = context.clients.client("dynamodb", context.region)
    if change.remove:
        dynamodb.untag_resource(ResourceArn=change.state["arn"], TagKeys=change.remove)
    if change.put:
        dynamodb.tag_resource(ResourceArn=change.state["arn"], Tags=tag_list(change.put))


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Delete the table, once nothing else is being done to it, and wait until it is no more."""
    dynamodb = context.clients.client("dynamodb", context.region)
    retried(context.pace, 10 * 60, _BUSY, lambda: dynamodb.delete_table(TableName=resource_id))
    wait_until_gone(context, resource_id)


def dropped_changes(_state: Properties, _inputs: Properties, changed: frozenset[str]) -> frozenset[str]:
    """Attributes are never changed alone: only together with the indexes that use them."""
    return frozenset() if "globalSecondaryIndexes" in changed else frozenset({"attributes"})


def _encryption_told(context: Context, table: Mapping[str, Any]) -> dict[str, Any] | None:
    """AWS's default key reads as no key; whether it is the default one, only KMS can tell."""
    described = table.get("SSEDescription")
    if not described:
        return None
    key = described.get("KMSMasterKeyArn", "")
    if key and key == _default_key(context):
        key = ""
    return {"enabled": described.get("Status") in ("ENABLED", "UPDATING"), "kmsKeyArn": key}


def _default_key(context: Context) -> str | None:
    try:
        return context.clients.client("kms", context.region).describe_key(KeyId=_DEFAULT_KEY)["KeyMetadata"].get("Arn")
    except ClientError:
        # as in the real provider, whatever is wrong
        return None


def _recovery_told(context: Context, table: str) -> dict[str, Any]:
    dynamodb = context.clients.client("dynamodb", context.region)
    try:
        described = dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    except ClientError as error:
        if code_of(error) in ("UnknownOperationException", "TableNotFoundException"):
            return {"enabled": False}
        raise
    recovery = described.get("PointInTimeRecoveryDescription", {})
    on = recovery.get("PointInTimeRecoveryStatus") == "ENABLED"
    return {"enabled": on, **present({"recoveryPeriodInDays": recovery.get("RecoveryPeriodInDays") if on else None})}


def _none_when_off(value: Any) -> Any:
    """Off and absent are the same, and what else stands beside "off" means nothing."""
    return value if value and value.get("enabled") else None


_ATTRIBUTE: Final = Property(
    kind=Kind.OBJECT,
    fields={"name": Property(required=True), "type": Property(required=True, checks=(one_of("S", "N", "B"),))},
)
_FLAG: Final = Property(kind=Kind.BOOLEAN, required=True)
_UNITS: Final = Property(kind=Kind.INTEGER, optional_computed=True)
_LIMITS: Final = Property(
    kind=Kind.OBJECT,
    fields={
        "maxReadRequestUnits": Property(kind=Kind.INTEGER, optional_computed=True),
        "maxWriteRequestUnits": Property(kind=Kind.INTEGER, optional_computed=True),
    },
)
_RECOVERY: Final = Property(
    kind=Kind.OBJECT,
    optional_computed=True,
    canonical=_none_when_off,
    fields={
        "enabled": _FLAG,
        "recoveryPeriodInDays": Property(kind=Kind.INTEGER, optional_computed=True, checks=(between(1, 35),)),
    },
)
_ENCRYPTION: Final = Property(
    kind=Kind.OBJECT,
    optional_computed=True,
    canonical=_none_when_off,
    fields={"enabled": _FLAG, "kmsKeyArn": Property(optional_computed=True, checks=(arn,))},
)
_TTL: Final = Property(
    kind=Kind.OBJECT,
    optional_computed=True,
    canonical=_none_when_off,
    fields={"attributeName": Property(), "enabled": Property(kind=Kind.BOOLEAN, default=False)},
)
_VIEWS: Final = one_of("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES")
_STREAM: Final = ("streamEnabled", "streamViewType")

# Not taken, as this program has no use for it yet: replicas, globalTableWitness, importTable, restore*, warmThroughput.
TYPE: Final = ResourceType(
    type="aws:dynamodb/table:Table",
    label="AWS DynamoDB Table",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/dynamodb/table.go",
    properties={
        "name": Property(optional_computed=True, replaces=True),
        "attributes": Property(kind=Kind.SET, optional_computed=True, item=_ATTRIBUTE),
        "hashKey": Property(optional_computed=True, replaces=True),
        "rangeKey": Property(replaces=True),
        "billingMode": Property(default="PROVISIONED", checks=(one_of("PROVISIONED", "PAY_PER_REQUEST"),)),
        "readCapacity": _UNITS,
        "writeCapacity": _UNITS,
        "onDemandThroughput": _LIMITS,
        "globalSecondaryIndexes": dynamodb_index.GLOBAL_INDEXES,
        "localSecondaryIndexes": dynamodb_index.LOCAL_INDEXES,
        "tableClass": Property(default="STANDARD", checks=(one_of("STANDARD", "STANDARD_INFREQUENT_ACCESS"),)),
        "deletionProtectionEnabled": Property(kind=Kind.BOOLEAN),
        "pointInTimeRecovery": _RECOVERY,
        "serverSideEncryption": _ENCRYPTION,
        "ttl": _TTL,
        "streamEnabled": Property(kind=Kind.BOOLEAN),
        "streamViewType": Property(optional_computed=True, checks=(_VIEWS,)),
    },
    outputs={
        "arn": Computed(),
        "streamArn": Computed(changes_with=_STREAM),
        "streamLabel": Computed(changes_with=_STREAM),
    },
    operations=Operations(create=create, settle=settle, read=read, update=update, delete=delete, tag=tag),
    tagged=True,
    autoname=Autoname(),
    check=dynamodb_table_check.check,
    plan=dynamodb_table_check.plan,
    dropped_changes=dropped_changes,
    gone=codes("ResourceNotFoundException"),
    delete_ignores=code_with("ResourceNotFoundException", "Requested resource not found: Table:"),
)
