"""IAM: ARNs carry the path, also those of what is only being made."""

# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
# (read 2026-11-22)

from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.authorization.request import Request
from rehearsal.emulator.authorization.service_linked_roles import name_of

_KINDS: Final = {"RoleName": "role", "UserName": "user"}


def resources(request: Request) -> list[str]:
    """Return the entity that an operation is about."""
    if request.operation == "CreatePolicy":
        return [_arn(request, "policy", request.text("PolicyName"))]
    if request.operation == "CreateOpenIDConnectProvider":
        return [_arn(request, "oidc-provider", request.text("Url").partition("://")[2], path="/")]
    if request.operation == "CreateServiceLinkedRole":
        service = request.text("AWSServiceName")
        return [_arn(request, "role", name_of(service), path=f"/aws-service-role/{service}/")]
    provider = request.text("OpenIDConnectProviderArn")
    if provider:
        return [provider]
    for parameter, kind in _KINDS.items():
        name = request.text(parameter)
        if name:
            return [_kept(request, kind, name) or _arn(request, kind, name)]
    return []


def _kept(request: Request, kind: str, name: str) -> str | None:
    tables: dict[str, Any] = {"role": door.iam._roles, "user": door.iam._users}  # noqa: SLF001
    entity = tables[kind].get_scoped(request.account, None, name)
    return entity["Arn"] if entity else None


def _arn(request: Request, kind: str, name: str, path: str | None = None) -> str:
    return f"arn:aws:iam::{request.account}:{kind}{path or request.text('Path') or '/'}{name}"
