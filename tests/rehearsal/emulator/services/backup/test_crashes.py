"""What AWS Backup has under way goes on after the process was killed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.emulator_process import start as start_emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, make_role, plan, rule
from tests.rehearsal.emulator.services.backup.backing_up import (
    DAY,
    TABLE_ARN,
    advance,
    make_table,
    points,
    start,
    takes,
)

pytestmark = pytest.mark.emulator


@pytest.fixture
def own(tmp_path: Path) -> Iterator[list[Emulator]]:
    """An emulator of the test's own, in a list so that it can be replaced by the next on the same state."""
    running = [start_emulator(tmp_path)]
    running[0].organize()
    yield running
    running[0].stop()


def _killed(own: list[Emulator], state: Path) -> Any:
    administrator = own[0].administrator
    own[0].kill()
    own[0] = start_emulator(state)
    own[0].administrator = administrator
    return own[0].client("backup")


def test_jobs_plans_and_lives_go_on_after_a_crash(own: list[Emulator], tmp_path: Path) -> None:
    backup = own[0].client("backup")
    backup.create_backup_vault(BackupVaultName=VAULT)
    make_table(own[0])
    make_role(own[0])
    daily = rule(ScheduleExpression="cron(0 5 * * ? *)", Lifecycle={"DeleteAfterDays": 2})
    plan_id = backup.create_backup_plan(BackupPlan=plan(daily))["BackupPlanId"]
    selection = {"SelectionName": "tables", "IamRoleArn": ROLE, "Resources": [TABLE_ARN]}
    backup.create_backup_selection(BackupPlanId=plan_id, BackupSelection=selection)
    takes(own[0], 600)
    first, second = (start(backup, Lifecycle={"DeleteAfterDays": 1}) for _ in range(2))
    assert backup.describe_backup_job(BackupJobId=second)["State"] == "PENDING"

    backup = _killed(own, tmp_path)
    assert backup.describe_backup_job(BackupJobId=first)["State"] == "RUNNING"
    advance(own[0], 600)
    assert backup.describe_backup_job(BackupJobId=first)["State"] == "COMPLETED"
    assert backup.describe_backup_job(BackupJobId=second)["State"] == "RUNNING"
    advance(own[0], 600)

    backup = _killed(own, tmp_path)
    assert [point["Status"] for point in points(backup)] == ["COMPLETED"] * 2
    advance(own[0], 3 * DAY)
    made = [point["CreatedBy"]["BackupRuleName"] for point in points(backup)]
    assert made == ["daily"] * len(made)
    assert 2 <= len(made) <= 3
