"""Who has access to what by a share: decided without any record of the service."""

from typing import Final

from rehearsal.emulator.services.ram.records import Association, Invitation, Share

INVITED_SECONDS: Final = 12 * 3600
"""How long an invitation can be accepted.

https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html#lag-share (read 2026-11-22).
"""
_IN_FORCE: Final = "ASSOCIATED"


def gives_access(share: Share, resource: str, account: str) -> bool:
    """Return whether a share lets an account use a resource now."""
    return (
        share["Status"] == "ACTIVE"
        and _holds(share["Resources"].get(resource))
        and _holds(share["Principals"].get(account))
    )


def state_of(invitation: Invitation, now: float) -> str:
    """Return PENDING, ACCEPTED, REJECTED or EXPIRED; an invitation expires in the instant after its twelve hours."""
    if invitation["Status"] == "PENDING" and now > invitation["Timestamp"] + INVITED_SECONDS:
        return "EXPIRED"
    return invitation["Status"]


def needs_invitation(owner_organization: str | None, organization: str | None, *, shares_inside: bool) -> bool:
    """Return whether an account must accept before it has access.

    Args:
        owner_organization: Organization of the owner; None when the owner is in none.
        organization: That of the account.
        shares_inside: Whether the owner's organization shares among its accounts.
    """
    return not (shares_inside and owner_organization is not None and owner_organization == organization)


def _holds(association: Association | None) -> bool:
    return association is not None and association["Status"] == _IN_FORCE
