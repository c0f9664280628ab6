"""What AWS Backup has under way goes on after the process was killed."""

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, make_role, plan, rule
from tests.rehearsal.emulator.services.backup.backing_up import (
    DAY,
    TABLE_ARN,
    come_to,
    make_table,
    points,
    start,
    takes,
)

pytestmark = pytest.mark.emulator


def test_jobs_plans_and_lives_go_on_after_a_crash(own_emulator: Emulator) -> None:
    come_to(own_emulator, hour=0)
    backup = own_emulator.client("backup")
    backup.create_backup_vault(BackupVaultName=VAULT)
    make_table(own_emulator)
    make_role(own_emulator)
    daily = rule(ScheduleExpression="cron(0 5 * * ? *)", Lifecycle={"DeleteAfterDays": 2})
    plan_id = backup.create_backup_plan(BackupPlan=plan(daily))["BackupPlanId"]
    selection = {"SelectionName": "tables", "IamRoleArn": ROLE, "Resources": [TABLE_ARN]}
    backup.create_backup_selection(BackupPlanId=plan_id, BackupSelection=selection)
    takes(own_emulator, 600)
    first, second = (start(backup, Lifecycle={"DeleteAfterDays": 1}) for _ in range(2))
    assert backup.describe_backup_job(BackupJobId=second)["State"] == "PENDING"

    own_emulator.crash()
    backup = own_emulator.client("backup")
    assert backup.describe_backup_job(BackupJobId=first)["State"] == "RUNNING"
    own_emulator.advance(600)
    assert backup.describe_backup_job(BackupJobId=first)["State"] == "COMPLETED"
    assert backup.describe_backup_job(BackupJobId=second)["State"] == "RUNNING"
    own_emulator.advance(600)

    own_emulator.crash()
    backup = own_emulator.client("backup")
    assert [point["Status"] for point in points(backup)] == ["COMPLETED"] * 2
    own_emulator.advance(3 * DAY)
    made = [point["CreatedBy"]["BackupRuleName"] for point in points(backup)]
    assert made == ["daily"] * 2
