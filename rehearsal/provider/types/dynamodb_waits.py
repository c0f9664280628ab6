"""What the real provider waits for after each change of a table."""

from collections.abc import Mapping
from typing import Any, Final

from botocore.exceptions import ClientError

from rehearsal.provider.context import Context
from rehearsal.provider.errors import code_of
from rehearsal.provider.waiting import Wait, until

_GONE: Final = "gone"
_TABLE: Final = Wait(target="ACTIVE", pending=("CREATING", "UPDATING", _GONE), timeout=30 * 60, in_a_row=2, delay=5.0)
_INDEX: Final = Wait(target="ACTIVE", pending=("CREATING", "UPDATING"), timeout=60 * 60)
_INDEX_GONE: Final = Wait(target=_GONE, pending=("ACTIVE", "DELETING", "UPDATING"), timeout=60 * 60)
_TABLE_GONE: Final = Wait(target=_GONE, pending=("ACTIVE", "DELETING"), timeout=10 * 60)
_SETTING_SECONDS: Final = 10 * 60


def describe(context: Context, table: str) -> Mapping[str, Any] | None:
    """The table's description, or None when there is none."""
    try:
        return context.clients.client("dynamodb", context.region).describe_table(TableName=table)["Table"]
    except ClientError as error:
        if code_of(error) == "ResourceNotFoundException":
            return None
        raise


def wait_until_active(context: Context, table: str) -> None:
    """Wait until the table serves."""
    until(context.pace, _TABLE, lambda: (describe(context, table) or {}).get("TableStatus", _GONE))


def wait_until_gone(context: Context, table: str) -> None:
    """Wait until the table is no more."""
    until(context.pace, _TABLE_GONE, lambda: (describe(context, table) or {}).get("TableStatus", _GONE))


def wait_until_index_active(context: Context, table: str, index: str) -> None:
    """Wait until a global index serves."""
    until(context.pace, _INDEX, lambda: _index_status(context, table, index))


def wait_until_index_gone(context: Context, table: str, index: str) -> None:
    """Wait until a global index is no more."""
    until(context.pace, _INDEX_GONE, lambda: _index_status(context, table, index))


def wait_until_expiring(context: Context, table: str, *, on: bool) -> None:
    """Wait until the time to live is on, or off."""
    dynamodb = context.clients.client("dynamodb", context.region)

    def look() -> str:
        described = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
        return described.get("TimeToLiveStatus", "DISABLED")

    until(context.pace, _setting(on=on), look)


def wait_until_recoverable(context: Context, table: str, *, on: bool) -> None:
    """Wait until point-in-time recovery is on, or off."""
    dynamodb = context.clients.client("dynamodb", context.region)

    def look() -> str:
        described = dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
        return described.get("PointInTimeRecoveryDescription", {}).get("PointInTimeRecoveryStatus", "DISABLED")

    until(context.pace, _setting(on=on), look)


def wait_until_encrypted(context: Context, table: str, *, on: bool) -> None:
    """Wait until the table's encryption is as asked; AWS tells nothing of it while its own key is used."""

    def look() -> str:
        described = (describe(context, table) or {}).get("SSEDescription", {})
        return described.get("Status", "DISABLED")

    until(context.pace, _setting(on=on), look)


def _setting(*, on: bool) -> Wait:
    moving = ("ENABLING", "DISABLED", "UPDATING") if on else ("DISABLING", "ENABLED", "UPDATING")
    return Wait(target="ENABLED" if on else "DISABLED", pending=moving, timeout=_SETTING_SECONDS)


def _index_status(context: Context, table: str, index: str) -> str:
    described = describe(context, table) or {}
    for one in described.get("GlobalSecondaryIndexes", []):
        if one["IndexName"] == index:
            return str(one.get("IndexStatus", _GONE))
    return _GONE
