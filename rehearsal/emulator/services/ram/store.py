"""Where AWS RAM keeps its records."""

from typing import Any, Final

from rehearsal.emulator.services.backup.store import Place, Records
from rehearsal.emulator.services.ram.access import gives_access
from rehearsal.emulator.services.ram.records import Invitation, OrganizationSharing, Share

_EVERYWHERE: Final = "aws-global"


class Store:
    """Everything that the service remembers."""

    def __init__(self) -> None:
        self.shares = Records[Share]()
        self.invitations = Records[Invitation]()
        self.organizations = Records[OrganizationSharing]()

    def records(self) -> dict[str, Records[Any]]:
        """Return each kind of record by name."""
        return vars(self)

    def share(self, arn: str) -> tuple[Place, Share] | None:
        """Return a share with its owner's place; None when there is no such."""
        parts = arn.split(":")
        place = Place(parts[4], parts[3]) if len(parts) == 6 else Place("", "")
        found = self.shares.get(place, arn)
        return (place, found) if found else None

    def shared(self, region: str, account: str) -> list[tuple[Share, str]]:
        """Return what other accounts share with an account in a region: each share with each of its resources."""
        return [
            (share, resource)
            for place, share in self.shares.everywhere()
            if place.region == region and place.account != account
            for resource in share["Resources"]
            if gives_access(share, resource, account)
        ]

    def may_use(self, account: str, resource: str) -> bool:
        """Return whether a resource of another account is shared with this one."""
        parts = [*resource.split(":"), "", "", "", "", ""]
        return any(arn == resource for _, arn in self.shared(parts[3], account))

    def sharers(self, resource: str) -> list[str]:
        """Return the accounts that a resource is shared with."""
        accounts = {account for _, share in self.shares.everywhere() for account in share["Principals"]}
        return sorted(account for account in accounts if self.may_use(account, resource))

    def shares_inside(self, management: str) -> bool:
        """Return whether an organization, named by its management account, shares without invitations."""
        kept = self.organizations.get(Place(management, _EVERYWHERE), "self")
        return kept is not None and kept["Enabled"]

    def share_inside(self, management: str) -> None:
        """Let an organization share without invitations from now on."""
        self.organizations.put(Place(management, _EVERYWHERE), "self", {"Enabled": True})


STORE: Final = Store()
"""What the one AWS RAM of this process remembers."""
