"""Short forms for tests of backup jobs and recovery points: a table, a job on it, and how it stands."""

from datetime import datetime, timedelta
from typing import Any, Final

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT

DAY: Final = int(timedelta(days=1).total_seconds())
HOUR: Final = int(timedelta(hours=1).total_seconds())
TABLE: Final = "receipts"
TABLE_ARN: Final = f"arn:aws:dynamodb:{REGION}:{PROD}:table/{TABLE}"


def make_table(emulator: Emulator, name: str = TABLE, items: int = 3, **more: Any) -> str:
    """Make a table of prod with some items and return its ARN."""
    dynamodb = emulator.client("dynamodb")
    made = dynamodb.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        **more,
    )
    for number in range(items):
        dynamodb.put_item(TableName=name, Item={"id": {"S": str(number)}, "amount": {"N": "12.50"}})
    return made["TableDescription"]["TableArn"]


def make_air_gapped_vault(backup: Any) -> str:
    """Make a logically air-gapped vault for 7 to 90 days, `gapped`, and return its ARN."""
    asked = {"MinRetentionDays": 7, "MaxRetentionDays": 90}
    return backup.create_logically_air_gapped_backup_vault(BackupVaultName="gapped", **asked)["BackupVaultArn"]


def start(backup: Any, **changes: Any) -> str:
    """Start a backup job of the table `receipts` and return its id."""
    asked = {"BackupVaultName": VAULT, "ResourceArn": TABLE_ARN, "IamRoleArn": ROLE} | changes
    return backup.start_backup_job(**asked)["BackupJobId"]


def back_up(backup: Any, **changes: Any) -> dict[str, Any]:
    """Start a backup job and return how it ended."""
    return backup.describe_backup_job(BackupJobId=start(backup, **changes))


def points(backup: Any, vault: str = VAULT) -> list[dict[str, Any]]:
    """Return a vault's points."""
    return backup.list_recovery_points_by_backup_vault(BackupVaultName=vault)["RecoveryPoints"]


def come_to(emulator: Emulator, hour: int, day: int | None = None) -> datetime:
    """Move the clock to the next such hour in UTC, and day of the month, and return that instant.

    What a schedule does in the days after it is then the same at whatever hour the tests run.
    """
    now = emulator.now()
    then = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    while then <= now or (day is not None and then.day != day):
        then += timedelta(days=1)
    emulator.advance((then - now).total_seconds())
    return then


def takes(emulator: Emulator, seconds: float) -> None:
    """Let backup jobs take a time."""
    emulator.control("PUT", "durations", {"backup": {"seconds": seconds}})


def order(emulator: Emulator, ends: str, **more: object) -> None:
    """Let the next backup job on the table end like this."""
    emulator.control("POST", "orders", {"job": "backup", "resource": "*receipts", "ends": ends, **more})
