"""What the jobs of a rule are: their windows, their copies, and where their points are made."""

from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, plan, refusal, rule
from tests.rehearsal.emulator.services.backup.backing_up import HOUR, TABLE_ARN, make_air_gapped_vault, points, takes
from tests.rehearsal.emulator.services.backup.plans.planning import DAILY, jobs, make_plan

pytestmark = pytest.mark.emulator


def test_a_scheduled_job_tells_what_made_it(emulator: Emulator, ready: Any) -> None:
    wanted = rule(
        ScheduleExpression=DAILY,
        StartWindowMinutes=120,
        RecoveryPointTags={"kind": "daily"},
        Lifecycle={"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98},
    )
    plan_id = make_plan(ready, wanted)
    shown = ready.get_backup_plan(BackupPlanId=plan_id)
    emulator.advance(6 * HOUR)
    (job,) = jobs(ready)
    assert job["CreatedBy"] == {
        "BackupPlanId": plan_id,
        "BackupPlanArn": shown["BackupPlanArn"],
        "BackupPlanName": "tables",
        "BackupPlanVersion": shown["VersionId"],
        "BackupRuleId": shown["BackupPlan"]["Rules"][0]["RuleId"],
        "BackupRuleName": "daily",
        "BackupRuleCron": DAILY,
        "BackupRuleTimezone": "Etc/UTC",
    }
    assert (job["IamRoleArn"], job["StartBy"] - job["CreationDate"]) == (ROLE, timedelta(hours=2))
    (point,) = ready.list_recovery_points_by_backup_vault(BackupVaultName=VAULT, ByBackupPlanId=plan_id)[
        "RecoveryPoints"
    ]
    assert (point["CreatedBy"], point["Lifecycle"]) == (job["CreatedBy"], wanted["Lifecycle"])
    assert ready.list_tags(ResourceArn=point["RecoveryPointArn"])["Tags"] == {"kind": "daily"}


def test_a_scheduled_job_waits_and_expires_like_any_other(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 3 * HOUR)
    hourly = rule(ScheduleExpression="cron(0 5,6 * * ? *)", StartWindowMinutes=60)
    make_plan(ready, hourly)
    emulator.advance(9 * HOUR)
    assert [job["State"] for job in jobs(ready)] == ["EXPIRED", "COMPLETED"]


@pytest.mark.parametrize(("minutes", "state"), [(119, "EXPIRED"), (120, "COMPLETED")])
def test_a_rules_completion_window_counts_from_the_beginning(
    emulator: Emulator, ready: Any, minutes: int, state: str
) -> None:
    takes(emulator, 2 * HOUR)
    make_plan(ready, rule(ScheduleExpression=DAILY, StartWindowMinutes=60, CompletionWindowMinutes=minutes))
    emulator.advance(9 * HOUR)
    assert [job["State"] for job in jobs(ready)] == [state]


def test_a_rules_completion_window_does_not_count_the_wait(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 90 * 60)
    make_plan(
        ready,
        rule(ScheduleExpression="cron(0 5,6 * * ? *)", StartWindowMinutes=60, CompletionWindowMinutes=100),
    )
    emulator.advance(12 * HOUR)
    assert [job["State"] for job in jobs(ready)] == ["COMPLETED", "COMPLETED"]


def test_a_completed_job_is_copied_as_its_rule_says(emulator: Emulator, ready: Any) -> None:
    ready.create_backup_vault(BackupVaultName="second")
    destination = f"arn:aws:backup:{REGION}:{PROD}:backup-vault:second"
    copy = {"DestinationBackupVaultArn": destination, "Lifecycle": {"DeleteAfterDays": 400}}
    make_plan(ready, rule(ScheduleExpression=DAILY, CopyActions=[copy]))
    emulator.advance(6 * HOUR)
    (copied,) = points(ready, "second")
    assert (copied["ResourceArn"], copied["Lifecycle"]) == (TABLE_ARN, {"DeleteAfterDays": 400})


@pytest.mark.parametrize("ends", ["FAILED", "PARTIAL"])
def test_a_job_that_did_not_complete_is_not_copied(emulator: Emulator, ready: Any, ends: str) -> None:
    ready.create_backup_vault(BackupVaultName="second")
    destination = f"arn:aws:backup:{REGION}:{PROD}:backup-vault:second"
    make_plan(ready, rule(ScheduleExpression=DAILY, CopyActions=[{"DestinationBackupVaultArn": destination}]))
    emulator.control("POST", "orders", {"job": "backup", "resource": "*receipts", "ends": ends})
    emulator.advance(6 * HOUR)
    assert ready.list_copy_jobs()["CopyJobs"] == []
    assert points(ready, "second") == []


def test_a_rule_for_continuous_backups_makes_snapshots_of_tables(emulator: Emulator, ready: Any) -> None:
    make_plan(ready, rule(ScheduleExpression=DAILY, EnableContinuousBackup=True))
    emulator.advance(6 * HOUR)
    assert [job["State"] for job in jobs(ready)] == ["COMPLETED"]


def test_a_rule_makes_its_points_in_an_air_gapped_vault(emulator: Emulator, ready: Any) -> None:
    arn = make_air_gapped_vault(ready)
    make_plan(ready, rule(ScheduleExpression=DAILY, TargetLogicallyAirGappedBackupVaultArn=arn))
    emulator.advance(6 * HOUR)
    assert (len(points(ready, "gapped")), points(ready)) == (1, [])


def test_fails_when_an_air_gapped_target_is_none_or_stands_alone(ready: Any) -> None:
    make_air_gapped_vault(ready)
    own = f"arn:aws:backup:{REGION}:{PROD}:backup-vault:{VAULT}"
    for wrong in ({"TargetBackupVaultName": "gapped"}, {"TargetLogicallyAirGappedBackupVaultArn": own}):
        code = refusal(ready.create_backup_plan, BackupPlan=plan(rule(**wrong)))
        assert code == "InvalidParameterValueException"
