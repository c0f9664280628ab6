"""aws.sns.Topic: refused when its name is taken, though SNS itself would hand out the old topic."""

import re
from threading import Lock
from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.equality import json_text, policy_text
from rehearsal.provider.errors import ProviderError
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
from rehearsal.provider.types.sns_attributes import (
    GONE,
    Attribute,
    changed,
    find_topic,
    region_of,
    set_topic_attribute,
    told,
    topic_attributes,
    wanted,
)
from rehearsal.provider.validation import arn, between, json_document, one_of
from rehearsal.provider.values import tag_list, tag_map
from rehearsal.provider.wire import UNKNOWN

_CREATING: Final = Lock()


def create(context: Context, inputs: Properties) -> str:
    """Look the name up, then make the topic with its tags; of its attributes only the kind goes along."""
    name = inputs["name"]
    with _CREATING:
        if find_topic(context, f"arn:aws:sns:{context.region}:{context.account}:{name}") is not None:
            raise ProviderError(f"creating SNS Topic ({name}): SNS Topic ({name}) already exists")
        fifo = {"FifoTopic": "true"} if inputs.get("fifoTopic") else {}
        sns = context.clients.client("sns", context.region)
        return sns.create_topic(Name=name, Attributes=fifo, Tags=tag_list(inputs["tagsAll"]))["TopicArn"]


def settle(context: Context, resource_id: str, inputs: Properties) -> None:
    """Write the attributes one by one."""
    for name, text in wanted(_ATTRIBUTES, inputs).items():
        if name != "FifoTopic":
            set_topic_attribute(context, resource_id, name, text)


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Ask for the attributes and the tags."""
    attributes = topic_attributes(context, resource_id)
    sns = context.clients.client("sns", context.region)
    return {
        **told(_ATTRIBUTES, attributes),
        "name": resource_id.rpartition(":")[2],
        "arn": resource_id,
        "owner": attributes.get("Owner"),
        "beginningArchiveTime": attributes.get("BeginningArchiveTime"),
        "tagsAll": tag_map(sns.list_tags_for_resource(ResourceArn=resource_id).get("Tags", [])),
    }


def update(context: Context, update: Update) -> None:
    """Write the attributes that changed."""
    for name, text in changed(_ATTRIBUTES, update.new, update.changed).items():
        set_topic_attribute(context, update.id, name, text)


def tag(context: Context, change: TagChange) -> None:
    """Take tags away, then put tags."""
    sns = context.clients.client("sns", context.region)
    if change.remove:
        sns.untag_resource(ResourceArn=change.id, TagKeys=change.remove)
    if change.put:
        sns.tag_resource(ResourceArn=change.id, Tags=tag_list(change.put))


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Delete the topic and its subscriptions."""
    context.clients.client("sns", context.region).delete_topic(TopicArn=resource_id)


def imported(text: str) -> Imported:
    """Take an import id that is the topic's ARN."""
    return Imported(id=text, region=region_of(text))


def check(inputs: Properties) -> list[str]:
    """A FIFO topic's name ends so, and some settings are for FIFO topics alone."""
    name, fifo = inputs.get("name"), inputs.get("fifoTopic")
    if fifo is UNKNOWN:
        return []
    wrong: list[str] = []
    pattern = r"[A-Za-z0-9_-]{1,251}\.fifo" if fifo else r"[A-Za-z0-9_-]{1,256}"
    if isinstance(name, str) and not re.fullmatch(pattern, name):
        wrong.append(f"invalid topic name: {name}; must match {pattern}")
    if not fifo and inputs.get("contentBasedDeduplication"):
        wrong.append("content-based deduplication can only be set for FIFO topics")
    if not fifo and inputs.get("archivePolicy"):
        wrong.append("message archive policy can only be set for FIFO topics")
    return wrong


def _feedback() -> dict[str, Attribute]:
    table: dict[str, Attribute] = {}
    for ours, theirs in _FEEDBACK.items():
        for outcome in ("Success", "Failure"):
            role = Property(checks=(arn,))
            table[f"{ours}{outcome}FeedbackRoleArn"] = Attribute(f"{theirs}{outcome}FeedbackRoleArn", role)
        rate = Property(kind=Kind.INTEGER, checks=(between(0, 100),))
        table[f"{ours}SuccessFeedbackSampleRate"] = Attribute(f"{theirs}SuccessFeedbackSampleRate", rate)
    return table


def _json(**more: Any) -> Property:
    return Property(canonical=json_text, checks=(json_document,), **more)


_FEEDBACK: Final = {
    "application": "Application",
    "firehose": "Firehose",
    "http": "HTTP",
    "lambda": "Lambda",
    "sqs": "SQS",
}
_SCOPES: Final = ("Topic", "MessageGroup")
_FLAG: Final = Property(kind=Kind.BOOLEAN, default=False)

_ATTRIBUTES: Final = {
    "archivePolicy": Attribute("ArchivePolicy", _json()),
    "contentBasedDeduplication": Attribute("ContentBasedDeduplication", _FLAG),
    "deliveryPolicy": Attribute("DeliveryPolicy", _json()),
    "displayName": Attribute("DisplayName", Property()),
    "fifoThroughputScope": Attribute(
        "FifoThroughputScope", Property(optional_computed=True, checks=(one_of(*_SCOPES),))
    ),
    "fifoTopic": Attribute("FifoTopic", Property(kind=Kind.BOOLEAN, default=False, replaces=True)),
    "kmsMasterKeyId": Attribute("KmsMasterKeyId", Property()),
    "policy": Attribute("Policy", Property(optional_computed=True, canonical=policy_text, checks=(json_document,))),
    "signatureVersion": Attribute(
        "SignatureVersion", Property(kind=Kind.INTEGER, optional_computed=True, checks=(between(1, 2),))
    ),
    "tracingConfig": Attribute(
        "TracingConfig", Property(optional_computed=True, checks=(one_of("Active", "PassThrough"),))
    ),
    **_feedback(),
}

TYPE: Final = ResourceType(
    type="aws:sns/topic:Topic",
    label="SNS Topic",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/sns/topic.go",
    properties={
        "name": Property(optional_computed=True, replaces=True),
        **{name: attribute.property for name, attribute in _ATTRIBUTES.items()},
    },
    outputs={name: Computed() for name in ("arn", "owner", "beginningArchiveTime")},
    operations=Operations(create=create, settle=settle, read=read, update=update, tag=tag, delete=delete),
    tagged=True,
    autoname=Autoname(max_length=256),
    import_id=imported,
    gone=GONE,
    check=check,
)
