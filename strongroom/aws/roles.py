"""IAM roles, policies and token issuers, as far as this program reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from strongroom.aws.answers import pages, there
from strongroom.aws.errors import NotThereError, translated
from strongroom.documents.policy import Document

if TYPE_CHECKING:
    from mypy_boto3_iam.client import IAMClient


@dataclass(frozen=True)
class Role:
    """A role as it stands in the account."""

    name: str
    trust: Document
    boundary: str | None
    """ARN of its permissions boundary. Absent: it has none."""
    policies: tuple[str, ...]
    """Names of the attached managed policies, sorted."""
    inline: tuple[str, ...]
    """Names of policies that lie in the role itself, sorted."""
    session_seconds: int


class Roles(Protocol):
    """Reads IAM of one account."""

    def role(self, name: str) -> Role | None:
        """A role; None where there is none."""
        ...

    def policy(self, arn: str) -> Document | None:
        """The version of a managed policy that is in force; None where there is none."""
        ...

    def audiences(self, provider_arn: str) -> Sequence[str] | None:
        """Audiences of an OpenID Connect provider; None where there is none."""
        ...


class IamRoles:
    """Roles as IAM tells of them."""

    def __init__(self, client: "IAMClient") -> None:
        self._client = client

    def role(self, name: str) -> Role | None:
        """See `Roles.role`."""
        what = f"reading role {name}"
        try:
            with translated(what):
                said = there(self._client.get_role(RoleName=name).get("Role"), "Role", what)
            return Role(
                name=name,
                trust=_document(there(said.get("AssumeRolePolicyDocument"), "AssumeRolePolicyDocument", what)),
                boundary=said.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
                policies=self._attached(name),
                inline=self._inline(name),
                session_seconds=said.get("MaxSessionDuration", 0),
            )
        except NotThereError:
            return None

    def policy(self, arn: str) -> Document | None:
        """See `Roles.policy`."""
        what = f"reading policy {arn}"
        try:
            with translated(what):
                policy = there(self._client.get_policy(PolicyArn=arn).get("Policy"), "Policy", what)
                version = there(policy.get("DefaultVersionId"), "DefaultVersionId", what)
                said = self._client.get_policy_version(PolicyArn=arn, VersionId=version)
        except NotThereError:
            return None
        found = there(said.get("PolicyVersion"), "PolicyVersion", what)
        return _document(there(found.get("Document"), "Document", what))

    def audiences(self, provider_arn: str) -> Sequence[str] | None:
        """See `Roles.audiences`."""
        what = f"reading {provider_arn}"
        try:
            with translated(what):
                said = self._client.get_open_id_connect_provider(OpenIDConnectProviderArn=provider_arn)
        except NotThereError:
            return None
        return sorted(there(said.get("ClientIDList"), "ClientIDList", what))

    def _attached(self, name: str) -> tuple[str, ...]:
        what = f"listing the policies of role {name}"
        found = self._client.get_paginator("list_attached_role_policies").paginate(RoleName=name)
        listed = pages(found, what, "AttachedPolicies")
        return tuple(
            sorted(
                there(one.get("PolicyName"), "PolicyName", what) for page in listed for one in page["AttachedPolicies"]
            )
        )

    def _inline(self, name: str) -> tuple[str, ...]:
        found = self._client.get_paginator("list_role_policies").paginate(RoleName=name)
        listed = pages(found, f"listing the inline policies of role {name}", "PolicyNames")
        return tuple(sorted(one for page in listed for one in page["PolicyNames"]))


def _document(said: str | Mapping[str, object]) -> Document:
    """Botocore parses the documents that IAM sends, though its types allow text."""
    return cast("Document", said)
