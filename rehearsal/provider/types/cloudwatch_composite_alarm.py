"""aws.cloudwatch.CompositeAlarm: an alarm on other alarms; muting it replaces it, and the replacement ends deleted."""

from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import GoneError
from rehearsal.provider.schema import (
    Computed,
    Kind,
    Operations,
    Properties,
    Property,
    ResourceType,
    Update,
)
from rehearsal.provider.types import cloudwatch_alarms as alarms
from rehearsal.provider.validation import length
from rehearsal.provider.values import present, tag_list

_SAME: Final = {
    "actionsEnabled": "ActionsEnabled",
    "alarmActions": "AlarmActions",
    "alarmDescription": "AlarmDescription",
    "alarmName": "AlarmName",
    "alarmRule": "AlarmRule",
    "insufficientDataActions": "InsufficientDataActions",
    "okActions": "OKActions",
}
_SUPPRESSOR: Final = {
    "alarm": "ActionsSuppressor",
    "extensionPeriod": "ActionsSuppressorExtensionPeriod",
    "waitPeriod": "ActionsSuppressorWaitPeriod",
}


def create(context: Context, inputs: Properties) -> str:
    """Put the alarm with its tags; CloudWatch wants its members to exist."""
    _put(context, inputs, **present({"Tags": tag_list(inputs["tagsAll"])}))
    return str(inputs["alarmName"])


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Ask for the alarm and its tags."""
    answer = context.clients.client("cloudwatch", context.region).describe_alarms(
        AlarmNames=[resource_id], AlarmTypes=["CompositeAlarm"]
    )
    found: list[Any] = [*answer.get("CompositeAlarms", [])]
    if not found:
        raise GoneError
    alarm = found[0]
    suppressor = {name: alarm.get(theirs) for name, theirs in _SUPPRESSOR.items()}
    return {
        **{name: alarm.get(theirs) for name, theirs in _SAME.items()},
        "actionsSuppressor": suppressor if suppressor["alarm"] else None,
        "arn": alarm["AlarmArn"],
        "tagsAll": alarms.tags_of(context, alarm["AlarmArn"]),
    }


def update(context: Context, update: Update) -> None:
    """Put the whole alarm again; tags have a call of their own."""
    _put(context, update.new)


def _put(context: Context, inputs: Properties, **more: Any) -> None:
    sent: dict[str, Any] = present({theirs: inputs.get(name) for name, theirs in _SAME.items()}) | more
    suppressor: Properties = inputs.get("actionsSuppressor") or {}
    sent |= {theirs: suppressor[name] for name, theirs in _SUPPRESSOR.items() if name in suppressor}
    context.clients.client("cloudwatch", context.region).put_composite_alarm(**sent)


TYPE: Final = ResourceType(
    type="aws:cloudwatch/compositeAlarm:CompositeAlarm",
    label="CloudWatch Composite Alarm",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/cloudwatch/composite_alarm.go",
    properties={
        "alarmName": Property(required=True, replaces=True, checks=(length(0, 255),)),
        "alarmRule": Property(required=True, checks=(length(1, 10240),)),
        "actionsEnabled": Property(kind=Kind.BOOLEAN, default=True, replaces=True),
        "actionsSuppressor": Property(
            kind=Kind.OBJECT,
            fields={
                "alarm": Property(required=True, checks=(length(1, 1600),)),
                "extensionPeriod": Property(kind=Kind.INTEGER, required=True),
                "waitPeriod": Property(kind=Kind.INTEGER, required=True),
            },
        ),
        "alarmActions": alarms.actions(limit=5),
        "alarmDescription": Property(checks=(length(0, 1024),)),
        "insufficientDataActions": alarms.actions(limit=5),
        "okActions": alarms.actions(limit=5),
    },
    outputs={"arn": Computed()},
    operations=Operations(create=create, read=read, update=update, tag=alarms.tag, delete=alarms.delete),
    tagged=True,
)
