"""aws.iam.Role: who may act, and within which boundary."""

import json
from typing import Any, Final

from rehearsal.provider.context import Context
from rehearsal.provider.equality import policy_text
from rehearsal.provider.errors import any_of, code_with, codes
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
from rehearsal.provider.types.iam_role_parts import attached, detach_all, drop_inline, inline, leave_instance_profiles
from rehearsal.provider.validation import arn, between, iam_policy, length, matching
from rehearsal.provider.values import present, tag_list, tag_map
from rehearsal.provider.waiting import Wait, retried, until

_PRINCIPAL_TOO_NEW: Final = any_of(
    code_with("MalformedPolicyDocument", "Invalid principal in policy"), codes("ConcurrentModification")
)
_REAL_ARN: Final = Wait(target="true", timeout=2 * 60)


def create(context: Context, inputs: Properties) -> str:
    """Make the role; a principal of its trust may be too new."""
    iam = context.clients.client("iam", context.region)
    request: Any = {
        "RoleName": inputs["name"],
        "AssumeRolePolicyDocument": inputs["assumeRolePolicy"],
        "Path": inputs["path"],
        "MaxSessionDuration": inputs["maxSessionDuration"],
        **present(
            {
                "Description": inputs.get("description"),
                "PermissionsBoundary": inputs.get("permissionsBoundary"),
                "Tags": tag_list(inputs["tagsAll"]),
            }
        ),
    }
    answer = retried(context.pace, 2 * 60, _PRINCIPAL_TOO_NEW, lambda: iam.create_role(**request))
    return answer["Role"]["RoleName"]


def settle(context: Context, resource_id: str, _inputs: Properties) -> None:
    """Wait until AWS tells a real ARN."""
    iam = context.clients.client("iam", context.region)
    until(
        context.pace,
        _REAL_ARN,
        lambda: "true" if iam.get_role(RoleName=resource_id)["Role"]["Arn"].startswith("arn:") else "false",
    )


def read(context: Context, resource_id: str, _prior: Properties) -> Properties:
    """Read the role, and which policies it holds, whoever gave them."""
    role = context.clients.client("iam", context.region).get_role(RoleName=resource_id)["Role"]
    return {
        "name": role["RoleName"],
        "path": role["Path"],
        "arn": role["Arn"],
        "uniqueId": role["RoleId"],
        "createDate": role["CreateDate"].isoformat(),
        "description": role.get("Description"),
        "maxSessionDuration": role.get("MaxSessionDuration"),
        "permissionsBoundary": role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
        "assumeRolePolicy": json.dumps(role.get("AssumeRolePolicyDocument", {})),
        "inlinePolicies": inline(context, resource_id),
        "managedPolicyArns": attached(context, resource_id),
        "tagsAll": tag_map(role.get("Tags", [])),
    }


def update(context: Context, update: Update) -> None:
    """Change trust, description, session length and boundary, in this order."""
    iam = context.clients.client("iam", context.region)
    name, new, changed = update.id, update.new, update.changed
    if "assumeRolePolicy" in changed:
        retried(
            context.pace,
            2 * 60,
            _PRINCIPAL_TOO_NEW,
            lambda: iam.update_assume_role_policy(RoleName=name, PolicyDocument=new["assumeRolePolicy"]),
        )
    if "description" in changed:
        iam.update_role_description(RoleName=name, Description=new.get("description", ""))
    if "maxSessionDuration" in changed:
        iam.update_role(RoleName=name, MaxSessionDuration=new["maxSessionDuration"])
    if "permissionsBoundary" in changed:
        if boundary := new.get("permissionsBoundary"):
            iam.put_role_permissions_boundary(RoleName=name, PermissionsBoundary=boundary)
        else:
            iam.delete_role_permissions_boundary(RoleName=name)


def tag(context: Context, change: TagChange) -> None:
    """Change the role's tags."""
    iam = context.clients.client("iam", context.region)
    if change.remove:
        iam.untag_role(RoleName=change.id, TagKeys=change.remove)
    if change.put:
        iam.tag_role(RoleName=change.id, Tags=tag_list(change.put))


def delete(context: Context, resource_id: str, state: Properties) -> None:
    """Remove it; policies go first when the program forces it or the state has seen any, whoever attached them."""
    iam = context.clients.client("iam", context.region)
    leave_instance_profiles(context, resource_id)
    if state.get("forceDetachPolicies") or state.get("managedPolicyArns"):
        detach_all(context, resource_id)
    if state.get("forceDetachPolicies") or state.get("inlinePolicies"):
        drop_inline(context, resource_id)
    retried(context.pace, 2 * 60, codes("DeleteConflict"), lambda: iam.delete_role(RoleName=resource_id))


# Deprecated upstream and not taken as inputs: `inlinePolicies` and `managedPolicyArns`; a read still tells them.
TYPE: Final = ResourceType(
    type="aws:iam/role:Role",
    label="IAM Role",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/role.go",
    properties={
        "assumeRolePolicy": Property(required=True, accepts_object=True, canonical=policy_text, checks=(iam_policy,)),
        "name": Property(
            optional_computed=True,
            replaces=True,
            conflicts_with=("namePrefix",),
            checks=(length(1, 64), matching(r"[\w+=,.@-]*", "must be letters, digits or any of +=,.@-_")),
        ),
        "namePrefix": Property(optional_computed=True, replaces=True, checks=(length(1, 38),)),
        "path": Property(default="/", replaces=True, checks=(length(0, 512),)),
        "description": Property(
            checks=(length(0, 1000), matching(r"[^“”‘’]*", "must hold no curly quotes"))  # noqa: RUF001 - the very quotes
        ),
        "maxSessionDuration": Property(kind=Kind.INTEGER, default=3600, checks=(between(3600, 43200),)),
        "permissionsBoundary": Property(checks=(arn,)),
        "forceDetachPolicies": Property(kind=Kind.BOOLEAN, default=False, unreadable=True, imported=False),
    },
    outputs={
        "arn": Computed(),
        "createDate": Computed(),
        "uniqueId": Computed(),
        "inlinePolicies": Computed(),
        "managedPolicyArns": Computed(),
    },
    operations=Operations(create=create, settle=settle, read=read, update=update, delete=delete, tag=tag),
    regional=False,
    tagged=True,
    autoname=Autoname(max_length=64),
    gone=codes("NoSuchEntity"),
)
