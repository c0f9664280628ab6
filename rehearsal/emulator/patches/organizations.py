"""Organizations: an account is in one organisation or in none, and members may ask which."""

# https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html (read 2026-11-22)

import time
from typing import Any, Final

from rehearsal.emulator import door, organization
from rehearsal.emulator.membership import membership
from rehearsal.emulator.patching import adds, replaces
from rehearsal.emulator.rules import Refused, rule

_PAGE: Final = "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html"
_CREATING: Final = "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html"
_OPEN_TO_MEMBERS: Final = {"DescribeOrganization"}


@replaces("services.organizations:handle_request", read="2d0af4ea21d9c722")
async def handle_request(original: Any, method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
    """Answer from the organisation that the caller is in."""
    operation = headers.get("x-amz-target", "").rpartition(".")[2]
    place = membership(door.account())
    try:
        if operation == "CreateOrganization":
            refuse_a_second_organization(door.account())
            return await original(method, path, headers, body, query)
        refuse_who_is_in_no_organization(door.account())
        refuse_members(door.account(), operation)
    except Refused as refused:
        return door.responses.error_response_json(refused.code, str(refused), 400)
    with door.request_scope(place.management if place else door.account(), door.region()):
        return await original(method, path, headers, body, query)


@rule(_PAGE, read="2026-11-22")
def refuse_who_is_in_no_organization(account: str) -> None:
    """An account that is in no organisation can ask nothing about one."""
    if membership(account) is None:
        raise Refused("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")


@rule(_PAGE, read="2026-11-22")
def refuse_members(account: str, operation: str) -> None:
    """A member may describe its organisation; everything else is the management account's."""
    place = membership(account)
    if place and place.management != account and operation not in _OPEN_TO_MEMBERS:
        raise Refused("AccessDeniedException", "You don't have permissions to access this resource.")


@rule(_CREATING, read="2026-11-22")
def refuse_a_second_organization(account: str) -> None:
    """An account that is in an organisation cannot make another."""
    if membership(account):
        raise Refused("AlreadyInOrganizationException", "The AWS account is already a member of an organization.")


def create_organization(_payload: Any) -> Any:
    """Make an organisation with the caller as its management account."""
    return door.organizations._describe_organization({})  # noqa: SLF001 - describing makes it here


def list_children(payload: dict[str, str]) -> Any:
    """List the accounts or units directly below a root or unit."""
    kind = payload["ChildType"]
    table = door.organizations._accounts if kind == "ACCOUNT" else door.organizations._ous  # noqa: SLF001
    children = [{"Id": one["Id"], "Type": kind} for one in table.values() if one["_ParentId"] == payload["ParentId"]]
    return _answer({"Children": children})


def enable_aws_service_access(payload: dict[str, str]) -> Any:
    """Trust a service in the organisation."""
    organization.TRUSTED.setdefault(payload["ServicePrincipal"], time.time())
    return _answer({})


def disable_aws_service_access(payload: dict[str, str]) -> Any:
    """Trust it no more."""
    organization.TRUSTED.pop(payload["ServicePrincipal"], None)
    return _answer({})


def list_aws_service_access(_payload: Any) -> Any:
    """List the trusted services."""
    listed = [{"ServicePrincipal": name, "DateEnabled": since} for name, since in organization.TRUSTED.items()]
    return _answer({"EnabledServicePrincipals": listed})


def _answer(content: dict[str, Any]) -> Any:
    return door.organizations._json(200, content)  # noqa: SLF001


for _operation, _answered in {
    "CreateOrganization": create_organization,
    "ListChildren": list_children,
    "EnableAWSServiceAccess": enable_aws_service_access,
    "DisableAWSServiceAccess": disable_aws_service_access,
    "ListAWSServiceAccessForOrganization": list_aws_service_access,
}.items():
    adds(f"services.organizations:_DISPATCH[{_operation}]", _answered)
