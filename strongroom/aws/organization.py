"""Where an account stands in its organization: the central side lets in accounts of one unit alone."""

from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import ClientError

from strongroom.aws.answers import there
from strongroom.aws.errors import DeniedError, code, translated

if TYPE_CHECKING:
    from mypy_boto3_organizations.client import OrganizationsClient


class Organizations(Protocol):
    """Reads the organization that a profile's account belongs to."""

    def id(self) -> str | None:
        """Id of the organization; None for an account that is in none."""
        ...

    def path(self, account: str) -> str | None:
        """Where an account stands, as conditions in policies say it: "o-1/r-1/ou-1/".

        None where AWS does not tell this caller: it tells the management account and delegated administrators alone.
        https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html, read 2026-11-22.
        """
        ...


class AwsOrganizations:
    """The organization as AWS Organizations tells of it."""

    def __init__(self, client: "OrganizationsClient") -> None:
        self._client = client

    def id(self) -> str | None:
        """See `Organizations.id`."""
        what = "reading the organization"
        with translated(what):
            try:
                said = self._client.describe_organization()
            except ClientError as refused:
                if code(refused) == "AWSOrganizationsNotInUseException":
                    return None
                raise
        return there(there(said.get("Organization"), "Organization", what).get("Id"), "Id", what)

    def path(self, account: str) -> str | None:
        """See `Organizations.path`."""
        organization = self.id()
        if organization is None:
            return None
        parts, child = list[str](), account
        while not child.startswith("r-"):
            above = self._parent(child)
            if above is None:
                return None
            parts.insert(0, above)
            child = above
        return "/".join([organization, *parts, ""])

    def _parent(self, child: str) -> str | None:
        """The one parent that AWS lets an account or a unit have."""
        what = f"reading the parent of {child}"
        try:
            with translated(what):
                found = there(self._client.list_parents(ChildId=child).get("Parents"), "Parents", what)
        except DeniedError:
            return None
        return found[0].get("Id") if found else None
