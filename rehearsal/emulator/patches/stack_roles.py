"""CloudFormation's IAM types: the boundary of a role, and the two types that MiniStack does not have."""

# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html (read 2026-11-22)

import json
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.patching import adds, replaces

Made = tuple[str, dict[str, Any]]
"""Physical id and attributes."""

_TABLE: Final = "services.cloudformation.provisioners:_RESOURCE_HANDLERS"


@replaces(f"{_TABLE}[AWS::IAM::Role][create]", read="2d7e3d8ec507d448")
def create_role(original: Any, logical_id: str, properties: dict[str, Any], stack: str) -> Made:
    """Make a role with its boundary, none when a policy of it does not exist."""
    for arn in properties.get("ManagedPolicyArns", []):
        _need_policy(arn)
    _need_policy(properties.get("PermissionsBoundary"))
    made = original(logical_id, properties, stack)
    _set_boundary(made[0], properties)
    return made


@replaces(f"{_TABLE}[AWS::IAM::Role][update]", read="4f4039080dc14d49")
def update_role(original: Any, physical_id: str, old: dict[str, Any], new: dict[str, Any], *rest: Any) -> Made:
    """Change a role and its boundary."""
    _need_policy(new.get("PermissionsBoundary"))
    made = original(physical_id, old, new, *rest)
    _set_boundary(made[0], new)
    return made


def create_provider(_logical_id: str, properties: dict[str, Any], _stack: str) -> Made:
    """Make an OIDC provider."""
    url = properties["Url"]
    arn = f"arn:aws:iam::{door.account()}:oidc-provider/{url.partition('://')[2]}"
    if arn in door.iam._oidc_providers:  # noqa: SLF001
        raise ValueError(f"Provider with url {url} already exists.")
    door.iam._oidc_providers[arn] = {  # noqa: SLF001
        "Url": url,
        "Arn": arn,
        "CreateDate": door.iam._now(),  # noqa: SLF001
        **_provider(properties),
    }
    return arn, {"Arn": arn}


def update_provider(physical_id: str, _old: dict[str, Any], new: dict[str, Any], _stack: str) -> Made:
    """Change an OIDC provider's audiences, thumbprints and tags."""
    kept = door.iam._oidc_providers[physical_id]  # noqa: SLF001
    door.iam._oidc_providers[physical_id] = {**kept, **_provider(new)}  # noqa: SLF001
    return physical_id, {"Arn": physical_id}


def delete_provider(physical_id: str, _properties: dict[str, Any]) -> None:
    """Delete an OIDC provider."""
    door.iam._oidc_providers.pop(physical_id, None)  # noqa: SLF001


def put_role_policy(_logical_id: str, properties: dict[str, Any], _stack: str) -> Made:
    """Write an inline policy into a role."""
    name, role = properties["PolicyName"], _role(properties["RoleName"])
    role["InlinePolicies"][name] = json.dumps(properties["PolicyDocument"])
    return f"{name}|{properties['RoleName']}", {}


def update_role_policy(_physical_id: str, old: dict[str, Any], new: dict[str, Any], stack: str) -> Made:
    """Write it anew, also into another role."""
    delete_role_policy("", old)
    return put_role_policy("", new, stack)


def delete_role_policy(_physical_id: str, properties: dict[str, Any]) -> None:
    """Take an inline policy out of its role, which may be gone already."""
    role = door.iam._roles.get(properties["RoleName"])  # noqa: SLF001
    if role:
        role["InlinePolicies"].pop(properties["PolicyName"], None)


adds(
    f"{_TABLE}[AWS::IAM::OIDCProvider]",
    {"create": create_provider, "update": update_provider, "delete": delete_provider},
)
adds(
    f"{_TABLE}[AWS::IAM::RolePolicy]",
    {"create": put_role_policy, "update": update_role_policy, "delete": delete_role_policy},
)


def _provider(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "ClientIDList": properties.get("ClientIdList", []),
        "ThumbprintList": properties.get("ThumbprintList", []),
        "Tags": properties.get("Tags", []),
    }


def _role(name: str) -> door.Record:
    role = door.iam._roles.get(name)  # noqa: SLF001
    if role is None:
        raise ValueError(f"The role with name {name} cannot be found.")
    return role


def _need_policy(arn: str | None) -> None:
    if arn and not door.iam._policy_exists(arn):  # noqa: SLF001
        raise ValueError(f"Policy {arn} does not exist or is not attachable.")


def _set_boundary(name: str, properties: dict[str, Any]) -> None:
    _role(name)["PermissionsBoundary"] = properties.get("PermissionsBoundary", "")
