"""aws.sns.TopicSubscription: who hears of a topic; an e-mail address stays pending until its owner confirms."""

from typing import Any, Final

from botocore.exceptions import ClientError

from rehearsal.provider.context import Context
from rehearsal.provider.equality import json_text
from rehearsal.provider.errors import any_of, code_with, during
from rehearsal.provider.schema import Computed, Imported, Kind, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.types.sns_attributes import GONE, SECONDS, Attribute, changed, region_of, told, wanted
from rehearsal.provider.validation import arn, json_document, one_of
from rehearsal.provider.waiting import Wait, until

_PENDING: Final = any_of(
    *(
        code_with(code, "Cannot unsubscribe a subscription that is pending confirmation")
        for code in ("InvalidParameter", "InvalidParameterException")
    )
)


def create(context: Context, inputs: Properties) -> str:
    """Subscribe with all attributes."""
    return context.clients.client("sns", context.region).subscribe(
        TopicArn=inputs["topic"],
        Protocol=inputs["protocol"],
        Endpoint=inputs["endpoint"],
        Attributes=wanted(_ATTRIBUTES, inputs),
        ReturnSubscriptionArn=True,
    )["SubscriptionArn"]


def settle(context: Context, resource_id: str, inputs: Properties) -> None:
    """Wait for the confirmation, unless only a person can give it."""
    if not _confirms_itself(inputs):
        return
    http = "http" in inputs["protocol"]
    seconds = 60.0 * inputs["confirmationTimeoutInMinutes"] if http else SECONDS
    wait = Wait(target="false", pending=("true",), timeout=seconds)
    with during(f"waiting for SNS Topic Subscription ({resource_id}) confirmation"):
        until(context.pace, wait, lambda: _get(context, resource_id).get("PendingConfirmation", "false"))


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Ask for the attributes."""
    attributes = _get(context, resource_id)
    return {
        **told(_ATTRIBUTES, attributes),
        "topic": attributes["TopicArn"],
        "protocol": attributes["Protocol"],
        "endpoint": attributes["Endpoint"],
        "arn": resource_id,
        "ownerId": attributes.get("Owner"),
        "pendingConfirmation": attributes.get("PendingConfirmation") == "true",
        "confirmationWasAuthenticated": attributes.get("ConfirmationWasAuthenticated") == "true",
    }


def update(context: Context, update: Update) -> None:
    """Write the attributes that changed; a scope must fit the filter beside it, so order matters."""
    sns = context.clients.client("sns", context.region)
    attributes = changed(_ATTRIBUTES, update.new, update.changed)
    scope = attributes.pop("FilterPolicyScope", None)
    named = list(attributes.items())
    if scope == "MessageBody":
        named.insert(0, ("FilterPolicyScope", scope))
    elif scope:
        named.append(("FilterPolicyScope", scope))
    for name, text in named:
        with during(f"setting SNS Topic Subscription ({update.id}) attribute ({name})"):
            sns.set_subscription_attributes(SubscriptionArn=update.id, AttributeName=name, AttributeValue=text)


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Unsubscribe; SNS refuses that of a pending one, which counts as done and leaves it there."""
    context.clients.client("sns", context.region).unsubscribe(SubscriptionArn=resource_id)
    until(context.pace, Wait(target="", timeout=SECONDS), lambda: _seen(context, resource_id))


def imported(text: str) -> Imported:
    """Take an import id that is the subscription's ARN."""
    return Imported(id=text, region=region_of(text))


def check(inputs: Properties) -> list[str]:
    """A scope without a filter means nothing."""
    if inputs.get("filterPolicyScope") and not inputs.get("filterPolicy"):
        return ["filter_policy is required when filter_policy_scope is set"]
    return []


def _confirms_itself(inputs: Properties) -> bool:
    protocol = inputs["protocol"]
    return "email" not in protocol and ("http" not in protocol or bool(inputs.get("endpointAutoConfirms")))


def _seen(context: Context, resource_id: str) -> str:
    try:
        return _get(context, resource_id)["SubscriptionArn"]
    except ClientError as error:
        if GONE(error):
            return ""
        raise


def _get(context: Context, resource_id: str) -> dict[str, str]:
    sns = context.clients.client("sns", context.region)
    return sns.get_subscription_attributes(SubscriptionArn=resource_id)["Attributes"]


def _json(**more: Any) -> Property:
    return Property(canonical=json_text, checks=(json_document,), **more)


_PROTOCOLS: Final = one_of("application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs")
_FLAG: Final = Property(kind=Kind.BOOLEAN, default=False)

_ATTRIBUTES: Final = {
    "deliveryPolicy": Attribute("DeliveryPolicy", _json()),
    "filterPolicy": Attribute("FilterPolicy", _json()),
    "filterPolicyScope": Attribute(
        "FilterPolicyScope", Property(optional_computed=True, checks=(one_of("MessageAttributes", "MessageBody"),))
    ),
    "rawMessageDelivery": Attribute("RawMessageDelivery", _FLAG),
    "redrivePolicy": Attribute("RedrivePolicy", _json()),
    "replayPolicy": Attribute("ReplayPolicy", _json()),
    "subscriptionRoleArn": Attribute("SubscriptionRoleArn", Property(checks=(arn,))),
}

TYPE: Final = ResourceType(
    type="aws:sns/topicSubscription:TopicSubscription",
    label="SNS Topic Subscription",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/sns/topic_subscription.go",
    properties={
        "topic": Property(required=True, replaces=True, checks=(arn,)),
        "protocol": Property(required=True, replaces=True, checks=(_PROTOCOLS,)),
        "endpoint": Property(required=True, replaces=True),
        "endpointAutoConfirms": Property(kind=Kind.BOOLEAN, default=False, unreadable=True),
        "confirmationTimeoutInMinutes": Property(kind=Kind.INTEGER, default=1, unreadable=True),
        **{name: attribute.property for name, attribute in _ATTRIBUTES.items()},
    },
    outputs={name: Computed() for name in ("arn", "ownerId", "pendingConfirmation", "confirmationWasAuthenticated")},
    operations=Operations(create=create, settle=settle, read=read, update=update, delete=delete),
    import_id=imported,
    gone=GONE,
    delete_ignores=any_of(GONE, _PENDING),
    check=check,
)
