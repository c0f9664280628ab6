"""aws.sns.TopicPolicy: a topic's policy; deleting it writes SNS's default, as a topic cannot be without one."""

import json
from typing import Final

from rehearsal.provider.context import Context
from rehearsal.provider.equality import normalised, policy_text
from rehearsal.provider.schema import Computed, Imported, Operations, Properties, Property, ResourceType, Update
from rehearsal.provider.types.sns_attributes import GONE, region_of, set_topic_attribute, topic_attributes
from rehearsal.provider.validation import arn, json_document

_OWNER_MAY: Final = (
    "SNS:GetTopicAttributes",
    "SNS:SetTopicAttributes",
    "SNS:AddPermission",
    "SNS:RemovePermission",
    "SNS:DeleteTopic",
    "SNS:Subscribe",
    "SNS:ListSubscriptionsByTopic",
    "SNS:Publish",
    "SNS:Receive",
)


def create(context: Context, inputs: Properties) -> str:
    """Write the policy."""
    set_topic_attribute(context, inputs["arn"], "Policy", normalised(inputs["policy"]))
    return str(inputs["arn"])


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Ask for the topic's policy and owner."""
    attributes = topic_attributes(context, resource_id)
    return {"arn": resource_id, "policy": attributes.get("Policy"), "owner": attributes.get("Owner")}


def update(context: Context, update: Update) -> None:
    """Write the policy anew."""
    set_topic_attribute(context, update.id, "Policy", normalised(update.new["policy"]))


def delete(context: Context, resource_id: str, state: Properties) -> None:
    """Write the policy that a new topic has."""
    owner = state.get("owner") or context.account
    context.clients.client("sns", context.region).set_topic_attributes(
        TopicArn=resource_id, AttributeName="Policy", AttributeValue=default_policy(resource_id, owner)
    )


def default_policy(topic: str, owner: str) -> str:
    """The policy of a new topic: its owner may do everything."""
    statement = {
        "Sid": "__default_statement_ID",
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": list(_OWNER_MAY),
        "Resource": topic,
        "Condition": {"StringEquals": {"AWS:SourceOwner": owner}},
    }
    return json.dumps({"Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": [statement]})


def imported(text: str) -> Imported:
    """Take an import id that is the topic's ARN."""
    return Imported(id=text, known={"arn": text}, region=region_of(text))


TYPE: Final = ResourceType(
    type="aws:sns/topicPolicy:TopicPolicy",
    label="SNS Topic Policy",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/sns/topic_policy.go",
    properties={
        "arn": Property(required=True, replaces=True, checks=(arn,)),
        "policy": Property(required=True, accepts_object=True, canonical=policy_text, checks=(json_document,)),
    },
    outputs={"owner": Computed()},
    operations=Operations(create=create, read=read, update=update, delete=delete),
    import_id=imported,
    gone=GONE,
)
