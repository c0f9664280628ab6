"""aws.organizations.Policy: a service control policy or one of its kin."""

from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.equality import json_text
from rehearsal.provider.errors import ProviderError, codes
from rehearsal.provider.schema import (
    Autoname,
    Computed,
    Kind,
    Operations,
    Properties,
    Property,
    ResourceType,
    TagChange,
    Update,
)
from rehearsal.provider.validation import json_document, one_of
from rehearsal.provider.values import tag_list, tag_map
from rehearsal.provider.waiting import retried

FINALIZING: Final = codes("FinalizingOrganizationException")
_TYPES: Final = one_of(
    "SERVICE_CONTROL_POLICY",
    "RESOURCE_CONTROL_POLICY",
    "TAG_POLICY",
    "BACKUP_POLICY",
    "AISERVICES_OPT_OUT_POLICY",
    "CHATBOT_POLICY",
    "DECLARATIVE_POLICY_EC2",
    "SECURITYHUB_POLICY",
)


def create(context: Context, inputs: Properties) -> str:
    """Make the policy; an organisation that was just made may not be ready."""
    organizations = context.clients.client("organizations", context.region)
    request: Any = {
        "Name": inputs["name"],
        "Content": inputs["content"],
        "Description": inputs.get("description") or "",
        "Type": inputs["type"],
        "Tags": tag_list(inputs["tagsAll"]),
    }
    answer = retried(context.pace, 4 * 60, FINALIZING, lambda: organizations.create_policy(**request))
    return answer["Policy"].get("PolicySummary", {}).get("Id", "")


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Read the policy; AWS's own ones cannot be managed."""
    organizations = context.clients.client("organizations", context.region)
    policy = organizations.describe_policy(PolicyId=resource_id)["Policy"]
    summary = policy.get("PolicySummary", {})
    if summary.get("AwsManaged"):
        raise ProviderError(f"AWS-managed Organizations policy ({resource_id}) cannot be imported")
    pages = organizations.get_paginator("list_tags_for_resource").paginate(ResourceId=resource_id)
    return {
        "name": summary.get("Name"),
        "arn": summary.get("Arn"),
        "description": summary.get("Description"),
        "type": summary.get("Type"),
        "content": policy.get("Content"),
        "tagsAll": tag_map(tag for page in pages for tag in page["Tags"]),
    }


def update(context: Context, update: Update) -> None:
    """Change name, text or description."""
    sent = {"name": "Name", "content": "Content", "description": "Description"}
    request: Any = {sent[name]: update.new.get(name) or "" for name in sorted(update.changed & set(sent))}
    if request:
        context.clients.client("organizations", context.region).update_policy(PolicyId=update.id, **request)


def tag(context: Context, change: TagChange) -> None:
    """Change the policy's tags."""
    organizations = context.clients.client("organizations", context.region)
    if change.remove:
        organizations.untag_resource(ResourceId=change.id, TagKeys=change.remove)
    if change.put:
        organizations.tag_resource(ResourceId=change.id, Tags=tag_list(change.put))


def delete(context: Context, resource_id: str, state: Properties) -> None:
    """Remove it, unless the program wants it to stay; an attached one refuses."""
    if not state.get("skipDestroy"):
        context.clients.client("organizations", context.region).delete_policy(PolicyId=resource_id)


TYPE: Final = ResourceType(
    type="aws:organizations/policy:Policy",
    label="Organizations Policy",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/organizations/policy.go",
    properties={
        "content": Property(required=True, canonical=json_text, checks=(json_document,)),
        "name": Property(optional_computed=True),
        "description": Property(),
        "type": Property(default="SERVICE_CONTROL_POLICY", replaces=True, checks=(_TYPES,)),
        "skipDestroy": Property(kind=Kind.BOOLEAN, unreadable=True),
    },
    outputs={"arn": Computed()},
    operations=Operations(create=create, read=read, update=update, delete=delete, tag=tag),
    regional=False,
    tagged=True,
    autoname=Autoname(),
    gone=codes("PolicyNotFoundException", "AWSOrganizationsNotInUseException"),
)
