"""KMS keys: those that stand behind an alias, and those that a recovery makes for itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol, cast

from strongroom.aws.answers import pages, there, utc
from strongroom.aws.errors import DeniedError, NotThereError, translated
from strongroom.documents.policy import Document

if TYPE_CHECKING:
    from mypy_boto3_kms.client import KMSClient

_GOING: Final = "PendingDeletion"


@dataclass(frozen=True)
class Key:
    """A key and what guards it."""

    arn: str
    enabled: bool
    rotated: bool
    """Whether its material is replaced each year."""
    policy: Document


class Keys(Protocol):
    """Reads keys of one account and region."""

    def key(self, alias: str) -> Key | None:
        """The key that an alias stands for; None where there is none."""
        ...


class RunKeys(Keys, Protocol):
    """Makes and unmakes keys as well."""

    def create(self, policy: Document, description: str, tags: Mapping[str, str]) -> str:
        """Make a key and return its ARN. KMS takes no token: ask `find` before, or a second key is made."""
        ...

    def tags(self, key_id: str) -> dict[str, str] | None:
        """Tags of a key, by id or ARN; None where there is no key."""
        ...

    def find(self, tags: Mapping[str, str]) -> list[str]:
        """ARNs of keys that bear all these tags and are not on their way to deletion.

        A key whose tags the caller may not read is none that the caller made, and is passed over.
        """
        ...

    def schedule_deletion(self, key_id: str, days: int) -> datetime:
        """Have a key deleted after 7 to 30 days, and return when; of one that is on its way already, that instant.

        Raises:
            NotThereError: there is no such key.
            AwsError: AWS refuses it.
        """
        ...


class KmsKeys:
    """Keys as KMS tells of them."""

    def __init__(self, client: "KMSClient") -> None:
        self._client = client

    def key(self, alias: str) -> Key | None:
        """See `Keys.key`."""
        what = f"reading key {alias}"
        try:
            with translated(what):
                said = there(self._client.describe_key(KeyId=alias).get("KeyMetadata"), "KeyMetadata", what)
                policy = self._client.get_key_policy(KeyId=said["KeyId"])
                rotation = self._client.get_key_rotation_status(KeyId=said["KeyId"])
        except NotThereError:
            return None
        return Key(
            arn=there(said.get("Arn"), "Arn", what),
            enabled=there(said.get("Enabled"), "Enabled", what),
            rotated=there(rotation.get("KeyRotationEnabled"), "KeyRotationEnabled", what),
            policy=cast("Document", json.loads(there(policy.get("Policy"), "Policy", what))),
        )

    def create(self, policy: Document, description: str, tags: Mapping[str, str]) -> str:
        """See `RunKeys.create`."""
        what = f"creating key {description!r}"
        with translated(what):
            made = self._client.create_key(
                Policy=json.dumps(policy),
                Description=description,
                Tags=[{"TagKey": name, "TagValue": value} for name, value in tags.items()],
            )
        key = there(made.get("KeyMetadata"), "KeyMetadata", what)
        return there(key.get("Arn"), "Arn", what)

    def tags(self, key_id: str) -> dict[str, str] | None:
        """See `RunKeys.tags`."""
        what = f"reading the tags of key {key_id}"
        found = self._client.get_paginator("list_resource_tags").paginate(KeyId=key_id)
        try:
            return {tag["TagKey"]: tag["TagValue"] for page in pages(found, what, "Tags") for tag in page["Tags"]}
        except NotThereError:
            return None

    def find(self, tags: Mapping[str, str]) -> list[str]:
        """See `RunKeys.find`."""
        found = self._client.get_paginator("list_keys").paginate()
        listed = [
            there(key.get("KeyArn"), "KeyArn", "listing keys")
            for page in pages(found, "listing keys", "Keys")
            for key in page["Keys"]
        ]
        return [arn for arn in listed if self._bears(arn, tags) and self._deleted_at(arn) is None]

    def schedule_deletion(self, key_id: str, days: int) -> datetime:
        """See `RunKeys.schedule_deletion`."""
        what = f"scheduling the deletion of key {key_id}"
        due = self._deleted_at(key_id)
        if due is not None:
            return due
        with translated(what):
            answer = self._client.schedule_key_deletion(KeyId=key_id, PendingWindowInDays=days)
        return utc(there(answer.get("DeletionDate"), "DeletionDate", what))

    def _bears(self, arn: str, tags: Mapping[str, str]) -> bool:
        try:
            found = self.tags(arn)
        except DeniedError:
            return False
        return found is not None and tags.items() <= found.items()

    def _deleted_at(self, key_id: str) -> datetime | None:
        what = f"reading key {key_id}"
        with translated(what):
            said = there(self._client.describe_key(KeyId=key_id).get("KeyMetadata"), "KeyMetadata", what)
        if there(said.get("KeyState"), "KeyState", what) != _GOING:
            return None
        return utc(there(said.get("DeletionDate"), "DeletionDate", what))
