"""Plans run by their schedule; the clock is first brought to a known time of day."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, make_role, plan, refusal, rule
from tests.rehearsal.emulator.services.backup.backing_up import (
    DAY,
    HOUR,
    TABLE,
    TABLE_ARN,
    advance,
    make_table,
    points,
    takes,
)

pytestmark = pytest.mark.emulator

_DAILY = "cron(0 5 * * ? *)"


@pytest.fixture
def ready(emulator: Emulator, backup: Any) -> Any:
    """AWS Backup of prod shortly after a midnight in UTC, with a vault, a table and the role of a selection."""
    make_table(emulator)
    make_role(emulator)
    _come_to(emulator, hour=0)
    return backup


def _now(emulator: Emulator) -> datetime:
    return datetime.fromisoformat(emulator.control("GET", "clock")["now"])


def _come_to(emulator: Emulator, hour: int, day: int | None = None) -> None:
    """Move to the next such hour of the day, and of the month."""
    now = _now(emulator)
    then = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    while then <= now or (day is not None and then.day != day):
        then += timedelta(days=1)
    advance(emulator, (then - now).total_seconds())


def _plan(backup: Any, *rules: dict[str, object], **selection: Any) -> str:
    made = backup.create_backup_plan(BackupPlan=plan(*rules))["BackupPlanId"]
    chosen = {"Resources": [TABLE_ARN]} | selection
    _select(backup, made, **chosen)
    return made


def _select(backup: Any, plan_id: str, **chosen: Any) -> str:
    selection = {"SelectionName": "tables", "IamRoleArn": ROLE, **chosen}
    return backup.create_backup_selection(BackupPlanId=plan_id, BackupSelection=selection)["SelectionId"]


def _jobs(backup: Any, **asked: Any) -> list[dict[str, Any]]:
    return backup.list_backup_jobs(**asked)["BackupJobs"]


def _rules_of(jobs: list[dict[str, Any]]) -> list[str]:
    return [job["CreatedBy"]["BackupRuleName"] for job in jobs]


def test_a_rule_runs_at_its_hour_every_day(emulator: Emulator, ready: Any) -> None:
    _plan(ready, rule(ScheduleExpression=_DAILY))
    advance(emulator, 5 * HOUR - 60)
    assert _jobs(ready) == []
    advance(emulator, 60)
    assert [job["State"] for job in _jobs(ready)] == ["COMPLETED"]
    advance(emulator, 2 * DAY)
    made = [job["CreationDate"].astimezone(UTC) for job in _jobs(ready)]
    assert [(one.hour, one.minute, one.second) for one in made] == [(5, 0, 0)] * 3
    assert made[0] - made[2] == timedelta(days=2)


def test_a_scheduled_job_tells_what_made_it(emulator: Emulator, ready: Any) -> None:
    wanted = rule(
        ScheduleExpression=_DAILY,
        StartWindowMinutes=120,
        RecoveryPointTags={"kind": "daily"},
        Lifecycle={"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98},
    )
    plan_id = _plan(ready, wanted)
    shown = ready.get_backup_plan(BackupPlanId=plan_id)
    advance(emulator, 6 * HOUR)
    (job,) = _jobs(ready)
    assert job["CreatedBy"] == {
        "BackupPlanId": plan_id,
        "BackupPlanArn": shown["BackupPlanArn"],
        "BackupPlanName": "tables",
        "BackupPlanVersion": shown["VersionId"],
        "BackupRuleId": shown["BackupPlan"]["Rules"][0]["RuleId"],
        "BackupRuleName": "daily",
        "BackupRuleCron": _DAILY,
        "BackupRuleTimezone": "Etc/UTC",
    }
    assert (job["IamRoleArn"], job["StartBy"] - job["CreationDate"]) == (ROLE, timedelta(hours=2))
    (point,) = ready.list_recovery_points_by_backup_vault(BackupVaultName=VAULT, ByBackupPlanId=plan_id)[
        "RecoveryPoints"
    ]
    assert (point["CreatedBy"], point["Lifecycle"]) == (job["CreatedBy"], wanted["Lifecycle"])
    assert ready.list_tags(ResourceArn=point["RecoveryPointArn"])["Tags"] == {"kind": "daily"}


def test_a_rule_runs_in_its_time_zone(emulator: Emulator, ready: Any) -> None:
    zone = "Asia/Riyadh"
    _plan(ready, rule(ScheduleExpression="cron(30 1 * * ? *)", ScheduleExpressionTimezone=zone))
    advance(emulator, 2 * DAY)
    made = [job["CreationDate"].astimezone(ZoneInfo(zone)) for job in _jobs(ready)]
    assert [(one.hour, one.minute) for one in made] == [(1, 30)] * 2


def test_a_years_daily_points_end_by_themselves(emulator: Emulator, ready: Any) -> None:
    _plan(ready, rule(ScheduleExpression=_DAILY, Lifecycle={"DeleteAfterDays": 35}))
    advance(emulator, 365 * DAY)
    assert len(points(ready)) == 35
    assert len(_jobs(ready)) == 30


@pytest.mark.parametrize(("hour", "runs"), [(5, ["monthly"]), (6, ["daily", "monthly"])])
def test_of_overlapping_windows_the_longest_retention_runs(
    emulator: Emulator, ready: Any, hour: int, runs: list[str]
) -> None:
    daily = rule(ScheduleExpression=_DAILY, StartWindowMinutes=60)
    monthly = rule(
        RuleName="monthly",
        ScheduleExpression=f"cron(0 {hour} 1 * ? *)",
        StartWindowMinutes=60,
        Lifecycle={"DeleteAfterDays": 365},
    )
    _plan(ready, daily, monthly)
    _come_to(emulator, hour=0, day=1)
    before = len(_jobs(ready))
    advance(emulator, 12 * HOUR)
    jobs = _jobs(ready)
    today = [job for job in jobs if job["CreationDate"].astimezone(UTC).day == 1 and before]
    assert sorted(_rules_of(today)) == runs
    advance(emulator, DAY)
    assert _rules_of(_jobs(ready))[0] == "daily"


def test_rules_of_two_plans_do_not_give_way_to_each_other(emulator: Emulator, ready: Any) -> None:
    _plan(ready, rule(ScheduleExpression=_DAILY))
    _plan(ready, rule(RuleName="long", ScheduleExpression=_DAILY, Lifecycle={"DeleteAfterDays": 365}))
    advance(emulator, 6 * HOUR)
    assert sorted(_rules_of(_jobs(ready))) == ["daily", "long"]


def test_a_changed_plan_counts_from_its_next_run(emulator: Emulator, ready: Any) -> None:
    plan_id = _plan(ready, rule(ScheduleExpression=_DAILY))
    advance(emulator, 6 * HOUR)
    changed = plan(rule(RuleName="noon", ScheduleExpression="cron(0 12 * * ? *)"))
    ready.update_backup_plan(BackupPlanId=plan_id, BackupPlan=changed)
    advance(emulator, DAY)
    assert _rules_of(_jobs(ready)) == ["noon", "daily"]


def test_a_plan_runs_no_more_when_it_is_deleted(emulator: Emulator, ready: Any) -> None:
    plan_id = ready.create_backup_plan(BackupPlan=plan(rule(ScheduleExpression=_DAILY)))["BackupPlanId"]
    selection = _select(ready, plan_id, Resources=[TABLE_ARN])
    advance(emulator, 6 * HOUR)
    ready.delete_backup_selection(BackupPlanId=plan_id, SelectionId=selection)
    advance(emulator, DAY)
    ready.delete_backup_plan(BackupPlanId=plan_id)
    advance(emulator, DAY)
    assert len(_jobs(ready)) == 1


@pytest.mark.parametrize(
    ("chosen", "tables"),
    [
        ({"Resources": ["*"]}, ["payments", TABLE]),
        ({"Resources": ["*"], "NotResources": [TABLE_ARN]}, ["payments"]),
        ({"Resources": [f"arn:aws:dynamodb:{REGION}:{PROD}:table/rec*"]}, [TABLE]),
        (
            {
                "Resources": [],
                "ListOfTags": [{"ConditionType": "STRINGEQUALS", "ConditionKey": "tier", "ConditionValue": "gold"}],
            },
            ["payments"],
        ),
        (
            {
                "Resources": ["*"],
                "Conditions": {"StringNotLike": [{"ConditionKey": "aws:ResourceTag/tier", "ConditionValue": "go*"}]},
            },
            [TABLE],
        ),
    ],
)
def test_a_selection_is_resolved_when_the_plan_runs(
    emulator: Emulator, ready: Any, chosen: dict[str, Any], tables: list[str]
) -> None:
    _plan(ready, rule(ScheduleExpression=_DAILY), **chosen)
    make_table(emulator, "payments", Tags=[{"Key": "tier", "Value": "gold"}])
    advance(emulator, 6 * HOUR)
    assert sorted(job["ResourceName"] for job in _jobs(ready)) == tables


def test_two_selections_of_a_table_make_one_job(emulator: Emulator, ready: Any) -> None:
    plan_id = _plan(ready, rule(ScheduleExpression=_DAILY))
    _select(ready, plan_id, SelectionName="again", Resources=["*"])
    advance(emulator, 6 * HOUR)
    assert len(_jobs(ready)) == 1


def test_a_table_that_a_selection_spells_out_and_is_gone_makes_a_job_that_fails(emulator: Emulator, ready: Any) -> None:
    _plan(ready, rule(ScheduleExpression=_DAILY))
    emulator.client("dynamodb").delete_table(TableName=TABLE)
    advance(emulator, 6 * HOUR)
    assert [(job["State"], job["StatusMessage"]) for job in _jobs(ready)] == [("FAILED", "Table not found.")]


def test_a_type_without_opt_in_is_backed_up_only_by_name(emulator: Emulator, ready: Any) -> None:
    ready.update_region_settings(ResourceTypeOptInPreference={"DynamoDB": False})
    plan_id = _plan(ready, rule(ScheduleExpression=_DAILY), Resources=["*"])
    advance(emulator, DAY)
    assert _jobs(ready) == []
    _select(ready, plan_id, SelectionName="by-name", Resources=["arn:aws:dynamodb:*:*:table/*"])
    advance(emulator, DAY)
    assert [job["State"] for job in _jobs(ready)] == ["COMPLETED"]


def test_a_scheduled_job_waits_and_expires_like_any_other(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 3 * HOUR)
    hourly = rule(ScheduleExpression="cron(0 5,6 * * ? *)", StartWindowMinutes=60)
    _plan(ready, hourly)
    advance(emulator, 9 * HOUR)
    assert [job["State"] for job in _jobs(ready)] == ["EXPIRED", "COMPLETED"]


@pytest.mark.parametrize(("minutes", "state"), [(119, "EXPIRED"), (120, "COMPLETED")])
def test_a_rules_completion_window_counts_from_the_beginning(
    emulator: Emulator, ready: Any, minutes: int, state: str
) -> None:
    takes(emulator, 2 * HOUR)
    _plan(ready, rule(ScheduleExpression=_DAILY, StartWindowMinutes=60, CompletionWindowMinutes=minutes))
    advance(emulator, 9 * HOUR)
    assert [job["State"] for job in _jobs(ready)] == [state]


def test_a_rules_completion_window_does_not_count_the_wait(emulator: Emulator, ready: Any) -> None:
    takes(emulator, 90 * 60)
    _plan(
        ready,
        rule(ScheduleExpression="cron(0 5,6 * * ? *)", StartWindowMinutes=60, CompletionWindowMinutes=100),
    )
    advance(emulator, 12 * HOUR)
    assert [job["State"] for job in _jobs(ready)] == ["COMPLETED", "COMPLETED"]


def test_a_completed_job_is_copied_as_its_rule_says(emulator: Emulator, ready: Any) -> None:
    ready.create_backup_vault(BackupVaultName="second")
    destination = f"arn:aws:backup:{REGION}:{PROD}:backup-vault:second"
    copy = {"DestinationBackupVaultArn": destination, "Lifecycle": {"DeleteAfterDays": 400}}
    _plan(ready, rule(ScheduleExpression=_DAILY, CopyActions=[copy]))
    advance(emulator, 6 * HOUR)
    (copied,) = points(ready, "second")
    assert (copied["ResourceArn"], copied["Lifecycle"]) == (TABLE_ARN, {"DeleteAfterDays": 400})


@pytest.mark.parametrize("ends", ["FAILED", "PARTIAL"])
def test_a_job_that_did_not_complete_is_not_copied(emulator: Emulator, ready: Any, ends: str) -> None:
    ready.create_backup_vault(BackupVaultName="second")
    destination = f"arn:aws:backup:{REGION}:{PROD}:backup-vault:second"
    _plan(ready, rule(ScheduleExpression=_DAILY, CopyActions=[{"DestinationBackupVaultArn": destination}]))
    emulator.control("POST", "orders", {"job": "backup", "resource": "*receipts", "ends": ends})
    advance(emulator, 6 * HOUR)
    assert ready.list_copy_jobs()["CopyJobs"] == []
    assert points(ready, "second") == []


def test_a_rule_for_continuous_backups_makes_snapshots_of_tables(emulator: Emulator, ready: Any) -> None:
    _plan(ready, rule(ScheduleExpression=_DAILY, EnableContinuousBackup=True))
    advance(emulator, 6 * HOUR)
    assert [job["State"] for job in _jobs(ready)] == ["COMPLETED"]


def _air_gapped(backup: Any) -> str:
    asked = {"MinRetentionDays": 7, "MaxRetentionDays": 90}
    return backup.create_logically_air_gapped_backup_vault(BackupVaultName="gapped", **asked)["BackupVaultArn"]


def test_a_rule_makes_its_points_in_an_air_gapped_vault(emulator: Emulator, ready: Any) -> None:
    arn = _air_gapped(ready)
    _plan(ready, rule(ScheduleExpression=_DAILY, TargetLogicallyAirGappedBackupVaultArn=arn))
    advance(emulator, 6 * HOUR)
    assert (len(points(ready, "gapped")), points(ready)) == (1, [])


def test_fails_when_an_air_gapped_target_is_none_or_stands_alone(ready: Any) -> None:
    _air_gapped(ready)
    own = f"arn:aws:backup:{REGION}:{PROD}:backup-vault:{VAULT}"
    for wrong in ({"TargetBackupVaultName": "gapped"}, {"TargetLogicallyAirGappedBackupVaultArn": own}):
        code = refusal(ready.create_backup_plan, BackupPlan=plan(rule(**wrong)))
        assert code == "InvalidParameterValueException"
