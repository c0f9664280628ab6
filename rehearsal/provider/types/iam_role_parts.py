"""The policies and instance profiles that hang on a role."""

import json
from typing import Any

from rehearsal.provider.context import Context


def inline(context: Context, role: str) -> list[dict[str, Any]]:
    """Name and text of each inline policy."""
    iam = context.clients.client("iam", context.region)
    found: list[dict[str, Any]] = []
    for name in _inline_names(context, role):
        document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        found.append({"name": name, "policy": json.dumps(document)})
    return found


def attached(context: Context, role: str) -> list[str]:
    """ARNs of the attached policies."""
    iam = context.clients.client("iam", context.region)
    pages = iam.get_paginator("list_attached_role_policies").paginate(RoleName=role)
    return [policy.get("PolicyArn", "") for page in pages for policy in page["AttachedPolicies"]]


def detach_all(context: Context, role: str) -> None:
    """Detach every attached policy."""
    iam = context.clients.client("iam", context.region)
    for policy in attached(context, role):
        iam.detach_role_policy(RoleName=role, PolicyArn=policy)


def drop_inline(context: Context, role: str) -> None:
    """Delete every inline policy."""
    iam = context.clients.client("iam", context.region)
    for name in _inline_names(context, role):
        iam.delete_role_policy(RoleName=role, PolicyName=name)


def leave_instance_profiles(context: Context, role: str) -> None:
    """Take the role out of every instance profile."""
    iam = context.clients.client("iam", context.region)
    pages = iam.get_paginator("list_instance_profiles_for_role").paginate(RoleName=role)
    for profile in [one["InstanceProfileName"] for page in pages for one in page["InstanceProfiles"]]:
        iam.remove_role_from_instance_profile(InstanceProfileName=profile, RoleName=role)


def _inline_names(context: Context, role: str) -> list[str]:
    iam = context.clients.client("iam", context.region)
    pages = iam.get_paginator("list_role_policies").paginate(RoleName=role)
    return [name for page in pages for name in page["PolicyNames"]]
