"""aws.cloudwatch.EventRule: which events of a bus matter; a rule of that name that exists is taken over."""

from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.equality import json_text, normalised
from rehearsal.provider.errors import code_with, codes
from rehearsal.provider.schema import (
    Autoname,
    Computed,
    Imported,
    Kind,
    Operations,
    Properties,
    Property,
    ResourceType,
    TagChange,
    Update,
)
from rehearsal.provider.validation import arn, json_document, length, matching, one_of
from rehearsal.provider.values import present, tag_list, tag_map
from rehearsal.provider.waiting import retried

DEFAULT_BUS: Final = "default"
NOT_FOUND: Final = codes("ResourceNotFoundException")

_SECONDS: Final = 120.0
_DELETE_SECONDS: Final = 300.0
_ROLE_NOT_YET: Final = code_with("ValidationException", "cannot be assumed by principal")
_HAS_TARGETS: Final = code_with("ValidationException", "Rule can't be deleted since it has targets")
_STATES: Final = ("ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")


def create(context: Context, inputs: Properties) -> str:
    """Put the rule with its tags."""
    _put(context, inputs)
    bus, name = inputs["eventBusName"], inputs["name"]
    return str(name) if bus == DEFAULT_BUS else f"{bus}/{name}"


def settle(context: Context, resource_id: str, _inputs: Properties) -> None:
    """Wait until the rule is seen."""
    retried(context.pace, _SECONDS, NOT_FOUND, lambda: _describe(context, resource_id))


def read(context: Context, resource_id: str, prior: Properties) -> Properties:
    """Ask for the rule and its tags; a pattern that was removed by hand is not noticed."""
    answer = _describe(context, resource_id)
    bus, _name = split(resource_id)
    arn_, state = answer["Arn"], answer["State"]
    tags = context.clients.client("events", context.region).list_tags_for_resource(ResourceARN=arn_).get("Tags", [])
    pattern = answer.get("EventPattern") or prior.get("eventPattern")
    return {
        "name": answer["Name"],
        "eventBusName": bus,
        "eventPattern": pattern,
        "scheduleExpression": answer.get("ScheduleExpression"),
        "description": answer.get("Description"),
        "roleArn": answer.get("RoleArn"),
        "state": state,
        "isEnabled": state != "DISABLED",
        "arn": arn_,
        "tagsAll": tag_map(tags),
    }


def update(context: Context, update: Update) -> None:
    """Put the whole rule again; without a state from the program AWS falls back to its own, ENABLED."""
    _put(context, update.new)


def tag(context: Context, change: TagChange) -> None:
    """Take tags away, then put tags."""
    events, rule = context.clients.client("events", context.region), change.state["arn"]
    if change.remove:
        events.untag_resource(ResourceARN=rule, TagKeys=change.remove)
    if change.put:
        events.tag_resource(ResourceARN=rule, Tags=tag_list(change.put))


def delete(context: Context, resource_id: str, state: Properties) -> None:
    """Delete the rule, again while its targets are going."""
    events = context.clients.client("events", context.region)
    bus, name = split(resource_id)
    force: dict[str, Any] = {"Force": True} if state.get("forceDestroy") else {}
    retried(
        context.pace,
        _DELETE_SECONDS,
        _HAS_TARGETS,
        lambda: events.delete_rule(Name=name, EventBusName=bus, **force),
    )


def split(resource_id: str) -> tuple[str, str]:
    """Bus (a name or an ARN) and rule in `rule` or `bus/rule`."""
    bus, _, name = resource_id.rpartition("/")
    return bus or DEFAULT_BUS, name


def imported(text: str) -> Imported:
    """Take an import id `rule` or `bus/rule`."""
    bus, name = split(text)
    return Imported(id=name if bus == DEFAULT_BUS else text, known={"eventBusName": bus, "name": name})


def check(inputs: Properties) -> list[str]:
    """A rule without pattern and schedule never fires."""
    if inputs.get("eventPattern") or inputs.get("scheduleExpression"):
        return []
    return ["one of `event_pattern,schedule_expression` must be specified"]


def _describe(context: Context, resource_id: str) -> Any:
    bus, name = split(resource_id)
    return context.clients.client("events", context.region).describe_rule(Name=name, EventBusName=bus)


def _put(context: Context, inputs: Properties) -> None:
    sent: dict[str, Any] = present(
        {
            "Name": inputs["name"],
            "EventBusName": inputs["eventBusName"],
            "EventPattern": normalised(inputs.get("eventPattern") or ""),
            "ScheduleExpression": inputs.get("scheduleExpression"),
            "Description": inputs.get("description"),
            "RoleArn": inputs.get("roleArn"),
            "State": _state(inputs),
            "Tags": tag_list(inputs["tagsAll"]),
        }
    )
    events = context.clients.client("events", context.region)
    retried(context.pace, _SECONDS, _ROLE_NOT_YET, lambda: events.put_rule(**sent))


def _state(inputs: Properties) -> str | None:
    """The state that the program sets, if it does."""
    if inputs.get("isEnabled") is not None:
        return "ENABLED" if inputs["isEnabled"] else "DISABLED"
    return inputs.get("state")


BUS: Final = Property(default=DEFAULT_BUS, replaces=True, checks=(length(1, 1600),))
_NAME: Final = matching(r"[0-9A-Za-z_.-]{1,64}", "must be 1 to 64 letters, digits, '.', '-' and '_'")

TYPE: Final = ResourceType(
    type="aws:cloudwatch/eventRule:EventRule",
    label="EventBridge Rule",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/events/rule.go",
    properties={
        "name": Property(optional_computed=True, replaces=True, checks=(_NAME,)),
        "eventBusName": BUS,
        "eventPattern": Property(canonical=json_text, checks=(json_document, length(1, 4096))),
        "scheduleExpression": Property(checks=(length(0, 256),)),
        "description": Property(checks=(length(0, 512),)),
        "roleArn": Property(checks=(arn,)),
        "state": Property(optional_computed=True, conflicts_with=("isEnabled",), checks=(one_of(*_STATES),)),
        "isEnabled": Property(kind=Kind.BOOLEAN, optional_computed=True),
        "forceDestroy": Property(kind=Kind.BOOLEAN, default=False, unreadable=True),
    },
    outputs={"arn": Computed()},
    operations=Operations(create=create, settle=settle, read=read, update=update, tag=tag, delete=delete),
    tagged=True,
    autoname=Autoname(max_length=64),
    import_id=imported,
    gone=NOT_FOUND,
    check=check,
)
