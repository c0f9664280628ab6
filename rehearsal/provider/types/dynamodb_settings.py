"""Settings of a table that AWS takes in calls of their own: time to live, point-in-time recovery, encryption."""

from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import codes
from rehearsal.provider.schema import Properties
from rehearsal.provider.types.dynamodb_waits import (
    wait_until_active,
    wait_until_encrypted,
    wait_until_expiring,
    wait_until_recoverable,
)
from rehearsal.provider.values import non_zero
from rehearsal.provider.waiting import retried

_BACKUPS_STARTING: Final = codes("ContinuousBackupsUnavailableException")


def put_ttl(context: Context, table: str, ttl: Properties, before: Properties) -> None:
    """Set the time to live; to switch it off AWS wants the attribute that it was on."""
    on = bool(ttl.get("enabled"))
    attribute = ttl.get("attributeName") or before.get("attributeName") or ""
    context.clients.client("dynamodb", context.region).update_time_to_live(
        TableName=table, TimeToLiveSpecification={"AttributeName": attribute, "Enabled": on}
    )
    wait_until_expiring(context, table, on=on)


def put_recovery(context: Context, table: str, recovery: Properties) -> None:
    """Set point-in-time recovery; a new table may still be having its backups enabled."""
    dynamodb = context.clients.client("dynamodb", context.region)
    on = bool(recovery.get("enabled"))
    days = recovery.get("recoveryPeriodInDays") if on else None
    specification: Any = {"PointInTimeRecoveryEnabled": on, **non_zero({"RecoveryPeriodInDays": days})}
    retried(
        context.pace,
        20 * 60,
        _BACKUPS_STARTING,
        lambda: dynamodb.update_continuous_backups(TableName=table, PointInTimeRecoverySpecification=specification),
    )
    wait_until_recoverable(context, table, on=on)


def put_encryption(context: Context, table: str, encryption: Properties) -> None:
    """Set the key of an existing table."""
    specification: Any = encryption_sent(encryption)
    dynamodb = context.clients.client("dynamodb", context.region)
    dynamodb.update_table(TableName=table, SSESpecification=specification)
    wait_until_active(context, table)
    wait_until_encrypted(context, table, on=bool(encryption.get("enabled")))


def encryption_sent(encryption: Properties) -> dict[str, Any]:
    """The key as the API takes it; off means the key that AWS owns."""
    if not encryption.get("enabled"):
        return {"Enabled": False}
    return {"Enabled": True, "SSEType": "KMS", **non_zero({"KMSMasterKeyId": encryption.get("kmsKeyArn")})}
