"""Invitations to shares, as the account that got them sees and answers them."""
# ruff: noqa: N815 - the members of inputs have AWS RAM's own names

from typing import NotRequired, TypedDict, cast

from rehearsal.emulator.services.ram import rules
from rehearsal.emulator.services.ram.access import state_of
from rehearsal.emulator.services.ram.operations import Answer, Call, Paged, operation, page
from rehearsal.emulator.services.ram.records import Association, Invitation, Share


class GetInvitations(Paged):
    """Input of GetResourceShareInvitations."""

    resourceShareInvitationArns: NotRequired[list[str]]
    resourceShareArns: NotRequired[list[str]]


class OfInvitation(TypedDict):
    """Input of an answer to an invitation."""

    resourceShareInvitationArn: str
    clientToken: NotRequired[str]


@operation("GetResourceShareInvitations")
def get_resource_share_invitations(call: Call, asked: GetInvitations) -> Answer:
    """List the invitations that the account got."""
    arns, shares = asked.get("resourceShareInvitationArns"), asked.get("resourceShareArns")
    found = [
        _shown(call, invitation)
        for invitation in call.store.invitations.of(call.place)
        if (arns is None or invitation["Arn"] in arns) and (shares is None or invitation["ShareArn"] in shares)
    ]
    return page("resourceShareInvitations", found, asked)


@operation("AcceptResourceShareInvitation")
def accept_resource_share_invitation(call: Call, asked: OfInvitation) -> Answer:
    """Accept an invitation: the account has access from now on."""
    return _answered(call, asked, "ACCEPTED", "ASSOCIATED")


@operation("RejectResourceShareInvitation")
def reject_resource_share_invitation(call: Call, asked: OfInvitation) -> Answer:
    """Reject an invitation: the account never gets access by it."""
    return _answered(call, asked, "REJECTED", "DISASSOCIATED")


def _answered(call: Call, asked: OfInvitation, status: str, association_status: str) -> Answer:
    arn = asked["resourceShareInvitationArn"]
    found = call.store.invitations.get(call.place, arn)
    rules.refuse_an_absent_invitation(arn, found is not None)
    invitation = cast("Invitation", found)
    state = state_of(invitation, call.timestamp)
    rules.refuse_an_accepted_invitation(arn, state)
    rules.refuse_a_rejected_invitation(arn, state)
    rules.refuse_an_expired_invitation(arn, state)
    answered: Invitation = {**invitation, "Status": status}
    call.store.invitations.put(call.place, arn, answered)
    _tell_share(call, invitation["ShareArn"], association_status)
    return {"resourceShareInvitation": _shown(call, answered), "clientToken": asked.get("clientToken")}


def _tell_share(call: Call, share_arn: str, status: str) -> None:
    found = call.store.share(share_arn)
    if found is None or call.place.account not in found[1]["Principals"]:
        return
    place, share = found
    before = share["Principals"][call.place.account]
    after: Association = {**before, "Status": status, "LastUpdatedTime": call.timestamp}
    if before["Status"] == "ASSOCIATING":
        changed: Share = {**share, "Principals": share["Principals"] | {call.place.account: after}}
        call.store.shares.put(place, share_arn, changed)


def _shown(call: Call, invitation: Invitation) -> dict[str, object]:
    return {
        "resourceShareInvitationArn": invitation["Arn"],
        "resourceShareName": invitation["ShareName"],
        "resourceShareArn": invitation["ShareArn"],
        "senderAccountId": invitation["Sender"],
        "receiverAccountId": invitation["Receiver"],
        "invitationTimestamp": invitation["Timestamp"],
        "status": state_of(invitation, call.timestamp),
    }
