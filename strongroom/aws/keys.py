"""KMS keys, as far as this program reads them."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from strongroom.aws.errors import NotThereError, translated
from strongroom.documents.policy import Document

if TYPE_CHECKING:
    from mypy_boto3_kms.client import KMSClient


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


class KmsKeys:
    """Keys as KMS tells of them."""

    def __init__(self, client: "KMSClient") -> None:
        self._client = client

    def key(self, alias: str) -> Key | None:
        """See `Keys.key`."""
        try:
            with translated(f"reading key {alias}"):
                said = self._client.describe_key(KeyId=alias)["KeyMetadata"]
                policy = self._client.get_key_policy(KeyId=said["KeyId"])["Policy"]
                rotation = self._client.get_key_rotation_status(KeyId=said["KeyId"])
        except NotThereError:
            return None
        return Key(
            arn=said.get("Arn", ""),
            enabled=said.get("Enabled", False),
            rotated=rotation["KeyRotationEnabled"],
            policy=cast("Document", json.loads(policy)),
        )
