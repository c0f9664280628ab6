"""aws.cloudwatch.EventTarget: where a rule sends its events; whether the target lets it is nobody's check."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import GoneError, ProviderError
from rehearsal.provider.schema import Autoname, Imported, Kind, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.types.cloudwatch_event_rule import BUS, DEFAULT_BUS, NOT_FOUND, split
from rehearsal.provider.validation import arn, between, length, matching
from rehearsal.provider.values import present

_BLOCKS: Final = {
    "deadLetterConfig": ("DeadLetterConfig", {"arn": "Arn"}),
    "retryPolicy": (
        "RetryPolicy",
        {"maximumEventAgeInSeconds": "MaximumEventAgeInSeconds", "maximumRetryAttempts": "MaximumRetryAttempts"},
    ),
    "inputTransformer": ("InputTransformer", {"inputPaths": "InputPathsMap", "inputTemplate": "InputTemplate"}),
    "sqsTarget": ("SqsParameters", {"messageGroupId": "MessageGroupId"}),
}
"""The blocks of a target, and what the API calls them and their fields."""

_PLAIN: Final = {"arn": "Arn", "roleArn": "RoleArn", "input": "Input", "inputPath": "InputPath"}


def create(context: Context, inputs: Properties) -> str:
    """Put the target."""
    resource_id = _id(inputs)
    _put(context, inputs, f"creating EventBridge Target ({resource_id})")
    return resource_id


def read(context: Context, _resource_id: str, prior: Properties) -> Properties:
    """Scan the rule's targets; a block that was removed by hand is not noticed."""
    target = _find(context, prior)
    blocks = {name: prior.get(name) for name in _BLOCKS}
    for name, (theirs, fields) in _BLOCKS.items():
        if found := target.get(theirs):
            blocks[name] = present({ours: found.get(api) for ours, api in fields.items()})
    return {
        "rule": prior["rule"],
        "eventBusName": prior["eventBusName"],
        "targetId": prior["targetId"],
        **{name: target.get(theirs) for name, theirs in _PLAIN.items()},
        **blocks,
    }


def update(context: Context, update: Update) -> None:
    """Put the whole target again."""
    _put(context, update.new, f"updating EventBridge Target ({update.id})")


def delete(context: Context, resource_id: str, state: Properties) -> None:
    """Remove the target from its rule."""
    force: dict[str, Any] = {"Force": True} if state.get("forceDestroy") else {}
    answer = context.clients.client("events", context.region).remove_targets(
        Rule=state["rule"], EventBusName=state["eventBusName"], Ids=[state["targetId"]], **force
    )
    _refuse(f"deleting EventBridge Target ({resource_id})", answer.get("FailedEntries", []))


def imported(text: str) -> Imported:
    """Take an import id `rule/targetId` or `bus/rule/targetId`.

    Raises:
        ProviderError: the id has another form.
    """
    front, _, target = text.rpartition("/")
    bus, rule = split(front)
    if not rule or not target:
        raise ProviderError(
            f"unexpected format for ID ({text}), expected EVENTBUSNAME/RULENAME/TARGETID or RULENAME/TARGETID"
        )
    known: Properties = {"eventBusName": bus, "rule": rule, "targetId": target}
    return Imported(id=_id(known), known=known)


def _id(inputs: Properties) -> str:
    bus, rest = inputs["eventBusName"], f"{inputs['rule']}-{inputs['targetId']}"
    return rest if bus == DEFAULT_BUS else f"{bus}-{rest}"


def _find(context: Context, prior: Properties) -> Any:
    events = context.clients.client("events", context.region)
    more: dict[str, Any] = {}
    while True:
        answer = events.list_targets_by_rule(Rule=prior["rule"], EventBusName=prior["eventBusName"], **more)
        for target in answer.get("Targets", []):
            if target["Id"] == prior["targetId"]:
                return target
        token = answer.get("NextToken")
        if not token:
            raise GoneError
        more = {"NextToken": token}


def _put(context: Context, inputs: Properties, doing: str) -> None:
    target: dict[str, Any] = {"Id": inputs["targetId"]}
    target |= present({theirs: inputs.get(name) for name, theirs in _PLAIN.items()})
    for name, (theirs, fields) in _BLOCKS.items():
        if block := inputs.get(name):
            target[theirs] = {api: block[ours] for ours, api in fields.items() if block.get(ours) is not None}
    targets: Any = [target]
    answer = context.clients.client("events", context.region).put_targets(
        Rule=inputs["rule"], EventBusName=inputs["eventBusName"], Targets=targets
    )
    _refuse(doing, answer.get("FailedEntries", []))


def _refuse(doing: str, failed: Sequence[Mapping[str, Any]]) -> None:
    """A batch call succeeds though its entries fail."""
    if failed:
        told = "; ".join(f"{one.get('TargetId')}: {one.get('ErrorCode')}: {one.get('ErrorMessage')}" for one in failed)
        raise ProviderError(f"{doing}: {told}")


_INPUTS: Final = ("input", "inputPath", "inputTransformer")
_ID: Final = matching(r"[0-9A-Za-z_.-]{1,64}", "must be 1 to 64 letters, digits, '.', '-' and '_'")


def _others(name: str) -> tuple[str, ...]:
    return tuple(one for one in _INPUTS if one != name)


TYPE: Final = ResourceType(
    type="aws:cloudwatch/eventTarget:EventTarget",
    label="EventBridge Target",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/events/target.go",
    properties={
        "arn": Property(required=True, checks=(arn,)),
        "rule": Property(required=True, replaces=True, checks=(length(1, 64),)),
        "eventBusName": BUS,
        "targetId": Property(optional_computed=True, replaces=True, checks=(_ID,)),
        "roleArn": Property(checks=(arn,)),
        "input": Property(conflicts_with=_others("input"), checks=(length(0, 8192),)),
        "inputPath": Property(conflicts_with=_others("inputPath"), checks=(length(0, 256),)),
        "inputTransformer": Property(
            kind=Kind.OBJECT,
            conflicts_with=_others("inputTransformer"),
            fields={
                "inputPaths": Property(kind=Kind.MAP),
                "inputTemplate": Property(required=True, checks=(length(1, 8192),)),
            },
        ),
        "deadLetterConfig": Property(kind=Kind.OBJECT, fields={"arn": Property(checks=(arn,))}),
        "retryPolicy": Property(
            kind=Kind.OBJECT,
            fields={
                "maximumEventAgeInSeconds": Property(kind=Kind.INTEGER, checks=(between(60, 86400),)),
                "maximumRetryAttempts": Property(kind=Kind.INTEGER, checks=(between(0, 185),)),
            },
        ),
        "sqsTarget": Property(kind=Kind.OBJECT, fields={"messageGroupId": Property()}),
        "forceDestroy": Property(kind=Kind.BOOLEAN, default=False, unreadable=True),
    },
    outputs={},
    operations=Operations(create=create, read=read, update=update, delete=delete),
    autoname=Autoname(property="targetId", max_length=64),
    import_id=imported,
    gone=NOT_FOUND,
)
