"""Vaults that a recovery makes for itself in a fresh account, and takes away when it is over."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from strongroom.aws.answers import pages, there
from strongroom.aws.errors import DeniedError, FailedError, NotThereError, translated
from strongroom.documents.policy import Document

if TYPE_CHECKING:
    from mypy_boto3_backup.client import BackupClient
    from mypy_boto3_backup.type_defs import ListTagsInputTypeDef


class LandingVaults(Protocol):
    """Makes and unmakes vaults of one account and region."""

    def create(self, name: str, key_arn: str, tags: Mapping[str, str], token: str) -> str:
        """Make a vault and return its ARN; one of this name that bears all the tags is taken for the same one.

        Args:
            name: Name of the vault.
            key_arn: KMS key that its points lie under.
            tags: What it bears.
            token: The same token is the same request.

        Raises:
            FailedError: a vault of this name bears other tags, or AWS refuses.
        """
        ...

    def put_policy(self, name: str, document: Document) -> None:
        """Set the access policy of a vault."""
        ...

    def tags(self, name: str) -> dict[str, str] | None:
        """Tags of a vault; None where there is no vault."""
        ...

    def delete(self, name: str) -> None:
        """Delete an empty vault; one that is gone already is no fault.

        Raises:
            FailedError: it still holds points.
        """
        ...


class BackupLandingVaults:
    """Vaults of AWS Backup."""

    def __init__(self, client: "BackupClient") -> None:
        self._client = client

    def create(self, name: str, key_arn: str, tags: Mapping[str, str], token: str) -> str:
        """See `LandingVaults.create`."""
        what = f"creating vault {name}"
        with translated(what):
            try:
                made = self._client.create_backup_vault(
                    BackupVaultName=name, EncryptionKeyArn=key_arn, BackupVaultTags=tags, CreatorRequestId=token
                )
            except self._client.exceptions.AlreadyExistsException:
                return self._same(name, tags)
        return there(made.get("BackupVaultArn"), "BackupVaultArn", what)

    def put_policy(self, name: str, document: Document) -> None:
        """See `LandingVaults.put_policy`."""
        with translated(f"setting the access policy of vault {name}"):
            self._client.put_backup_vault_access_policy(BackupVaultName=name, Policy=json.dumps(document))

    def tags(self, name: str) -> dict[str, str] | None:
        """See `LandingVaults.tags`."""
        arn = self._arn(name)
        return None if arn is None else self._tags(name, arn)

    def delete(self, name: str) -> None:
        """See `LandingVaults.delete`."""
        try:
            with translated(f"deleting vault {name}"):
                self._client.delete_backup_vault(BackupVaultName=name)
        except NotThereError:
            return
        except DeniedError:
            if self._arn(name) is not None:
                raise

    def _same(self, name: str, tags: Mapping[str, str]) -> str:
        arn = self._arn(name)
        if arn is None:
            raise FailedError(f"creating vault {name}: AWS says that it exists, and does not list it; try again")
        if not tags.items() <= self._tags(name, arn).items():
            raise FailedError(f"creating vault {name}: a vault of this name exists and was not made by this run")
        return arn

    def _arn(self, name: str) -> str | None:
        """ARN of a vault by the listing: of a vault that is not there, AWS answers everything else with a denial.

        https://github.com/boto/boto3/issues/2269 and https://github.com/aws/aws-sdk-js/issues/2625, read 2026-11-22.
        """
        what = f"looking for vault {name}"
        found = self._client.get_paginator("list_backup_vaults").paginate()
        for page in pages(found, what, "BackupVaultList"):
            for vault in page["BackupVaultList"]:
                if vault.get("BackupVaultName") == name:
                    return there(vault.get("BackupVaultArn"), "BackupVaultArn", what)
        return None

    def _tags(self, name: str, arn: str) -> dict[str, str]:
        what, tags = f"reading the tags of vault {name}", dict[str, str]()
        asked: ListTagsInputTypeDef = {"ResourceArn": arn}
        while True:
            with translated(what):
                page = self._client.list_tags(**asked)
            tags |= there(page.get("Tags"), "Tags", what)
            after = page.get("NextToken")
            if not after:
                return tags
            asked["NextToken"] = after
