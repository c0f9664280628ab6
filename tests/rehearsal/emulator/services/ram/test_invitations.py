from typing import Any

import pytest

from tests.emulator_process import BACKUP, CI, PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import refusal
from tests.rehearsal.emulator.services.ram.sharing import HOUR, make_vault, ram_of, sees, share

pytestmark = pytest.mark.emulator

_ABSENT = "arn:aws:ram:eu-west-2:333333333333:resource-share-invitation/absent"


@pytest.fixture
def owner(emulator: Emulator) -> Any:
    """RAM of the backup account, which has an air-gapped vault, in an organization that does not share inside."""
    make_vault(emulator)
    return ram_of(emulator, BACKUP)


def _invitation(ram: Any) -> dict[str, Any]:
    [found] = ram.get_resource_share_invitations()["resourceShareInvitations"]
    return found


def test_an_account_has_access_when_it_accepted(emulator: Emulator, owner: Any) -> None:
    made = share(owner, CI)
    theirs = ram_of(emulator, CI)
    invitation = _invitation(theirs)
    assert (invitation["status"], invitation["senderAccountId"], invitation["receiverAccountId"]) == (
        "PENDING",
        BACKUP,
        CI,
    )
    assert invitation["resourceShareArn"] == made
    assert not sees(emulator, CI)
    [waiting] = owner.get_resource_share_associations(associationType="PRINCIPAL")["resourceShareAssociations"]
    assert waiting["status"] == "ASSOCIATING"
    theirs.accept_resource_share_invitation(resourceShareInvitationArn=invitation["resourceShareInvitationArn"])
    assert (_invitation(theirs)["status"], sees(emulator, CI)) == ("ACCEPTED", True)
    assert ram_of(emulator, PROD).get_resource_share_invitations()["resourceShareInvitations"] == []


def test_an_account_has_no_access_when_it_rejected(emulator: Emulator, owner: Any) -> None:
    share(owner, CI)
    theirs = ram_of(emulator, CI)
    arn = _invitation(theirs)["resourceShareInvitationArn"]
    theirs.reject_resource_share_invitation(resourceShareInvitationArn=arn)
    assert (_invitation(theirs)["status"], sees(emulator, CI)) == ("REJECTED", False)
    for call in (theirs.accept_resource_share_invitation, theirs.reject_resource_share_invitation):
        code = refusal(call, resourceShareInvitationArn=arn)
        assert code == "ResourceShareInvitationAlreadyRejectedException"


def test_fails_when_an_invitation_was_accepted_already(emulator: Emulator, owner: Any) -> None:
    share(owner, CI)
    theirs = ram_of(emulator, CI)
    arn = _invitation(theirs)["resourceShareInvitationArn"]
    theirs.accept_resource_share_invitation(resourceShareInvitationArn=arn)
    for call in (theirs.accept_resource_share_invitation, theirs.reject_resource_share_invitation):
        code = refusal(call, resourceShareInvitationArn=arn)
        assert code == "ResourceShareInvitationAlreadyAcceptedException"
    assert sees(emulator, CI)


def test_an_invitation_can_be_accepted_for_twelve_hours(emulator: Emulator, owner: Any) -> None:
    share(owner, CI)
    theirs = ram_of(emulator, CI)
    emulator.advance(12 * HOUR - 60)
    assert _invitation(theirs)["status"] == "PENDING"
    emulator.advance(120)
    invitation = _invitation(theirs)
    assert invitation["status"] == "EXPIRED"
    arn = invitation["resourceShareInvitationArn"]
    code = refusal(theirs.accept_resource_share_invitation, resourceShareInvitationArn=arn)
    assert (code, sees(emulator, CI)) == ("ResourceShareInvitationExpiredException", False)


def test_an_account_can_be_invited_again(emulator: Emulator, owner: Any) -> None:
    made = share(owner, CI)
    emulator.advance(13 * HOUR)
    owner.associate_resource_share(resourceShareArn=made, principals=[CI])
    theirs = ram_of(emulator, CI)
    found = theirs.get_resource_share_invitations(resourceShareArns=[made])["resourceShareInvitations"]
    [pending] = [one["resourceShareInvitationArn"] for one in found if one["status"] == "PENDING"]
    theirs.accept_resource_share_invitation(resourceShareInvitationArn=pending)
    assert sees(emulator, CI)


def test_an_account_outside_the_organization_can_be_invited(emulator: Emulator, owner: Any) -> None:
    stranger = emulator.control("POST", "accounts", {"name": "stranger", "outside": True})["id"]
    share(owner, stranger)
    theirs = ram_of(emulator, stranger)
    theirs.accept_resource_share_invitation(
        resourceShareInvitationArn=_invitation(theirs)["resourceShareInvitationArn"]
    )
    assert sees(emulator, stranger)
    [principal] = owner.list_principals(resourceOwner="SELF")["principals"]
    assert (principal["id"], principal["external"]) == (stranger, True)


def test_fails_when_the_invitation_is_not_the_callers(emulator: Emulator, owner: Any) -> None:
    share(owner, CI)
    arn = _invitation(ram_of(emulator, CI))["resourceShareInvitationArn"]
    for ram, one in ((owner, arn), (ram_of(emulator, CI), _ABSENT)):
        for call in (ram.accept_resource_share_invitation, ram.reject_resource_share_invitation):
            code = refusal(call, resourceShareInvitationArn=one)
            assert code == "ResourceShareInvitationArnNotFoundException"
