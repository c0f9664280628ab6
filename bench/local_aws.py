"""How fast the local AWS is: a table there and back, and years of plans.

    .venv/bin/python -m bench.local_aws [--items 10000] [--years 10]

What counts is the ratio: the whole way of the items against writing them, years with copies against years without.
"""

import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table

from rehearsal.items.writing import put
from strongroom.aws.tables import DynamoTables
from strongroom.evidence.items import reading
from strongroom.evidence.items.sources import TableSource
from strongroom.facts.items import Item
from tests.emulator_process import BACKUP, PROD, REGION, start
from tests.rehearsal.emulator.model.stage import LOCAL, Stage, build

_TABLE: Final = "receipts"
_PLANNED: Final = 6
_DAYS_A_YEAR: Final = 365.25
_RULES: Final = {
    "daily": ("cron(0 3 * * ? *)", 35),
    "weekly": ("cron(0 5 ? * SUN *)", 90),
    "monthly": ("cron(0 7 1 * ? *)", 100),
}
"""Each rule's schedule, and the days that its points live."""
_SECONDS: Final = 600


def main(
    items: Annotated[int, typer.Option(min=1, help="Items that go there and back.")] = 10_000,
    years: Annotated[float, typer.Option(min=0.1, help="Years of plans.")] = 10,
) -> None:
    """Measure a table on its way, and plans over years."""
    table = Table("what", "seconds", "ratio")
    with _stage() as stage:
        for what, seconds, ratio in _way(stage, items):
            table.add_row(what, f"{seconds:.2f}", ratio)
    bare = _years(years, copies=False)
    full = _years(years, copies=True)
    table.add_row(f"{years:g} years of {_PLANNED} tables, no copies", f"{bare:.1f}", "")
    table.add_row(f"{years:g} years of {_PLANNED} tables, with copies", f"{full:.1f}", f"{full / bare:.2f}")
    Console().print(table)


def _way(stage: Stage, count: int) -> Iterator[tuple[str, float, str]]:
    written = list(_items(count))
    steps: Sequence[tuple[str, Callable[[], object]]] = (
        (f"{count} items written", lambda: put(stage.dynamodb, _TABLE, written, time.sleep)),
        ("backed up, copied, restored", lambda: _restored(stage)),
        ("both tables compared", lambda: _compared(stage)),
    )
    taken = [(what, _timed(do)) for what, do in steps]
    whole = sum(seconds for _, seconds in taken)
    yield from ((what, seconds, "") for what, seconds in taken)
    yield "the whole way", whole, f"{whole / taken[0][1]:.2f}"


def _items(count: int) -> Iterator[Item]:
    for number in range(count):
        yield {"id": {"N": str(number)}, **{f"attribute-{n}": {"S": f"value {n} of {number}"} for n in range(5)}}


def _restored(stage: Stage) -> None:
    started = stage.backup.start_backup_job(
        BackupVaultName=LOCAL, ResourceArn=_arn(_TABLE), IamRoleArn=stage.role(), Lifecycle={"DeleteAfterDays": 35}
    )
    point = stage.backup.describe_backup_job(BackupJobId=started["BackupJobId"])["RecoveryPointArn"]
    copied = stage.backup.start_copy_job(
        RecoveryPointArn=point,
        SourceBackupVaultName=LOCAL,
        DestinationBackupVaultArn=stage.central_arn,
        IamRoleArn=stage.role(),
    )
    job = stage.backup.describe_copy_job(CopyJobId=copied["CopyJobId"])["CopyJob"]
    restored = stage.central.start_restore_job(
        RecoveryPointArn=job["DestinationRecoveryPointArn"],
        Metadata={"targetTableName": _TABLE, "encryptionType": "Default"},
        IamRoleArn=stage.role(BACKUP),
    )
    ended = stage.central.describe_restore_job(RestoreJobId=restored["RestoreJobId"])
    if ended["Status"] != "COMPLETED":
        raise RuntimeError(f"the restore is {ended['Status']}: {ended.get('StatusMessage')}")


def _compared(stage: Stage) -> None:
    clients = [stage.emulator.client("dynamodb", account=account) for account in (PROD, BACKUP)]
    one, other = (reading.digest(TableSource(DynamoTables(client), _TABLE)).summary() for client in clients)
    if one != other:
        raise RuntimeError(f"the tables differ: {one} and {other}")


def _years(years: float, *, copies: bool) -> float:
    with _stage() as stage:
        names = [f"planned-{number}" for number in range(_PLANNED)]
        for name in names:
            stage.dynamodb.create_table(
                TableName=name,
                AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "N"}],
                KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                BillingMode="PAY_PER_REQUEST",
            )
            put(stage.dynamodb, name, _items(20), time.sleep)
        rules = [_rule(stage, name, copies=copies) for name in _RULES]
        plan = stage.backup.create_backup_plan(BackupPlan={"BackupPlanName": "tables", "Rules": rules})
        stage.backup.create_backup_selection(
            BackupPlanId=plan["BackupPlanId"],
            BackupSelection={
                "SelectionName": "tables",
                "IamRoleArn": stage.role(),
                "Resources": [_arn(name) for name in names],
            },
        )
        return _timed(lambda: stage.advance(years * _DAYS_A_YEAR * 24, patience=_SECONDS))


def _rule(stage: Stage, name: str, *, copies: bool) -> dict[str, Any]:
    schedule, days = _RULES[name]
    life = {"DeleteAfterDays": days}
    return {
        "RuleName": name,
        "TargetBackupVaultName": LOCAL,
        "ScheduleExpression": schedule,
        "StartWindowMinutes": 60,
        "Lifecycle": life,
        "CopyActions": [{"DestinationBackupVaultArn": stage.central_arn, "Lifecycle": life}] if copies else [],
    }


def _arn(table: str) -> str:
    return f"arn:aws:dynamodb:{REGION}:{PROD}:table/{table}"


def _timed(do: Callable[[], object]) -> float:
    begun = time.monotonic()
    do()
    return time.monotonic() - begun


@contextmanager
def _stage() -> Generator[Stage]:
    with tempfile.TemporaryDirectory() as folder:
        emulator = start(Path(folder))
        try:
            emulator.organize()
            yield build(emulator)
        finally:
            emulator.stop()


if __name__ == "__main__":
    typer.run(main)
