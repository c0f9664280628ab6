"""What a plan protects: selections of resources by ARN, tag and condition."""

from typing import Final, NotRequired, TypedDict, cast

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.operations import Answer, Call, new_id, operation
from rehearsal.emulator.services.backup.paging import Paged, paged
from rehearsal.emulator.services.backup.records import Plan, Selection
from rehearsal.emulator.services.backup.shapes import BackupSelection

_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference"
_PROVIDER: Final = "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/backup/selection.go"
_EMPTY: Final = "https://github.com/ministryofjustice/modernisation-platform-terraform-baselines/pull/90"
_READ: Final = "2026-11-22"
_MOST_ARNS: Final = 500
_MOST_PATTERNS: Final = 30


class OfPlan(Paged):
    """Input of an operation on the selections of one plan."""

    BackupPlanId: str


class CreateSelection(OfPlan):
    """Input of CreateBackupSelection."""

    BackupSelection: BackupSelection
    CreatorRequestId: NotRequired[str]


class OfSelection(TypedDict):
    """Input of an operation on one selection."""

    BackupPlanId: str
    SelectionId: str


@rule(_PROVIDER, read=_READ)
def refuse_selections_of_an_absent_plan(plan_id: str, exists: bool) -> None:
    """An operation on selections names a plan that exists; the code is that of a wrong parameter."""
    if not exists:
        raise Refused("InvalidParameterValueException", f"Cannot find Backup plan with ID {plan_id}")


@rule(f"{_API}/API_GetBackupSelection.html", read=_READ)
def refuse_an_absent_selection(selection_id: str, exists: bool) -> None:
    """An operation on a selection that does not exist is refused."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Cannot find Backup selection with ID {selection_id}")


@rule(_EMPTY, read=_READ)
def refuse_a_selection_of_nothing(selects: bool) -> None:
    """A selection names resources, tags or conditions."""
    if not selects:
        raise Refused(
            "InvalidParameterValueException",
            "Invalid backup selection. Either 'ListOfTags' or 'Resources' section must be non-empty.",
        )


@rule(f"{_API}/API_BackupSelection.html", read=_READ)
def refuse_more_arns_than_a_selection_takes(arns: list[str]) -> None:
    """A selection lists at most 500 ARNs, of which at most 30 are patterns."""
    patterns = [arn for arn in arns if "*" in arn]
    if len(arns) > _MOST_ARNS or len(patterns) > _MOST_PATTERNS:
        raise Refused(
            "InvalidParameterValueException",
            f"A selection takes {_MOST_ARNS} ARNs and {_MOST_PATTERNS} patterns, got {len(arns)} and {len(patterns)}.",
        )


@rule(f"{_API}/API_BackupSelection.html", read=_READ)
def refuse_an_arn_of_another_form(arn: str) -> None:
    """A resource is `*`, an ARN, or the beginning of one followed by a wildcard."""
    parts = arn.split(":", 5)
    if arn != "*" and (len(parts) < 6 or parts[0] != "arn" or "*" in arn.removesuffix("*").split(":", 5)[-1]):
        raise Refused("InvalidParameterValueException", f"Invalid resource ARN {arn} in the backup selection.")


@rule(_PROVIDER, read=_READ)
def refuse_a_role_that_backup_cannot_assume(arn: str, trusts: bool) -> None:
    """The role of a selection exists in the account and trusts backup.amazonaws.com."""
    if not trusts:
        raise Refused("InvalidParameterValueException", f"IAM Role {arn} cannot be assumed by AWS Backup")


@rule(_PROVIDER, read=_READ)
def refuse_a_role_that_cannot_look_for_tags(arn: str, allowed: bool) -> None:
    """The role of a selection by tag or condition may list resources by their tags."""
    if not allowed:
        raise Refused("InvalidParameterValueException", f"IAM Role {arn} is not authorized to call tag:GetResources")


@operation("CreateBackupSelection")
def create_backup_selection(call: Call, asked: CreateSelection) -> Answer:
    """Put resources under a plan."""
    plan, chosen = _plan_of(call, asked["BackupPlanId"]), asked["BackupSelection"]
    _check(call, plan, chosen)
    selection: Selection = {
        "SelectionId": new_id(),
        "BackupPlanId": plan["BackupPlanId"],
        "CreationDate": call.timestamp,
        "CreatorRequestId": asked.get("CreatorRequestId"),
        "Selection": {"Resources": [], "NotResources": [], "ListOfTags": [], **chosen},
    }
    call.store.selections.put(call.place, selection["SelectionId"], selection)
    return {member: selection[member] for member in ("SelectionId", "BackupPlanId", "CreationDate")}


@operation("GetBackupSelection")
def get_backup_selection(call: Call, asked: OfSelection) -> Answer:
    """Return a selection with every field."""
    selection = _selection_of(call, asked)
    members = ("SelectionId", "BackupPlanId", "CreationDate", "CreatorRequestId")
    return {"BackupSelection": selection["Selection"]} | {member: selection[member] for member in members}


@operation("DeleteBackupSelection")
def delete_backup_selection(call: Call, asked: OfSelection) -> None:
    """Take resources from a plan."""
    selection = _selection_of(call, asked)
    call.store.selections.remove(call.place, selection["SelectionId"])


@operation("ListBackupSelections")
def list_backup_selections(call: Call, asked: OfPlan) -> Answer:
    """List a plan's selections."""
    plan = _plan_of(call, asked["BackupPlanId"])
    found = [one for one in call.store.selections.of(call.place) if one["BackupPlanId"] == plan["BackupPlanId"]]
    return paged("BackupSelectionsList", [_listed(one) for one in found], asked)


def _check(call: Call, plan: Plan, chosen: BackupSelection) -> None:
    resources, excluded = chosen.get("Resources", []), chosen.get("NotResources", [])
    conditions = [condition for kind in chosen.get("Conditions", {}).values() for condition in kind]
    refuse_a_selection_of_nothing(bool(resources or excluded or chosen.get("ListOfTags") or conditions))
    for arns in (resources, excluded):
        refuse_more_arns_than_a_selection_takes(arns)
        for arn in arns:
            refuse_an_arn_of_another_form(arn)
    role = chosen["IamRoleArn"]
    own = role.split(":")[4:5] == [call.place.account]
    trusts = own and call.neighbours.trusts_backup(role, plan["BackupPlanArn"])
    refuse_a_role_that_backup_cannot_assume(role, trusts)
    if chosen.get("ListOfTags") or conditions:
        refuse_a_role_that_cannot_look_for_tags(role, call.neighbours.role_may(role, "tag:GetResources"))


def _plan_of(call: Call, plan_id: str) -> Plan:
    plan = call.store.plans.get(call.place, plan_id)
    refuse_selections_of_an_absent_plan(plan_id, plan is not None and plan["DeletionDate"] is None)
    return cast("Plan", plan)


def _selection_of(call: Call, asked: OfSelection) -> Selection:
    plan = _plan_of(call, asked["BackupPlanId"])
    selection = call.store.selections.get(call.place, asked["SelectionId"])
    found = selection is not None and selection["BackupPlanId"] == plan["BackupPlanId"]
    refuse_an_absent_selection(asked["SelectionId"], found)
    return cast("Selection", selection)


def _listed(selection: Selection) -> dict[str, object]:
    return {
        "SelectionId": selection["SelectionId"],
        "SelectionName": selection["Selection"]["SelectionName"],
        "BackupPlanId": selection["BackupPlanId"],
        "CreationDate": selection["CreationDate"],
        "CreatorRequestId": selection["CreatorRequestId"],
        "IamRoleArn": selection["Selection"]["IamRoleArn"],
    }
