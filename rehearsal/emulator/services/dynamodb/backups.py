"""On-demand backups of DynamoDB, and the one that it makes by itself of a deleted table with point-in-time recovery."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any, Final

from rehearsal.emulator import clock, door, durations
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.dynamodb.backup_descriptions import described, summary
from rehearsal.emulator.services.dynamodb.frozen import Frozen, freeze
from rehearsal.emulator.services.dynamodb.restores import begin
from rehearsal.emulator.services.dynamodb.work import Task, Work
from rehearsal.emulator.services.refusing import refusing

_API: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference"
_READ: Final = "2026-11-22"
_DYNAMODB: Final[Any] = door.module("services.dynamodb")
_FROZEN: Final = "_frozen"
"""Where a backup keeps its content; MiniStack shows no member that begins so."""
_KEPT: Final = timedelta(days=35)
"""How long the backup of a deleted table stays: API_BackupDetails.html, read 2026-11-22."""
_PAGE: Final = 100


@rule(f"{_API}/API_CreateBackup.html", read=_READ)
def refuse_a_backup_of_an_absent_table(name: str, *, exists: bool) -> None:
    """A backup is of a table that exists."""
    if not exists:
        raise Refused("TableNotFoundException", f"Table not found: {name}")


@rule(f"{_API}/API_RestoreTableFromBackup.html", read=_READ)
def refuse_an_absent_backup(arn: str, *, exists: bool) -> None:
    """What is restored is a backup that exists in the account and region."""
    if not exists:
        raise Refused("BackupNotFoundException", f"Backup not found: {arn}")


@replaces("services.dynamodb:_create_backup", read="c214b50b30e2d267")
@refusing("dynamodb")
def create_backup(_original: Any, data: door.Record) -> Any:
    """Take a backup."""
    named: str = data["TableName"]
    name: str = _DYNAMODB._normalize_table_name(named)  # noqa: SLF001
    frozen = freeze(door.account(), door.region(), name)
    refuse_a_backup_of_an_absent_table(named, exists=frozen is not None)
    if frozen is None:
        raise LookupError(named)
    kept = _keep(data["BackupName"], "USER", frozen, _DYNAMODB._tables[name])  # noqa: SLF001
    return door.responses.json_response({"BackupDetails": kept["BackupDetails"]})


@replaces("services.dynamodb:_list_backups", read="cc6cfc999eef7273")
def list_backups(_original: Any, data: door.Record) -> Any:
    """List the backups of one kind; those that a caller made unless it asks for others."""
    found = sorted((arn for arn, backup in _DYNAMODB._backups.items() if _is_asked(backup, data)))  # noqa: SLF001
    after = data.get("ExclusiveStartBackupArn", "")
    left = [arn for arn in found if arn > after]
    page = left[: data.get("Limit", _PAGE)]
    answer: door.Record = {"BackupSummaries": [summary(_DYNAMODB._backups[arn]) for arn in page]}  # noqa: SLF001
    if len(left) > len(page):
        answer["LastEvaluatedBackupArn"] = page[-1]
    return door.responses.json_response(answer)


@replaces("services.dynamodb:_restore_table_from_backup", read="edcd8f45000965c2")
@refusing("dynamodb")
def restore_table_from_backup(_original: Any, data: door.Record) -> Any:
    """Make a table of a backup, with what a backup holds and nothing else."""
    arn: str = data["BackupArn"]
    backup = _DYNAMODB._backups.get(arn)  # noqa: SLF001
    refuse_an_absent_backup(arn, exists=backup is not None)
    frozen: Frozen = backup[_FROZEN]
    made = {
        "SourceBackupArn": arn,
        "SourceTableArn": frozen.table_arn,
        "RestoreDateTime": backup["BackupDetails"]["BackupCreationDateTime"],
    }
    return begin(data, frozen, made, durations.of("restore", arn, frozen.size_bytes))


def keep_after_deletion(name: str, frozen: Frozen, table: door.Record) -> None:
    """Keep the last state of a table with point-in-time recovery that was deleted."""
    _keep(f"{name}$DeletedTableBackup", "SYSTEM", frozen, table)


def _keep(name: str, kind: str, frozen: Frozen, table: door.Record) -> door.Record:
    now = clock.now()
    arn = f"{frozen.table_arn}/backup/{int(now.timestamp() * 1000):014d}-{token_hex(4)}"
    details: door.Record = {
        "BackupArn": arn,
        "BackupName": name,
        "BackupCreationDateTime": now.timestamp(),
        "BackupStatus": "AVAILABLE",
        "BackupType": kind,
        "BackupSizeBytes": frozen.size_bytes,
    }
    if kind == "SYSTEM":
        details["BackupExpiryDateTime"] = (now + _KEPT).timestamp()
        _WORK.at(arn, now + _KEPT)
    kept = {"BackupDetails": details, **described(frozen, table), _FROZEN: frozen}
    _DYNAMODB._backups[arn] = kept  # noqa: SLF001
    return kept


def _is_asked(backup: door.Record, data: door.Record) -> bool:
    details = backup["BackupDetails"]
    wanted, made = data.get("BackupType", "USER"), details["BackupCreationDateTime"]
    table = _DYNAMODB._normalize_table_name(data.get("TableName", ""))  # noqa: SLF001
    return (
        wanted in ("ALL", details["BackupType"])
        and table in ("", backup["SourceTableDetails"]["TableName"])
        and data.get("TimeRangeLowerBound", made) <= made
        and (made < data["TimeRangeUpperBound"] if "TimeRangeUpperBound" in data else True)
    )


def _expire(task: Task) -> None:
    _DYNAMODB._backups.pop(task.name, None)  # noqa: SLF001


def _pending() -> Iterator[tuple[Task, datetime]]:
    for (account, region, arn), backup in _DYNAMODB._backups.all_items():  # noqa: SLF001
        if "BackupExpiryDateTime" in backup["BackupDetails"]:
            due = datetime.fromtimestamp(backup["BackupDetails"]["BackupExpiryDateTime"], UTC)
            yield Task(account, region, arn), due


_WORK: Final = Work("dynamodb backups", _expire, _pending)
