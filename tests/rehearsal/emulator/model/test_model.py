"""Random work on two accounts, against a model of a few lines: nothing is invented, nothing lost, no lock opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from tests.emulator_process import BACKUP, PROD, start
from tests.rehearsal.emulator.model.stage import CENTRAL, LEAST_DAYS, LOCAL, MOST_DAYS, TABLES, Stage, build

pytestmark = pytest.mark.emulator

_DELETION = timedelta(hours=8)
"""A point goes at some moment within eight hours after its end: deleting-backups.html, read 2026-11-22."""
_KEYS = st.integers(1, 6)
_VALUES = st.text(max_size=5)
_TABLES = st.sampled_from(TABLES)
_DAYS = st.sampled_from([None, 1, LEAST_DAYS - 1, LEAST_DAYS, 35, MOST_DAYS, MOST_DAYS + 1])


@dataclass(frozen=True)
class Known:
    """What the model knows of a point."""

    arn: str
    vault: str
    items: tuple[tuple[int, str], ...]
    created: datetime
    days: int | None

    def must_be_there(self, now: datetime) -> bool:
        return self.days is None or now < self.created + timedelta(days=self.days)

    def must_be_gone(self, now: datetime) -> bool:
        return self.days is not None and now > self.created + timedelta(days=self.days) + _DELETION


class Accounts(RuleBasedStateMachine):
    """The source and the backup account under random work."""

    stage: ClassVar[Stage]
    points = Bundle("points")

    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, dict[int, str]] = {table: {} for table in TABLES}
        self.known: dict[str, Known] = {}
        self.restored = 0

    @initialize()
    def begin(self) -> None:
        self.stage.reset()

    @rule(table=_TABLES, key=_KEYS, value=_VALUES)
    def put(self, table: str, key: int, value: str) -> None:
        self.stage.dynamodb.put_item(TableName=table, Item={"id": {"N": str(key)}, "value": {"S": value}})
        self.tables[table][key] = value

    @rule(table=_TABLES, key=_KEYS)
    def delete(self, table: str, key: int) -> None:
        self.stage.dynamodb.delete_item(TableName=table, Key={"id": {"N": str(key)}})
        self.tables[table].pop(key, None)

    @rule(target=points, table=_TABLES, days=_DAYS)
    def back_up(self, table: str, days: int | None) -> str:
        arn = self.stage.dynamodb.describe_table(TableName=table)["Table"]["TableArn"]
        started = self.stage.backup.start_backup_job(
            BackupVaultName=LOCAL, ResourceArn=arn, IamRoleArn=self.stage.role(), **_life(days)
        )
        job = self.stage.backup.describe_backup_job(BackupJobId=started["BackupJobId"])
        assert job["State"] == "COMPLETED", job.get("StatusMessage")
        arn: str = job["RecoveryPointArn"]
        self.known[arn] = Known(arn, LOCAL, tuple(self.tables[table].items()), job["CreationDate"], days)
        self.is_as_known(arn)
        return arn

    @rule(target=points, point=points, days=_DAYS)
    def copy(self, point: str, days: int | None) -> str:
        known = self.known.get(point)
        if known is None or known.vault != LOCAL or not known.must_be_there(self.now):
            return point
        started = self.stage.backup.start_copy_job(
            RecoveryPointArn=point,
            SourceBackupVaultName=LOCAL,
            DestinationBackupVaultArn=self.stage.central_arn,
            IamRoleArn=self.stage.role(),
            **_life(days),
        )
        job = self.stage.backup.describe_copy_job(CopyJobId=started["CopyJobId"])["CopyJob"]
        kept = known.days if days is None else days
        if kept is None or not LEAST_DAYS <= kept <= MOST_DAYS:
            assert job["State"] == "FAILED", f"{kept} days are outside the lock"
            return point
        assert job["State"] == "COMPLETED", job.get("StatusMessage")
        arn: str = job["DestinationRecoveryPointArn"]
        self.known[arn] = Known(arn, CENTRAL, known.items, known.created, kept)
        self.is_as_known(arn)
        return arn

    @rule(point=points)
    def restore(self, point: str) -> None:
        known = self.known.get(point)
        if known is None or not known.must_be_there(self.now):
            return
        self.restored += 1
        name = f"restored-{self.restored}"
        local = known.vault == LOCAL
        door, dynamodb = (
            (self.stage.backup, self.stage.dynamodb) if local else (self.stage.central, self.stage.central_dynamodb)
        )
        started = door.start_restore_job(
            RecoveryPointArn=point,
            Metadata={"targetTableName": name, "encryptionType": "Default"},
            IamRoleArn=self.stage.role(PROD if local else BACKUP),
        )
        job = door.describe_restore_job(RestoreJobId=started["RestoreJobId"])
        assert job["Status"] == "COMPLETED", job.get("StatusMessage")
        assert _items_of(dynamodb, name) == dict(known.items)
        dynamodb.delete_table(TableName=name)

    @rule(point=consumes(points))
    def delete_point(self, point: str) -> None:
        known = self.known.get(point)
        if known is None or not known.must_be_there(self.now):
            return
        door = self.stage.backup if known.vault == LOCAL else self.stage.central
        if known.vault == LOCAL:
            door.delete_recovery_point(BackupVaultName=LOCAL, RecoveryPointArn=point)
            del self.known[point]
            return
        with pytest.raises(ClientError):
            door.delete_recovery_point(BackupVaultName=CENTRAL, RecoveryPointArn=point)

    @rule(point=points, days=st.sampled_from([1, LEAST_DAYS, MOST_DAYS]))
    def shorten_a_locked_life(self, point: str, days: int) -> None:
        known = self.known.get(point)
        if known is None or known.vault != CENTRAL or not known.must_be_there(self.now):
            return
        with pytest.raises(ClientError):
            self.stage.central.update_recovery_point_lifecycle(
                BackupVaultName=CENTRAL, RecoveryPointArn=point, Lifecycle={"DeleteAfterDays": days}
            )

    @rule(hours=st.sampled_from([1, 23, 24 * LEAST_DAYS, 24 * 36]))
    def time_passes(self, hours: int) -> None:
        self.stage.advance(hours)

    @invariant()
    def every_point_is_there_until_its_end_and_not_much_longer(self) -> None:
        now = self.now
        found = {arn for door, vault in self.vaults() for arn in _points(door, vault)}
        assert found <= self.known.keys()
        for arn, known in self.known.items():
            assert arn in found or not known.must_be_there(now)
            assert arn not in found or not known.must_be_gone(now)

    @invariant()
    def every_item_is_there_and_no_other(self) -> None:
        for table, items in self.tables.items():
            assert _items_of(self.stage.dynamodb, table) == items

    def is_as_known(self, arn: str) -> None:
        known = self.known[arn]
        # The copy of an old point may have come to its end before it arrived.
        if known.must_be_there(self.now):
            door = self.stage.backup if known.vault == LOCAL else self.stage.central
            shown = door.describe_recovery_point(BackupVaultName=known.vault, RecoveryPointArn=arn)
            assert shown["CreationDate"] == known.created
            assert shown.get("Lifecycle", {}).get("DeleteAfterDays") == known.days

    def vaults(self) -> Iterator[tuple[Any, str]]:
        yield self.stage.backup, LOCAL
        yield self.stage.central, CENTRAL

    @property
    def now(self) -> datetime:
        return self.stage.emulator.now()


def _items_of(dynamodb: Any, table: str) -> dict[int, str]:
    pages = dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    return {int(item["id"]["N"]): item["value"]["S"] for page in pages for item in page["Items"]}


def _life(days: int | None) -> dict[str, Any]:
    return {} if days is None else {"Lifecycle": {"DeleteAfterDays": days}}


def _points(door: Any, vault: str) -> Iterator[str]:
    for page in door.get_paginator("list_recovery_points_by_backup_vault").paginate(BackupVaultName=vault):
        yield from (point["RecoveryPointArn"] for point in page["RecoveryPoints"])


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    running = start(tmp_path_factory.mktemp("model"))
    try:
        running.organize()
        yield build(running)
    finally:
        running.stop()


def test_nothing_is_invented_or_lost_and_no_point_leaves_a_locked_vault_early(stage: Stage) -> None:
    Accounts.stage = stage
    state_machine: Any = Accounts
    state_machine.TestCase.settings = settings(
        max_examples=25,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    state_machine.TestCase().runTest()
