"""How long the real provider watches a key after each change: until it has seen the new value several times running."""

from collections.abc import Callable, Mapping
from typing import Final

from botocore.exceptions import ClientError

from rehearsal.provider.context import Context
from rehearsal.provider.equality import policy_text
from rehearsal.provider.errors import code_of
from rehearsal.provider.values import tag_map
from rehearsal.provider.waiting import Wait, until

_EQUAL: Final = Wait(target="true", timeout=10 * 60, in_a_row=5, every=1.0)
_ENABLED: Final = Wait(target="true", timeout=20 * 60, in_a_row=15, every=2.0)
_PENDING: Final = Wait(target="true", timeout=20 * 60)


def wait_until_policy(context: Context, key: str, policy: str) -> None:
    """Wait until the key's policy means what `policy` means."""
    kms = context.clients.client("kms", context.region)
    _watch(
        context,
        _EQUAL,
        lambda: policy_text(kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]) == policy_text(policy),
    )


def wait_until_tags(context: Context, key: str, tags: Mapping[str, str]) -> None:
    """Wait until the key bears exactly these tags."""
    kms = context.clients.client("kms", context.region)
    pages = kms.get_paginator("list_resource_tags")

    def equal() -> bool:
        found = tag_map((tag for page in pages.paginate(KeyId=key) for tag in page["Tags"]), "Tag")
        return {name: value for name, value in found.items() if not name.startswith("aws:")} == tags

    _watch(context, _EQUAL, equal)


def wait_until_rotation(context: Context, key: str, *, on: bool, days: int | None) -> None:
    """Wait until rotation is as asked; days of None are AWS's choice."""
    kms = context.clients.client("kms", context.region)

    def equal() -> bool:
        status = kms.get_key_rotation_status(KeyId=key)
        return status.get("KeyRotationEnabled") is on and (not days or status.get("RotationPeriodInDays") == days)

    _watch(context, _EQUAL, equal)


def wait_until_enabled(context: Context, key: str, *, on: bool) -> None:
    """Wait until the key is enabled, or is not."""
    kms = context.clients.client("kms", context.region)
    _watch(context, _ENABLED, lambda: kms.describe_key(KeyId=key)["KeyMetadata"].get("Enabled") is on)


def wait_until_pending_deletion(context: Context, key: str) -> None:
    """Wait until the key's deletion is scheduled."""
    kms = context.clients.client("kms", context.region)
    states = ("PendingDeletion", "PendingReplicaDeletion")
    _watch(context, _PENDING, lambda: kms.describe_key(KeyId=key)["KeyMetadata"].get("KeyState") in states)


def _watch(context: Context, wait: Wait, equal: Callable[[], bool]) -> None:
    def look() -> str:
        try:
            return "true" if equal() else "false"
        except ClientError as error:
            if code_of(error) == "NotFoundException":
                return "false"
            raise

    until(context.pace, wait, look)
