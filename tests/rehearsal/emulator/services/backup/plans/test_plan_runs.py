"""Plans run by their schedule; the clock is first brought to a known time of day."""

from datetime import UTC, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.backup.asking import plan, rule
from tests.rehearsal.emulator.services.backup.backing_up import DAY, HOUR, TABLE_ARN, come_to, points
from tests.rehearsal.emulator.services.backup.plans.planning import DAILY, jobs, make_plan, select

pytestmark = pytest.mark.emulator


def _rules_of(made: list[dict[str, Any]]) -> list[str]:
    return [job["CreatedBy"]["BackupRuleName"] for job in made]


def test_a_rule_runs_at_its_hour_every_day(emulator: Emulator, ready: Any) -> None:
    make_plan(ready, rule(ScheduleExpression=DAILY))
    emulator.advance(5 * HOUR - 60)
    assert jobs(ready) == []
    emulator.advance(60)
    assert [job["State"] for job in jobs(ready)] == ["COMPLETED"]
    emulator.advance(2 * DAY)
    made = [job["CreationDate"].astimezone(UTC) for job in jobs(ready)]
    assert [(one.hour, one.minute, one.second) for one in made] == [(5, 0, 0)] * 3
    assert made[0] - made[2] == timedelta(days=2)


def test_a_rule_runs_in_its_time_zone(emulator: Emulator, ready: Any) -> None:
    zone = "Asia/Riyadh"
    make_plan(ready, rule(ScheduleExpression="cron(30 1 * * ? *)", ScheduleExpressionTimezone=zone))
    emulator.advance(2 * DAY)
    made = [job["CreationDate"].astimezone(ZoneInfo(zone)) for job in jobs(ready)]
    assert [(one.hour, one.minute) for one in made] == [(1, 30)] * 2


def test_a_years_daily_points_end_by_themselves(emulator: Emulator, ready: Any) -> None:
    make_plan(ready, rule(ScheduleExpression=DAILY, Lifecycle={"DeleteAfterDays": 35}))
    emulator.advance(365 * DAY)
    assert len(points(ready)) == 35
    assert len(jobs(ready)) == 30


@pytest.mark.parametrize(("hour", "runs"), [(5, ["monthly"]), (6, ["daily", "monthly"])])
def test_of_overlapping_windows_the_longest_retention_runs(
    emulator: Emulator, ready: Any, hour: int, runs: list[str]
) -> None:
    daily = rule(ScheduleExpression=DAILY, StartWindowMinutes=60)
    monthly = rule(
        RuleName="monthly",
        ScheduleExpression=f"cron(0 {hour} 1 * ? *)",
        StartWindowMinutes=60,
        Lifecycle={"DeleteAfterDays": 365},
    )
    make_plan(ready, daily, monthly)
    first_of_the_month = come_to(emulator, hour=0, day=1)
    emulator.advance(12 * HOUR)
    assert sorted(_rules_of(jobs(ready, ByCreatedAfter=first_of_the_month))) == runs
    emulator.advance(DAY)
    assert _rules_of(jobs(ready))[0] == "daily"


def test_rules_of_two_plans_do_not_give_way_to_each_other(emulator: Emulator, ready: Any) -> None:
    make_plan(ready, rule(ScheduleExpression=DAILY))
    make_plan(ready, rule(RuleName="long", ScheduleExpression=DAILY, Lifecycle={"DeleteAfterDays": 365}))
    emulator.advance(6 * HOUR)
    assert sorted(_rules_of(jobs(ready))) == ["daily", "long"]


def test_a_changed_plan_counts_from_its_next_run(emulator: Emulator, ready: Any) -> None:
    plan_id = make_plan(ready, rule(ScheduleExpression=DAILY))
    emulator.advance(6 * HOUR)
    changed = plan(rule(RuleName="noon", ScheduleExpression="cron(0 12 * * ? *)"))
    ready.update_backup_plan(BackupPlanId=plan_id, BackupPlan=changed)
    emulator.advance(DAY)
    assert _rules_of(jobs(ready)) == ["noon", "daily"]


def test_a_plan_runs_no_more_when_it_is_deleted(emulator: Emulator, ready: Any) -> None:
    plan_id = ready.create_backup_plan(BackupPlan=plan(rule(ScheduleExpression=DAILY)))["BackupPlanId"]
    selection = select(ready, plan_id, Resources=[TABLE_ARN])
    emulator.advance(6 * HOUR)
    ready.delete_backup_selection(BackupPlanId=plan_id, SelectionId=selection)
    emulator.advance(DAY)
    ready.delete_backup_plan(BackupPlanId=plan_id)
    emulator.advance(DAY)
    assert len(jobs(ready)) == 1
