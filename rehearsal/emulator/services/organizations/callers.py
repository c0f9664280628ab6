"""Organizations: an account is in one organisation or in none, and members may ask little of theirs."""

# https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html (read 2026-11-22)

from typing import Any, Final

from rehearsal.emulator import door, organization
from rehearsal.emulator.membership import Membership, membership
from rehearsal.emulator.patching import adds, replaces
from rehearsal.emulator.rules import Refused, rule

_PAGE: Final = "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html"
_CREATING: Final = "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html"
_DELEGATES: Final = "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_delegated_admin.html"
_OPEN_TO_MEMBERS: Final = {"DescribeOrganization", "LeaveOrganization"}
_READING: Final = ("Describe", "List")


@replaces("services.organizations:handle_request", read="2d0af4ea21d9c722")
async def handle_request(original: Any, method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
    """Answer from the organisation that the caller is in."""
    operation = headers.get("x-amz-target", "").rpartition(".")[2]
    caller = door.account()
    place = membership(caller)
    try:
        if operation == "CreateOrganization":
            refuse_a_second_organization(caller)
        else:
            refuse_who_is_in_no_organization(place)
            refuse_members(caller, place, operation)
        with door.request_scope(place.management if place else caller, door.region()):
            return await original(method, path, headers, body, query)
    except Refused as refused:
        return door.responses.error_response_json(refused.code, str(refused), 400)


@rule(_PAGE, read="2026-11-22")
def refuse_who_is_in_no_organization(place: Membership | None) -> None:
    """An account that is in no organisation can ask nothing about one."""
    if place is None:
        raise Refused("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")


@rule(_DELEGATES, read="2026-11-22")
def refuse_members(account: str, place: Membership | None, operation: str) -> None:
    """A member may describe its organisation and leave it; reading more takes a delegated administrator."""
    if place is None or place.management == account or operation in _OPEN_TO_MEMBERS:
        return
    if not (operation.startswith(_READING) and organization.is_delegated(place.management, account)):
        raise Refused("AccessDeniedException", "You don't have permissions to access this resource.")


@rule(_CREATING, read="2026-11-22")
def refuse_a_second_organization(account: str) -> None:
    """An account that is in an organisation cannot make another."""
    if membership(account):
        raise Refused("AlreadyInOrganizationException", "The AWS account is already a member of an organization.")


def create_organization(_payload: Any) -> Any:
    """Make an organisation with the caller as its management account."""
    return door.organizations._describe_organization({})  # noqa: SLF001 - describing makes it here


adds("services.organizations:_DISPATCH[CreateOrganization]", create_organization)
