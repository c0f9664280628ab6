"""What AWS RAM remembers: resource shares, and the invitations to them."""

from typing import TypedDict


class Association(TypedDict):
    """A resource in a share, or an account that it is shared with. Times are seconds since 1970."""

    Entity: str
    """ARN of the resource, or id of the account."""
    Status: str
    CreationTime: float
    LastUpdatedTime: float
    External: bool


class Share(TypedDict):
    """A resource share; its key is its ARN, its place the owner's."""

    Arn: str
    Name: str
    Owner: str
    AllowExternalPrincipals: bool
    Status: str
    Tags: dict[str, str]
    CreationTime: float
    LastUpdatedTime: float
    Resources: dict[str, Association]
    """By ARN."""
    Principals: dict[str, Association]
    """By account."""
    ClientToken: str | None
    Asked: dict[str, object]
    """The request that made it, to tell the same one again by its token."""


class Invitation(TypedDict):
    """An invitation to a share; its key is its ARN, its place the receiver's."""

    Arn: str
    ShareArn: str
    ShareName: str
    Sender: str
    Receiver: str
    Timestamp: float
    Status: str
    """PENDING, ACCEPTED or REJECTED; that it expired follows from the time."""


class OrganizationSharing(TypedDict):
    """Whether an organization shares among its accounts without invitations; kept with its management account."""

    Enabled: bool
