"""Backup plans and their versions."""

from base64 import b64encode
from typing import Final, NotRequired, TypedDict, cast

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup import tag_rules
from rehearsal.emulator.services.backup.happenings import announce, iso
from rehearsal.emulator.services.backup.operations import Answer, Call, new_id, operation
from rehearsal.emulator.services.backup.paging import Paged, paged
from rehearsal.emulator.services.backup.plans import plan_rules
from rehearsal.emulator.services.backup.plans.plan_runs import schedule
from rehearsal.emulator.services.backup.records import Plan, PlanVersion
from rehearsal.emulator.services.backup.shapes import BackupPlanInput, BackupRule

_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference"
_READ: Final = "2026-11-22"
_DEFAULTS: Final[dict[str, object]] = {
    "ScheduleExpression": "cron(0 5 ? * * *)",
    "ScheduleExpressionTimezone": "Etc/UTC",
    "StartWindowMinutes": 480,
    "CompletionWindowMinutes": 10_080,
    "EnableContinuousBackup": False,
}
"""What a rule has where the caller said nothing: API_BackupRule.html, read 2026-11-22."""


class OfPlan(TypedDict):
    """Input of an operation on one plan."""

    BackupPlanId: str


class CreatePlan(TypedDict):
    """Input of CreateBackupPlan."""

    BackupPlan: BackupPlanInput
    BackupPlanTags: NotRequired[dict[str, str]]
    CreatorRequestId: NotRequired[str]


class GetPlan(OfPlan):
    """Input of GetBackupPlan."""

    VersionId: NotRequired[str]


class UpdatePlan(OfPlan):
    """Input of UpdateBackupPlan."""

    BackupPlan: BackupPlanInput


class ListPlans(Paged, total=False):
    """Input of ListBackupPlans."""

    IncludeDeleted: bool


class ListVersions(Paged):
    """Input of ListBackupPlanVersions."""

    BackupPlanId: str


@rule(f"{_API}/API_CreateBackupPlan.html", read=_READ)
def refuse_a_plan_that_exists(exists: bool) -> None:
    """A plan whose whole document another plan of the account has is refused."""
    if exists:
        raise Refused("AlreadyExistsException", "Backup plan with the same plan document already exists.")


@rule(f"{_API}/API_GetBackupPlan.html", read=_READ)
def refuse_an_absent_plan(plan_id: str, exists: bool) -> None:
    """An operation on a plan, or on a version of it, that does not exist is refused."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Cannot find Backup plan with ID {plan_id}.")


@rule(f"{_API}/API_DeleteBackupPlan.html", read=_READ)
def refuse_to_delete_a_plan_with_selections(selections: int) -> None:
    """A plan can be deleted only after its selections."""
    if selections:
        raise Refused(
            "InvalidRequestException", "Related backup plan selections must be deleted prior to backup plan deletion"
        )


def plan_of(call: Call, plan_id: str) -> Plan:
    """Return a plan that is not deleted.

    Raises:
        Refused: there is none with this id.
    """
    plan = call.store.plans.get(call.place, plan_id)
    refuse_an_absent_plan(plan_id, plan is not None and plan["DeletionDate"] is None)
    return cast("Plan", plan)


@operation("CreateBackupPlan")
def create_backup_plan(call: Call, asked: CreatePlan) -> Answer:
    """Make a plan."""
    document = asked["BackupPlan"]
    plan_rules.check(call, document)
    tag_rules.check(asked.get("BackupPlanTags", {}))
    living = [plan for plan in call.store.plans.of(call.place) if plan["DeletionDate"] is None]
    refuse_a_plan_that_exists(any(plan["Versions"][-1]["Document"] == document for plan in living))
    plan_id, version = new_id(), _version(call, document)
    plan: Plan = {
        "BackupPlanId": plan_id,
        "BackupPlanArn": call.arn("backup-plan", plan_id),
        "CreatorRequestId": asked.get("CreatorRequestId"),
        "CreationDate": call.timestamp,
        "DeletionDate": None,
        "Tags": asked.get("BackupPlanTags", {}),
        "Versions": [version],
    }
    _keep(call, plan, "CREATED", "creationDate")
    return _head(plan) | {"AdvancedBackupSettings": document.get("AdvancedBackupSettings")}


@operation("GetBackupPlan")
def get_backup_plan(call: Call, asked: GetPlan) -> Answer:
    """Return a plan with every field of its rules, those with AWS's defaults included."""
    plan = plan_of(call, asked["BackupPlanId"])
    wanted = asked.get("VersionId", plan["Versions"][-1]["VersionId"])
    versions = [version for version in plan["Versions"] if version["VersionId"] == wanted]
    refuse_an_absent_plan(f"{plan['BackupPlanId']} in version {wanted}", bool(versions))
    version = versions[0]
    return {
        **_head(plan),
        "VersionId": version["VersionId"],
        "BackupPlan": {**version["Document"], "Rules": version["Rules"]},
        "CreatorRequestId": plan["CreatorRequestId"],
        "AdvancedBackupSettings": version["Document"].get("AdvancedBackupSettings"),
    }


@operation("UpdateBackupPlan")
def update_backup_plan(call: Call, asked: UpdatePlan) -> Answer:
    """Give a plan a new version; its rules get new ids."""
    plan, document = plan_of(call, asked["BackupPlanId"]), asked["BackupPlan"]
    plan_rules.check(call, document)
    updated: Plan = {**plan, "Versions": [*plan["Versions"], _version(call, document)]}
    _keep(call, updated, "MODIFIED", "modifiedAt")
    return _head(updated) | {"AdvancedBackupSettings": document.get("AdvancedBackupSettings")}


@operation("DeleteBackupPlan")
def delete_backup_plan(call: Call, asked: OfPlan) -> Answer:
    """Delete a plan that selects nothing any more."""
    plan = plan_of(call, asked["BackupPlanId"])
    of_plan = [one for one in call.store.selections.of(call.place) if one["BackupPlanId"] == plan["BackupPlanId"]]
    refuse_to_delete_a_plan_with_selections(len(of_plan))
    _keep(call, {**plan, "DeletionDate": call.timestamp}, "DELETED", "deletionDate")
    head = _head(plan)
    del head["CreationDate"]
    return head | {"DeletionDate": call.timestamp}


@operation("ListBackupPlans")
def list_backup_plans(call: Call, asked: ListPlans) -> Answer:
    """List the account's plans of this region; deleted ones only on request."""
    deleted = asked.get("IncludeDeleted", False)
    plans = [plan for plan in call.store.plans.of(call.place) if deleted or plan["DeletionDate"] is None]
    return paged("BackupPlansList", [_listed(plan, plan["Versions"][-1]) for plan in plans], asked)


@operation("ListBackupPlanVersions")
def list_backup_plan_versions(call: Call, asked: ListVersions) -> Answer:
    """List a plan's versions, the newest first."""
    plan = plan_of(call, asked["BackupPlanId"])
    versions = [_listed(plan, version) for version in reversed(plan["Versions"])]
    return paged("BackupPlanVersionsList", versions, asked)


def _keep(call: Call, plan: Plan, state: str, dated: str) -> None:
    call.store.plans.put(call.place, plan["BackupPlanId"], plan)
    schedule(call, plan)
    ids = {"backupPlanId": plan["BackupPlanId"], "versionId": plan["Versions"][-1]["VersionId"]}
    detail = {**ids, dated: iso(call.timestamp), "state": state}
    announce(call, "Backup Plan State Change", detail, [plan["BackupPlanArn"]])


def _version(call: Call, document: BackupPlanInput) -> PlanVersion:
    rules = [cast("BackupRule", {**_DEFAULTS, **rule, "RuleId": new_id()}) for rule in document["Rules"]]
    version = b64encode(new_id().encode()).decode()
    return {"VersionId": version, "CreationDate": call.timestamp, "Document": document, "Rules": rules}


def _head(plan: Plan) -> dict[str, object]:
    return {
        "BackupPlanId": plan["BackupPlanId"],
        "BackupPlanArn": plan["BackupPlanArn"],
        "CreationDate": plan["CreationDate"],
        "VersionId": plan["Versions"][-1]["VersionId"],
    }


def _listed(plan: Plan, version: PlanVersion) -> dict[str, object]:
    return {
        **_head(plan),
        "VersionId": version["VersionId"],
        "CreationDate": version["CreationDate"],
        "DeletionDate": plan["DeletionDate"],
        "BackupPlanName": version["Document"]["BackupPlanName"],
        "CreatorRequestId": plan["CreatorRequestId"],
        "AdvancedBackupSettings": version["Document"].get("AdvancedBackupSettings"),
    }
