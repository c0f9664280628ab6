"""aws.iam.Policy: a managed policy with its versions."""

import json
from typing import TYPE_CHECKING, Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.equality import policy_text
from rehearsal.provider.errors import codes
from rehearsal.provider.importing import from_arn
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
from rehearsal.provider.validation import iam_policy, length, matching
from rehearsal.provider.values import present, tag_list, tag_map

if TYPE_CHECKING:
    from mypy_boto3_iam.type_defs import PolicyVersionTypeDef

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, read 2026-11-22
_MAX_VERSIONS: Final = 5


def create(context: Context, inputs: Properties) -> str:
    """Make the policy."""
    iam = context.clients.client("iam", context.region)
    request: Any = {
        "PolicyName": inputs["name"],
        "PolicyDocument": inputs["policy"],
        "Path": inputs["path"],
        **present({"Description": inputs.get("description"), "Tags": tag_list(inputs["tagsAll"])}),
    }
    made = iam.create_policy(**request)["Policy"].get("Arn", "")
    context.pace.pause((inputs.get("delayAfterPolicyCreationInMs") or 0) / 1000)
    return made


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Read the policy and the text of its default version."""
    iam = context.clients.client("iam", context.region)
    policy = iam.get_policy(PolicyArn=resource_id)["Policy"]
    version = iam.get_policy_version(PolicyArn=resource_id, VersionId=policy.get("DefaultVersionId", ""))
    return {
        "name": policy.get("PolicyName"),
        "arn": policy.get("Arn"),
        "path": policy.get("Path"),
        "description": policy.get("Description"),
        "policyId": policy.get("PolicyId"),
        "attachmentCount": policy.get("AttachmentCount", 0),
        "policy": json.dumps(version["PolicyVersion"].get("Document", {})),
        "tagsAll": tag_map(policy.get("Tags", [])),
    }


def update(context: Context, update: Update) -> None:
    """Make the new text the default version; the oldest other one makes room for it."""
    if "policy" not in update.changed:
        return
    iam = context.clients.client("iam", context.region)
    versions = _versions(context, update.id)
    if len(versions) >= _MAX_VERSIONS:
        _drop(context, update.id, _others(versions)[-1])
    iam.create_policy_version(PolicyArn=update.id, PolicyDocument=update.new["policy"], SetAsDefault=True)


def tag(context: Context, change: TagChange) -> None:
    """Change the policy's tags."""
    iam = context.clients.client("iam", context.region)
    if change.remove:
        iam.untag_policy(PolicyArn=change.id, TagKeys=change.remove)
    if change.put:
        iam.tag_policy(PolicyArn=change.id, Tags=tag_list(change.put))


def delete(context: Context, resource_id: str, _state: Properties) -> None:
    """Remove the other versions, then the policy; one that is still attached somewhere stays, and that is an error."""
    for version in _others(_versions(context, resource_id)):
        _drop(context, resource_id, version)
    context.clients.client("iam", context.region).delete_policy(PolicyArn=resource_id)


def _versions(context: Context, policy: str) -> "list[PolicyVersionTypeDef]":
    """All versions, the newest first."""
    pages = context.clients.client("iam", context.region).get_paginator("list_policy_versions")
    found = [version for page in pages.paginate(PolicyArn=policy) for version in page["Versions"]]
    return sorted(found, key=lambda version: int(version.get("VersionId", "v0")[1:]), reverse=True)


def _others(versions: "list[PolicyVersionTypeDef]") -> list[str]:
    return [version.get("VersionId", "") for version in versions if not version.get("IsDefaultVersion")]


def _drop(context: Context, policy: str, version: str) -> None:
    context.clients.client("iam", context.region).delete_policy_version(PolicyArn=policy, VersionId=version)


TYPE: Final = ResourceType(
    type="aws:iam/policy:Policy",
    label="IAM Policy",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/policy.go",
    properties={
        "policy": Property(required=True, accepts_object=True, canonical=policy_text, checks=(iam_policy,)),
        "name": Property(
            optional_computed=True,
            replaces=True,
            conflicts_with=("namePrefix",),
            checks=(length(1, 128), matching(r"[\w+=,.@-]*", "must be letters, digits or any of +=,.@-_")),
        ),
        "namePrefix": Property(optional_computed=True, replaces=True),
        "path": Property(default="/", replaces=True, checks=(length(0, 512),)),
        "description": Property(replaces=True, checks=(length(0, 1000),)),
        "delayAfterPolicyCreationInMs": Property(kind=Kind.INTEGER, unreadable=True),
    },
    outputs={"arn": Computed(), "policyId": Computed(), "attachmentCount": Computed()},
    operations=Operations(create=create, read=read, update=update, delete=delete, tag=tag),
    regional=False,
    tagged=True,
    autoname=Autoname(),
    import_id=from_arn,
    gone=codes("NoSuchEntity"),
)
