"""DynamoDB: how far back a table can be restored, and under which keys tables may be."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.kms.encryption import key_state
from rehearsal.emulator.services.refusing import refusing
from strongroom.facts.limits import PITR_DAYS

_API: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference"
_READ: Final = "2026-11-22"
_DYNAMODB: Final[Any] = door.module("services.dynamodb")
_LAG: Final = timedelta(minutes=5)
"""How far the latest restorable time is behind: API_PointInTimeRecoveryDescription.html, read 2026-11-22."""


@rule(f"{_API}/API_PointInTimeRecoverySpecification.html", read=_READ)
def refuse_a_recovery_period_outside_its_bounds(days: int) -> None:
    """A table can be restored to a time up to 1 to 35 days back."""
    if not PITR_DAYS.low <= days <= PITR_DAYS.high:
        raise Refused(
            "ValidationException",
            f"1 validation error detected: Value '{days}' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays' "
            f"failed to satisfy constraint: Member must be {PITR_DAYS.low} to {PITR_DAYS.high}",
        )


@rule(f"{_API}/API_SSESpecification.html", read=_READ)
def refuse_a_key_that_cannot_encrypt_a_table(key: str, state: str | None) -> None:
    """The key of a table exists and is enabled."""
    if state != "Enabled":
        raise Refused("ValidationException", f"KMS key {key} {f'is {state}' if state else 'does not exist'}.")


@replaces("services.dynamodb:_create_table", read="a0f15611329ac2db")
@refusing("dynamodb")
def create_table(original: Any, data: door.Record) -> Any:
    """Refuse a key that does not exist."""
    _check_key(data)
    return original(data)


@replaces("services.dynamodb:_update_table", read="dd1170ef031cfbe4")
@refusing("dynamodb")
def update_table(original: Any, data: door.Record) -> Any:
    """Refuse a key that does not exist."""
    _check_key(data)
    return original(data)


@replaces("services.dynamodb:_update_continuous_backups", read="4d306deca0a21e52")
@refusing("dynamodb")
def update_continuous_backups(original: Any, data: door.Record) -> Any:
    """Keep the recovery period, and the time since which there is something to restore."""
    asked: door.Record = data.get("PointInTimeRecoverySpecification", {})
    days: int = asked.get("RecoveryPeriodInDays", PITR_DAYS.high)
    refuse_a_recovery_period_outside_its_bounds(days)
    before = _kept(data)
    answer = original(data)
    if answer[0] == 200 and asked["PointInTimeRecoveryEnabled"]:
        since = before["since"] if before else clock.now().timestamp()
        _DYNAMODB._pitr_settings[_name(data)] = {"days": days, "since": since}  # noqa: SLF001 - true for MiniStack
    return _described(answer, data)


@replaces("services.dynamodb:_describe_continuous_backups", read="ba81b08f309d3e7a")
def describe_continuous_backups(original: Any, data: door.Record) -> Any:
    """Show the recovery period and the times to which the table can be restored."""
    return _described(original(data), data)


def _described(answer: Any, data: door.Record) -> Any:
    status, headers, body = answer
    kept = _kept(data)
    if status != 200 or not kept:
        return answer
    content = json.loads(body)
    since, now = datetime.fromtimestamp(kept["since"], UTC), clock.now()
    earliest = max(since, now - timedelta(days=kept["days"]))
    content["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"] |= {
        "RecoveryPeriodInDays": kept["days"],
        "EarliestRestorableDateTime": earliest.timestamp(),
        "LatestRestorableDateTime": max(earliest, now - _LAG).timestamp(),
    }
    return status, headers, json.dumps(content).encode()


def _kept(data: door.Record) -> door.Record | None:
    return _DYNAMODB._pitr_settings.get(_name(data)) or None  # noqa: SLF001 - where MiniStack keeps it


def _name(data: door.Record) -> str:
    return _DYNAMODB._normalize_table_name(data.get("TableName"))  # noqa: SLF001 - the name in an ARN


def _check_key(data: door.Record) -> None:
    encryption: door.Record = data.get("SSESpecification", {})
    key: str | None = encryption.get("KMSMasterKeyId")
    if key:
        refuse_a_key_that_cannot_encrypt_a_table(key, key_state(key))
