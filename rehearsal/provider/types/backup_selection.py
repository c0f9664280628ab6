"""aws.backup.Selection: which resources a plan backs up, and as whom."""

from collections.abc import Mapping
from typing import Any, Final

from botocore.exceptions import ClientError

from rehearsal.provider.context import Context
from rehearsal.provider.errors import any_of, code_with, codes
from rehearsal.provider.importing import parts
from rehearsal.provider.schema import Autoname, Kind, Operations, Properties, Property, ResourceType
from rehearsal.provider.validation import arn, matching, one_of
from rehearsal.provider.values import listed, present
from rehearsal.provider.waiting import Wait, retried, until

_CODE: Final = "InvalidParameterValueException"
_ROLE_TOO_NEW: Final = any_of(code_with(_CODE, "cannot be assumed"), code_with(_CODE, "is not authorized to call"))
_READABLE: Final = Wait(target="found", timeout=2 * 60)
_OPERATORS: Final = {
    "stringEquals": "StringEquals",
    "stringLikes": "StringLike",
    "stringNotEquals": "StringNotEquals",
    "stringNotLikes": "StringNotLike",
}


def every_error(_error: ClientError) -> bool:
    """Take any error for "gone": the real provider forgot a check, so a denied read drops the selection from state."""
    return True


def create(context: Context, inputs: Properties) -> str:
    """Make the selection; a role that was just made may not be assumable yet."""
    backup = context.clients.client("backup", context.region)
    selection: Any = present(
        {
            "SelectionName": inputs["name"],
            "IamRoleArn": inputs["iamRoleArn"],
            "Resources": inputs.get("resources"),
            "NotResources": inputs.get("notResources"),
            "ListOfTags": [
                {"ConditionType": tag["type"], "ConditionKey": tag["key"], "ConditionValue": tag["value"]}
                for tag in listed(inputs, "selectionTags")
            ],
            "Conditions": _conditions_sent(listed(inputs, "conditions")),
        }
    )
    answer = retried(
        context.pace,
        2 * 60,
        _ROLE_TOO_NEW,
        lambda: backup.create_backup_selection(BackupPlanId=inputs["planId"], BackupSelection=selection),
    )
    return answer["SelectionId"]


def settle(context: Context, resource_id: str, inputs: Properties) -> None:
    """Wait until the selection can be read."""
    backup = context.clients.client("backup", context.region)

    def look() -> str:
        try:
            backup.get_backup_selection(BackupPlanId=inputs["planId"], SelectionId=resource_id)
        except ClientError as error:
            if not _MISSING(error):
                raise
            return "missing"
        return "found"

    until(context.pace, _READABLE, look)


def read(context: Context, resource_id: str, prior: Properties) -> Properties:
    """Read it; tags and conditions only when AWS tells any, so that their removal by hand stays unseen."""
    backup = context.clients.client("backup", context.region)
    plan = prior["planId"]
    selection = backup.get_backup_selection(BackupPlanId=plan, SelectionId=resource_id)["BackupSelection"]
    found: Properties = {
        "name": selection["SelectionName"],
        "planId": plan,
        "iamRoleArn": selection["IamRoleArn"],
        "resources": selection.get("Resources", []),
        "notResources": selection.get("NotResources", []),
        "selectionTags": prior.get("selectionTags"),
        "conditions": prior.get("conditions"),
    }
    if tags := selection.get("ListOfTags"):
        found["selectionTags"] = [
            {"type": tag["ConditionType"], "key": tag["ConditionKey"], "value": tag["ConditionValue"]} for tag in tags
        ]
    if conditions := _conditions_told(selection.get("Conditions", {})):
        found["conditions"] = conditions
    return found


def delete(context: Context, resource_id: str, state: Properties) -> None:
    """Remove it."""
    backup = context.clients.client("backup", context.region)
    backup.delete_backup_selection(BackupPlanId=state["planId"], SelectionId=resource_id)


def _conditions_sent(conditions: list[Any]) -> dict[str, Any]:
    return present(
        {
            sent: [
                {"ConditionKey": one["key"], "ConditionValue": one["value"]}
                for condition in conditions
                for one in listed(condition, wire)
            ]
            for wire, sent in _OPERATORS.items()
        }
    )


def _conditions_told(conditions: Mapping[str, Any]) -> list[Any]:
    told = present(
        {
            wire: [{"key": one["ConditionKey"], "value": one["ConditionValue"]} for one in listed(conditions, sent)]
            for wire, sent in _OPERATORS.items()
        }
    )
    return [told] if told else []


_MISSING: Final = any_of(
    codes("ResourceNotFoundException"), code_with("InvalidParameterValueException", "Cannot find Backup plan")
)
_PAIR: Final = Property(kind=Kind.OBJECT, fields={"key": Property(required=True), "value": Property(required=True)})
_CONDITION: Final = Property(
    kind=Kind.OBJECT, fields={operator: Property(kind=Kind.SET, item=_PAIR) for operator in _OPERATORS}
)
_TAG: Final = Property(
    kind=Kind.OBJECT,
    fields={
        "type": Property(required=True, checks=(one_of("STRINGEQUALS"),)),
        "key": Property(required=True),
        "value": Property(required=True),
    },
)
TYPE: Final = ResourceType(
    type="aws:backup/selection:Selection",
    label="Backup Selection",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/backup/selection.go",
    properties={
        "name": Property(
            optional_computed=True,
            replaces=True,
            checks=(matching(r"[0-9A-Za-z_.-]{1,50}", "must be 1 to 50 letters, digits, '_', '.' or '-'"),),
        ),
        "planId": Property(required=True, replaces=True),
        "iamRoleArn": Property(required=True, replaces=True, checks=(arn,)),
        "resources": Property(kind=Kind.SET, replaces=True),
        "notResources": Property(kind=Kind.SET, optional_computed=True, replaces=True),
        "conditions": Property(kind=Kind.SET, optional_computed=True, replaces=True, item=_CONDITION),
        "selectionTags": Property(kind=Kind.SET, replaces=True, item=_TAG),
    },
    outputs={},
    operations=Operations(create=create, settle=settle, read=read, delete=delete),
    autoname=Autoname(),
    import_id=parts("|", "planId", "selectionId", resource_id=lambda found: found.pop("selectionId")),
    gone=every_error,
    delete_ignores=any_of(_MISSING, codes(_CODE)),
)
