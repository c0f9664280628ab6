"""What is in a share, and with whom it is shared."""

from rehearsal.emulator.membership import membership
from rehearsal.emulator.services.backup.operations import new_id
from rehearsal.emulator.services.backup.store import Place
from rehearsal.emulator.services.ram import rules
from rehearsal.emulator.services.ram.access import needs_invitation
from rehearsal.emulator.services.ram.operations import Call
from rehearsal.emulator.services.ram.records import Association, Invitation, Share
from rehearsal.emulator.services.ram.shareable import SHAREABLE

_WAITING_OR_IN = ("ASSOCIATED", "ASSOCIATING")


def add_resources(call: Call, share: Share, arns: list[str]) -> Share:
    """Return the share with resources in it.

    Raises:
        Refused: one cannot be shared by the caller.
    """
    for arn in arns:
        _check(call, arn)
    made = {arn: _association(call, arn, "ASSOCIATED", external=False) for arn in arns}
    return {**share, "Resources": share["Resources"] | made}


def add_principals(call: Call, share: Share, accounts: list[str]) -> Share:
    """Return the share with accounts that it is shared with; who must accept first gets an invitation.

    Raises:
        Refused: it cannot be shared with one of them.
    """
    made: dict[str, Association] = {}
    for account in accounts:
        rules.refuse_a_principal_that_is_no_account(account)
        rules.refuse_to_share_with_oneself(account, call.place.account)
        external = _must_accept(call, account)
        rules.refuse_an_external_principal(account, external=external, allowed=share["AllowExternalPrincipals"])
        there = share["Principals"].get(account)
        if there and there["Status"] in _WAITING_OR_IN and not external:
            continue
        made[account] = _association(
            call, account, "ASSOCIATING" if external else "ASSOCIATED", external=_is_outside(call, account)
        )
        if external:
            _invite(call, share, account)
    return {**share, "Principals": share["Principals"] | made}


def shown_association(share: Share, kind: str, association: Association) -> dict[str, object]:
    """Return a resource (`RESOURCE`) or account (`PRINCIPAL`) of a share as AWS shows it."""
    return {
        "resourceShareArn": share["Arn"],
        "resourceShareName": share["Name"],
        "associatedEntity": association["Entity"],
        "associationType": kind,
        "status": association["Status"],
        "creationTime": association["CreationTime"],
        "lastUpdatedTime": association["LastUpdatedTime"],
        "external": association["External"],
    }


def _check(call: Call, arn: str) -> None:
    rules.refuse_a_name_that_is_no_arn(arn)
    _, _, service, region, owner, _ = arn.split(":", 5)
    rules.refuse_a_resource_of_another_account(arn, owner, call.place.account)
    verdict = SHAREABLE[service](arn) if service in SHAREABLE else False
    rules.refuse_an_absent_resource(arn, exists=verdict is not None and region == call.place.region)
    rules.refuse_a_resource_that_cannot_be_shared(arn, shareable=bool(verdict))


def _must_accept(call: Call, account: str) -> bool:
    owner, other = membership(call.place.account), membership(account)
    return needs_invitation(
        owner.organization if owner else None,
        other.organization if other else None,
        shares_inside=owner is not None and call.store.shares_inside(owner.management),
    )


def _is_outside(call: Call, account: str) -> bool:
    owner, other = membership(call.place.account), membership(account)
    return owner is None or other is None or owner.organization != other.organization


def _association(call: Call, entity: str, status: str, *, external: bool) -> Association:
    return {
        "Entity": entity,
        "Status": status,
        "CreationTime": call.timestamp,
        "LastUpdatedTime": call.timestamp,
        "External": external,
    }


def _invite(call: Call, share: Share, account: str) -> None:
    invitation: Invitation = {
        "Arn": f"arn:aws:ram:{call.place.region}:{call.place.account}:resource-share-invitation/{new_id()}",
        "ShareArn": share["Arn"],
        "ShareName": share["Name"],
        "Sender": call.place.account,
        "Receiver": account,
        "Timestamp": call.timestamp,
        "Status": "PENDING",
    }
    call.store.invitations.put(Place(account, call.place.region), invitation["Arn"], invitation)
