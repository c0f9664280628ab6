"""Accounts of a stack and the organization that they belong to."""

from typing import Self

from pydantic import model_validator

from strongroom.config.fields import AccountId, HttpsUrl, OrganizationId, OrganizationPath, Repository, Section


class Accounts(Section):
    """The accounts that a stack names, by what they are to it."""

    own: AccountId
    """Account that the stack's resources lie in."""
    backup: AccountId
    """Account that copies and archives lie in; for the central stack the same as `own`."""
    pipeline: AccountId
    """Account of the Pulumi state and its key."""
    management: AccountId
    """Management account of the organization."""


class Organization(Section):
    """The organization whose accounts may copy to each other."""

    id: OrganizationId
    sources_path: OrganizationPath
    """Organizational unit of the sources; a fresh account in it is let in by vault, key and archive."""

    @model_validator(mode="after")
    def _path_begins_with_the_organization(self) -> Self:
        if not self.sources_path.startswith(f"{self.id}/"):
            raise ValueError(f"sourcesPath must begin with {self.id}/, got {self.sources_path!r}")
        return self


class Pipeline(Section):
    """The identity of whoever runs Pulumi: tokens of one OpenID Connect issuer for one repository."""

    repository: Repository
    issuer: HttpsUrl = "https://token.actions.githubusercontent.com"
    """URL of the token issuer. Default: GitHub Actions."""
    audience: str = "sts.amazonaws.com"
    """Audience that tokens must carry. Default: AWS STS."""
