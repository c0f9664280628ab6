"""Which tables the selections of a plan come to when it runs."""

from typing import Any

import pytest

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import rule
from tests.rehearsal.emulator.services.backup.backing_up import DAY, HOUR, TABLE, TABLE_ARN, make_table
from tests.rehearsal.emulator.services.backup.plans.planning import DAILY, jobs, make_plan, select

pytestmark = pytest.mark.emulator


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
    make_plan(ready, rule(ScheduleExpression=DAILY), **chosen)
    make_table(emulator, "payments", Tags=[{"Key": "tier", "Value": "gold"}])
    emulator.advance(6 * HOUR)
    assert sorted(job["ResourceName"] for job in jobs(ready)) == tables


def test_two_selections_of_a_table_make_one_job(emulator: Emulator, ready: Any) -> None:
    plan_id = make_plan(ready, rule(ScheduleExpression=DAILY))
    select(ready, plan_id, SelectionName="again", Resources=["*"])
    emulator.advance(6 * HOUR)
    assert len(jobs(ready)) == 1


def test_a_table_that_a_selection_spells_out_and_is_gone_makes_a_job_that_fails(emulator: Emulator, ready: Any) -> None:
    make_plan(ready, rule(ScheduleExpression=DAILY))
    emulator.client("dynamodb").delete_table(TableName=TABLE)
    emulator.advance(6 * HOUR)
    assert [(job["State"], job["StatusMessage"]) for job in jobs(ready)] == [("FAILED", "Table not found.")]


def test_a_type_without_opt_in_is_backed_up_only_by_name(emulator: Emulator, ready: Any) -> None:
    ready.update_region_settings(ResourceTypeOptInPreference={"DynamoDB": False})
    plan_id = make_plan(ready, rule(ScheduleExpression=DAILY), Resources=["*"])
    emulator.advance(DAY)
    assert jobs(ready) == []
    select(ready, plan_id, SelectionName="by-name", Resources=["arn:aws:dynamodb:*:*:table/*"])
    emulator.advance(DAY)
    assert [job["State"] for job in jobs(ready)] == ["COMPLETED"]
