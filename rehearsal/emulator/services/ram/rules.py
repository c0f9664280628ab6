"""What AWS RAM refuses."""

import re
from typing import Final

from rehearsal.emulator.rules import Refused, rule

_GUIDE: Final = "https://docs.aws.amazon.com/ram/latest/userguide"
_API: Final = "https://docs.aws.amazon.com/ram/latest/APIReference"
_VAULTS: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html"
_READ: Final = "2026-11-22"
_ACCOUNT: Final = re.compile(r"\d{12}")


@rule(f"{_API}/API_CreateResourceShare.html", read=_READ)
def refuse_a_name_that_is_no_arn(name: str) -> None:
    """What is shared is named by its ARN."""
    if not name.startswith("arn:") or name.count(":") < 5:
        raise Refused("MalformedArnException", f"The specified resource ARN {name} is not valid.")


@rule(f"{_GUIDE}/shareable.html", read=_READ)
def refuse_a_resource_of_another_account(arn: str, owner: str, account: str) -> None:
    """An account shares only what it owns."""
    if owner != account:
        raise Refused("OperationNotPermittedException", f"The resource {arn} is not owned by account {account}.")


@rule(f"{_API}/API_CreateResourceShare.html", read=_READ)
def refuse_an_absent_resource(arn: str, exists: bool) -> None:
    """What is shared exists, in the region of the share."""
    if not exists:
        raise Refused("UnknownResourceException", f"Resource {arn} could not be found.")


@rule(_VAULTS, read=_READ)
def refuse_a_resource_that_cannot_be_shared(arn: str, shareable: bool) -> None:
    """Of vaults only logically air-gapped ones can be shared."""
    if not shareable:
        raise Refused("InvalidParameterException", f"Resource {arn} cannot be shared.")


@rule(_VAULTS, read=_READ)
def refuse_a_principal_that_is_no_account(principal: str) -> None:
    """A logically air-gapped vault is shared with accounts, not with an organization, a unit, a role or a user."""
    if not _ACCOUNT.fullmatch(principal):
        raise Refused("InvalidParameterException", f"The principal {principal} is not supported; give an account id.")


@rule(f"{_API}/API_CreateResourceShare.html", read=_READ)
def refuse_to_share_with_oneself(principal: str, owner: str) -> None:
    """The owner of a resource is no principal of its share."""
    if principal == owner:
        raise Refused("InvalidParameterException", f"The principal {principal} owns the resource share.")


@rule(f"{_GUIDE}/tshoot-sharing-outside-org.html", read=_READ)
def refuse_an_external_principal(principal: str, *, external: bool, allowed: bool) -> None:
    """A share that allows no external principals is for accounts of the owner's organization that shares inside."""
    if external and not allowed:
        raise Refused(
            "InvalidParameterException",
            f"Principal {principal} is not in your AWS organization. You do not have permission to add external AWS "
            "accounts to a resource share.",
        )


@rule(f"{_API}/API_AssociateResourceShare.html", read=_READ)
def refuse_an_absent_share(arn: str, exists: bool) -> None:
    """An operation on a share that does not exist, or is another account's, is refused."""
    if not exists:
        raise Refused("UnknownResourceException", f"ResourceShare {arn} could not be found.")


@rule(f"{_API}/API_DisassociateResourceShare.html", read=_READ)
def refuse_an_absent_association(entity: str, exists: bool) -> None:
    """What is taken out of a share is in it."""
    if not exists:
        raise Refused("UnknownResourceException", f"{entity} is not associated with the resource share.")


@rule(f"{_API}/API_CreateResourceShare.html", read=_READ)
def refuse_another_request_under_the_same_token(same: bool) -> None:
    """A client token stands for one request; the same again is answered as before."""
    if not same:
        raise Refused("IdempotentParameterMismatchException", "The request has the same client token, and differs.")


@rule(f"{_API}/API_AcceptResourceShareInvitation.html", read=_READ)
def refuse_an_absent_invitation(arn: str, exists: bool) -> None:
    """An invitation is answered by the account that got it."""
    if not exists:
        raise Refused("ResourceShareInvitationArnNotFoundException", f"Invitation {arn} could not be found.")


@rule(f"{_API}/API_AcceptResourceShareInvitation.html", read=_READ)
def refuse_an_accepted_invitation(arn: str, state: str) -> None:
    """An invitation that was accepted cannot be answered again."""
    if state == "ACCEPTED":
        raise Refused("ResourceShareInvitationAlreadyAcceptedException", f"Invitation {arn} was accepted already.")


@rule(f"{_API}/API_AcceptResourceShareInvitation.html", read=_READ)
def refuse_a_rejected_invitation(arn: str, state: str) -> None:
    """An invitation that was rejected cannot be answered again."""
    if state == "REJECTED":
        raise Refused("ResourceShareInvitationAlreadyRejectedException", f"Invitation {arn} was rejected already.")


@rule(f"{_VAULTS}#lag-share", read=_READ)
def refuse_an_expired_invitation(arn: str, state: str) -> None:
    """An invitation to a vault can be answered for twelve hours."""
    if state == "EXPIRED":
        raise Refused("ResourceShareInvitationExpiredException", f"Invitation {arn} has expired.")


@rule(f"{_API}/API_ListResources.html", read=_READ)
def refuse_an_unknown_resource_type(name: str, known: bool) -> None:
    """Lists are narrowed to types that can be shared."""
    if not known:
        raise Refused("InvalidResourceTypeException", f"The specified resource type {name} is not valid.")


@rule(f"{_API}/API_EnableSharingWithAwsOrganization.html", read=_READ)
def refuse_another_account_than_management(is_management: bool) -> None:
    """Only the management account of an organization enables sharing inside it."""
    if not is_management:
        raise Refused(
            "OperationNotPermittedException", "Only the management account can enable sharing with the organization."
        )
