"""Selections of restore testing plans: which resources are restored, under which role."""

from typing import Final, NotRequired, TypedDict, cast

from rehearsal.emulator.services.backup.operations import Answer, Call, operation
from rehearsal.emulator.services.backup.paging import Paged, paged
from rehearsal.emulator.services.backup.testing import testing_rules
from rehearsal.emulator.services.backup.testing.testing_plans import OfTestingPlan, testing_plan_of
from rehearsal.emulator.services.backup.testing.testing_records import Conditions, TestingSelection

_LISTED: Final = (
    "CreationTime",
    "IamRoleArn",
    "ProtectedResourceType",
    "RestoreTestingPlanName",
    "RestoreTestingSelectionName",
    "ValidationWindowHours",
)
_MORE: Final = (
    "CreatorRequestId",
    "ProtectedResourceArns",
    "ProtectedResourceConditions",
    "RestoreMetadataOverrides",
)


class AskedSelection(TypedDict, total=False):
    """A selection's document; an update names only what changes."""

    RestoreTestingSelectionName: str
    IamRoleArn: str
    ProtectedResourceType: str
    ProtectedResourceArns: list[str]
    ProtectedResourceConditions: Conditions
    RestoreMetadataOverrides: dict[str, str]
    ValidationWindowHours: int


class CreateSelection(OfTestingPlan):
    """Input of CreateRestoreTestingSelection."""

    RestoreTestingSelection: AskedSelection
    CreatorRequestId: NotRequired[str]


class OfTestingSelection(OfTestingPlan):
    """Input of an operation on one selection."""

    RestoreTestingSelectionName: str


class UpdateSelection(OfTestingSelection):
    """Input of UpdateRestoreTestingSelection."""

    RestoreTestingSelection: AskedSelection


class ListSelections(Paged):
    """Input of ListRestoreTestingSelections."""

    RestoreTestingPlanName: str


@operation("CreateRestoreTestingSelection")
def create_restore_testing_selection(call: Call, asked: CreateSelection) -> Answer:
    """Give a plan a selection; the same request again, told by its CreatorRequestId, is answered as before."""
    plan = testing_plan_of(call, asked["RestoreTestingPlanName"])["RestoreTestingPlanName"]
    document, creator = asked["RestoreTestingSelection"], asked.get("CreatorRequestId")
    name = document.get("RestoreTestingSelectionName", "")
    existing = call.store.testing_selections.get(call.place, f"{plan}/{name}")
    if existing is None or creator is None or existing["CreatorRequestId"] != creator:
        testing_rules.refuse_a_testing_name_of_another_form(name)
        testing_rules.refuse_a_testing_name_that_is_taken(name, existing is not None)
        testing_rules.refuse_too_many_testing_selections(len(selections_of(call, plan)))
        testing_rules.refuse_a_type_that_cannot_be_tested(document.get("ProtectedResourceType", ""))
        existing = _made(call, plan, document, creator)
        _keep(call, existing)
    return _answer(call, existing)


@operation("GetRestoreTestingSelection")
def get_restore_testing_selection(call: Call, asked: OfTestingSelection) -> Answer:
    """Show a selection."""
    selection = _selection_of(call, asked)
    return {"RestoreTestingSelection": {name: selection[name] for name in (*_LISTED, *_MORE)}}


@operation("UpdateRestoreTestingSelection")
def update_restore_testing_selection(call: Call, asked: UpdateSelection) -> Answer:
    """Change what is named; the rest stays."""
    selection, changes = _selection_of(call, asked), asked["RestoreTestingSelection"]
    changed: TestingSelection = {
        **selection,
        "IamRoleArn": changes.get("IamRoleArn", selection["IamRoleArn"]),
        "ProtectedResourceArns": changes.get("ProtectedResourceArns", selection["ProtectedResourceArns"]),
        "ProtectedResourceConditions": changes.get(
            "ProtectedResourceConditions", selection["ProtectedResourceConditions"]
        ),
        "RestoreMetadataOverrides": changes.get("RestoreMetadataOverrides", selection["RestoreMetadataOverrides"]),
        "ValidationWindowHours": changes.get("ValidationWindowHours", selection["ValidationWindowHours"]),
    }
    _keep(call, changed)
    return {**_answer(call, changed), "UpdateTime": call.timestamp}


@operation("DeleteRestoreTestingSelection")
def delete_restore_testing_selection(call: Call, asked: OfTestingSelection) -> None:
    """Delete a selection."""
    call.store.testing_selections.remove(call.place, _key(_selection_of(call, asked)))


@operation("ListRestoreTestingSelections")
def list_restore_testing_selections(call: Call, asked: ListSelections) -> Answer:
    """List a plan's selections."""
    plan = testing_plan_of(call, asked["RestoreTestingPlanName"])
    found = selections_of(call, plan["RestoreTestingPlanName"])
    return paged("RestoreTestingSelections", [{name: one[name] for name in _LISTED} for one in found], asked)


def selections_of(call: Call, plan: str) -> list[TestingSelection]:
    """Return a plan's selections."""
    return [one for one in call.store.testing_selections.of(call.place) if one["RestoreTestingPlanName"] == plan]


def _selection_of(call: Call, asked: OfTestingSelection) -> TestingSelection:
    testing_plan_of(call, asked["RestoreTestingPlanName"])
    name = asked["RestoreTestingSelectionName"]
    found = call.store.testing_selections.get(call.place, f"{asked['RestoreTestingPlanName']}/{name}")
    testing_rules.refuse_an_absent_test(name, found is not None)
    return cast("TestingSelection", found)


def _made(call: Call, plan: str, document: AskedSelection, creator: str | None) -> TestingSelection:
    return {
        "RestoreTestingPlanName": plan,
        "RestoreTestingSelectionName": document.get("RestoreTestingSelectionName", ""),
        "CreatorRequestId": creator,
        "CreationTime": call.timestamp,
        "IamRoleArn": document.get("IamRoleArn", ""),
        "ProtectedResourceType": document.get("ProtectedResourceType", ""),
        "ProtectedResourceArns": document.get("ProtectedResourceArns"),
        "ProtectedResourceConditions": document.get("ProtectedResourceConditions"),
        "RestoreMetadataOverrides": document.get("RestoreMetadataOverrides", {}),
        "ValidationWindowHours": document.get("ValidationWindowHours", 0),
    }


def _keep(call: Call, selection: TestingSelection) -> None:
    conditions = selection["ProtectedResourceConditions"] or {}
    count = len(conditions.get("StringEquals", [])) + len(conditions.get("StringNotEquals", []))
    testing_rules.refuse_resources_and_conditions_that_do_not_go_together(
        selection["ProtectedResourceArns"] or [], count
    )
    testing_rules.refuse_a_validation_window_outside_a_week(selection["ValidationWindowHours"])
    if selection["ProtectedResourceType"] == "DynamoDB":
        for name in selection["RestoreMetadataOverrides"]:
            testing_rules.refuse_to_override_other_metadata(name)
    call.store.testing_selections.put(call.place, _key(selection), selection)


def _key(selection: TestingSelection) -> str:
    return f"{selection['RestoreTestingPlanName']}/{selection['RestoreTestingSelectionName']}"


def _answer(call: Call, selection: TestingSelection) -> dict[str, object]:
    plan = testing_plan_of(call, selection["RestoreTestingPlanName"])
    names = ("CreationTime", "RestoreTestingPlanName", "RestoreTestingSelectionName")
    return {**{name: selection[name] for name in names}, "RestoreTestingPlanArn": plan["RestoreTestingPlanArn"]}
