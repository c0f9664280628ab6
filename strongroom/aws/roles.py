"""IAM roles, policies and token issuers, as far as this program reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

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
        try:
            with translated(f"reading role {name}"):
                said = self._client.get_role(RoleName=name)["Role"]
                return Role(
                    name=name,
                    trust=_document(said.get("AssumeRolePolicyDocument", {})),
                    boundary=said.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
                    policies=self._attached(name),
                    inline=self._inline(name),
                    session_seconds=said.get("MaxSessionDuration", 0),
                )
        except NotThereError:
            return None

    def policy(self, arn: str) -> Document | None:
        """See `Roles.policy`."""
        try:
            with translated(f"reading policy {arn}"):
                version = self._client.get_policy(PolicyArn=arn)["Policy"].get("DefaultVersionId", "")
                said = self._client.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]
        except NotThereError:
            return None
        return _document(said.get("Document", {}))

    def audiences(self, provider_arn: str) -> Sequence[str] | None:
        """See `Roles.audiences`."""
        try:
            with translated(f"reading {provider_arn}"):
                said = self._client.get_open_id_connect_provider(OpenIDConnectProviderArn=provider_arn)
        except NotThereError:
            return None
        return sorted(said["ClientIDList"])

    def _attached(self, name: str) -> tuple[str, ...]:
        pages = self._client.get_paginator("list_attached_role_policies").paginate(RoleName=name)
        return tuple(sorted(found.get("PolicyName", "") for page in pages for found in page["AttachedPolicies"]))

    def _inline(self, name: str) -> tuple[str, ...]:
        pages = self._client.get_paginator("list_role_policies").paginate(RoleName=name)
        return tuple(sorted(found for page in pages for found in page["PolicyNames"]))


def _document(said: str | Mapping[str, object]) -> Document:
    """Botocore parses the documents that IAM sends, though its types allow text."""
    return cast("Document", said)
