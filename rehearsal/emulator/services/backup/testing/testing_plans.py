"""Restore testing plans."""

from datetime import UTC
from typing import Final, NotRequired, TypedDict, cast

from rehearsal.emulator import schedules
from rehearsal.emulator.services.backup import tag_rules
from rehearsal.emulator.services.backup.operations import Answer, Call, Work, new_id, operation
from rehearsal.emulator.services.backup.paging import Paged, paged
from rehearsal.emulator.services.backup.testing import testing_rules
from rehearsal.emulator.services.backup.testing.testing_records import PointChoice, TestingPlan

RUNS: Final = "restore testing plan runs"
_START_HOURS: Final = 24
_LISTED: Final = (
    "CreationTime",
    "LastExecutionTime",
    "LastUpdateTime",
    "RestoreTestingPlanArn",
    "RestoreTestingPlanName",
    "ScheduleExpression",
    "ScheduleExpressionTimezone",
    "StartWindowHours",
)


class AskedPlan(TypedDict, total=False):
    """A plan's document; an update names only what changes."""

    RestoreTestingPlanName: str
    RecoveryPointSelection: PointChoice
    ScheduleExpression: str
    ScheduleExpressionTimezone: str
    StartWindowHours: int


class CreatePlan(TypedDict):
    """Input of CreateRestoreTestingPlan."""

    RestoreTestingPlan: AskedPlan
    CreatorRequestId: NotRequired[str]
    Tags: NotRequired[dict[str, str]]


class OfTestingPlan(TypedDict):
    """Input of an operation on one plan."""

    RestoreTestingPlanName: str


class UpdatePlan(OfTestingPlan):
    """Input of UpdateRestoreTestingPlan."""

    RestoreTestingPlan: AskedPlan


@operation("CreateRestoreTestingPlan")
def create_restore_testing_plan(call: Call, asked: CreatePlan) -> Answer:
    """Make a plan; the same request again, told by its CreatorRequestId, is answered as before."""
    document, creator = asked["RestoreTestingPlan"], asked.get("CreatorRequestId")
    name = document.get("RestoreTestingPlanName", "")
    existing = call.store.testing_plans.get(call.place, name)
    if existing is None or creator is None or existing["CreatorRequestId"] != creator:
        testing_rules.refuse_a_testing_name_of_another_form(name)
        testing_rules.refuse_a_testing_name_that_is_taken(name, existing is not None)
        testing_rules.refuse_too_many_testing_plans(len(call.store.testing_plans.of(call.place)))
        tag_rules.check(asked.get("Tags", {}))
        existing = _made(call, asked)
        _keep(call, existing)
    return _answer(existing)


@operation("GetRestoreTestingPlan")
def get_restore_testing_plan(call: Call, asked: OfTestingPlan) -> Answer:
    """Show a plan."""
    plan = testing_plan_of(call, asked["RestoreTestingPlanName"])
    shown = {name: plan[name] for name in (*_LISTED, "CreatorRequestId", "RecoveryPointSelection")}
    return {"RestoreTestingPlan": shown}


@operation("UpdateRestoreTestingPlan")
def update_restore_testing_plan(call: Call, asked: UpdatePlan) -> Answer:
    """Change what is named; the rest stays."""
    plan = testing_plan_of(call, asked["RestoreTestingPlanName"])
    changes = asked["RestoreTestingPlan"]
    changed: TestingPlan = {
        **plan,
        "RecoveryPointSelection": changes.get("RecoveryPointSelection", plan["RecoveryPointSelection"]),
        "ScheduleExpression": changes.get("ScheduleExpression", plan["ScheduleExpression"]),
        "ScheduleExpressionTimezone": changes.get("ScheduleExpressionTimezone", plan["ScheduleExpressionTimezone"]),
        "StartWindowHours": changes.get("StartWindowHours", plan["StartWindowHours"]),
        "LastUpdateTime": call.timestamp,
    }
    _keep(call, changed)
    return {**_answer(changed), "UpdateTime": call.timestamp}


@operation("DeleteRestoreTestingPlan")
def delete_restore_testing_plan(call: Call, asked: OfTestingPlan) -> None:
    """Delete a plan without selections; without a plan nothing happens."""
    name = asked["RestoreTestingPlanName"]
    selections = call.store.testing_selections.of(call.place)
    testing_rules.refuse_to_delete_a_testing_plan_with_selections(
        sum(selection["RestoreTestingPlanName"] == name for selection in selections)
    )
    call.store.testing_plans.remove(call.place, name)
    call.store.dues.drop(call.place, RUNS, name)


@operation("ListRestoreTestingPlans")
def list_restore_testing_plans(call: Call, asked: Paged) -> Answer:
    """List the account's plans of this region."""
    plans = call.store.testing_plans.of(call.place)
    return paged("RestoreTestingPlans", [{name: plan[name] for name in _LISTED} for plan in plans], asked)


def testing_plan_of(call: Call, name: str) -> TestingPlan:
    """Return a plan of the caller's account and region.

    Raises:
        Refused: there is none of that name.
    """
    plan = call.store.testing_plans.get(call.place, name)
    testing_rules.refuse_an_absent_test(name, plan is not None)
    return cast("TestingPlan", plan)


def set_next_run(work: Work, plan: TestingPlan) -> None:
    """Let a plan run when its schedule says so next."""
    name, zone = plan["RestoreTestingPlanName"], plan["ScheduleExpressionTimezone"]
    at = schedules.next_occurrence(plan["ScheduleExpression"], zone, work.now)
    if at:
        work.store.dues.set(work.place, RUNS, name, at.astimezone(UTC))
    else:
        work.store.dues.drop(work.place, RUNS, name)


def _made(call: Call, asked: CreatePlan) -> TestingPlan:
    document = asked["RestoreTestingPlan"]
    name = document.get("RestoreTestingPlanName", "")
    return {
        "RestoreTestingPlanName": name,
        "RestoreTestingPlanArn": call.arn("restore-testing-plan", f"{name}-{new_id()}"),
        "CreatorRequestId": asked.get("CreatorRequestId"),
        "CreationTime": call.timestamp,
        "LastUpdateTime": None,
        "LastExecutionTime": None,
        "ScheduleExpression": document.get("ScheduleExpression", ""),
        "ScheduleExpressionTimezone": document.get("ScheduleExpressionTimezone", "UTC"),
        "StartWindowHours": document.get("StartWindowHours", _START_HOURS),
        "RecoveryPointSelection": cast("PointChoice", document.get("RecoveryPointSelection", {})),
        "Tags": asked.get("Tags", {}),
    }


def _keep(call: Call, plan: TestingPlan) -> None:
    choice = plan["RecoveryPointSelection"]
    testing_rules.refuse_a_testing_schedule_of_another_form(
        plan["ScheduleExpression"], plan["ScheduleExpressionTimezone"]
    )
    testing_rules.refuse_a_start_window_outside_a_week(plan["StartWindowHours"])
    testing_rules.refuse_a_choice_of_points_that_lacks_something(choice)
    testing_rules.refuse_a_selection_window_outside_a_year(choice.get("SelectionWindowDays", 1))
    testing_rules.refuse_what_is_no_selector_of_vaults(choice["IncludeVaults"])
    if choice.get("ExcludeVaults"):
        testing_rules.refuse_what_is_no_selector_of_vaults(choice.get("ExcludeVaults", []))
    call.store.testing_plans.put(call.place, plan["RestoreTestingPlanName"], plan)
    set_next_run(call, plan)


def _answer(plan: TestingPlan) -> dict[str, object]:
    return {name: plan[name] for name in ("CreationTime", "RestoreTestingPlanArn", "RestoreTestingPlanName")}
