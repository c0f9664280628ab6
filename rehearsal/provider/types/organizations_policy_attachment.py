"""aws.organizations.PolicyAttachment: one policy on one account, unit or root."""

from typing import Final

from rehearsal.provider.context import Context
from rehearsal.provider.errors import GoneError, codes
from rehearsal.provider.importing import parts
from rehearsal.provider.schema import Kind, Operations, Properties, Property, ResourceType
from rehearsal.provider.types.organizations_policy import FINALIZING
from rehearsal.provider.waiting import retried


def create(context: Context, inputs: Properties) -> str:
    """Attach the policy; its type must be enabled on the root."""
    organizations = context.clients.client("organizations", context.region)
    policy, target = inputs["policyId"], inputs["targetId"]
    retried(context.pace, 4 * 60, FINALIZING, lambda: organizations.attach_policy(PolicyId=policy, TargetId=target))
    return f"{target}:{policy}"


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Look for the target among the policy's."""
    target, policy = resource_id.split(":", 1)
    organizations = context.clients.client("organizations", context.region)
    pages = organizations.get_paginator("list_targets_for_policy").paginate(PolicyId=policy)
    if not any(one.get("TargetId") == target for page in pages for one in page["Targets"]):
        raise GoneError
    return {"policyId": policy, "targetId": target}


def delete(context: Context, resource_id: str, state: Properties) -> None:
    """Detach it, unless the program wants it to stay."""
    target, policy = resource_id.split(":", 1)
    if not state.get("skipDestroy"):
        context.clients.client("organizations", context.region).detach_policy(PolicyId=policy, TargetId=target)


TYPE: Final = ResourceType(
    type="aws:organizations/policyAttachment:PolicyAttachment",
    label="Organizations Policy Attachment",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/organizations/policy_attachment.go",
    properties={
        "policyId": Property(required=True, replaces=True),
        "targetId": Property(required=True, replaces=True),
        "skipDestroy": Property(kind=Kind.BOOLEAN, unreadable=True),
    },
    outputs={},
    operations=Operations(create=create, read=read, delete=delete),
    regional=False,
    import_id=parts(":", "targetId", "policyId", resource_id=lambda found: f"{found['targetId']}:{found['policyId']}"),
    gone=codes("PolicyNotFoundException", "AWSOrganizationsNotInUseException"),
    delete_ignores=codes("PolicyNotAttachedException", "PolicyNotFoundException", "TargetNotFoundException"),
)
