"""The condition keys that a request to AWS Backup fills by its own parameters."""

import json
from typing import Any, Final

from rehearsal.emulator.patching import replaces

_LOCK: Final = "backup:PutBackupVaultLockConfiguration"
_DAYS: Final = ("ChangeableForDays", "MinRetentionDays", "MaxRetentionDays")
"""https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html, read 2026-11-22."""


@replaces("core.iam_actions:request_tag_context", read="d46adb816e024778")
def request_tag_context(
    original: Any, service: str, iam_action: str, body: bytes, form: dict[str, Any]
) -> dict[str, Any]:
    """Add the days of a lock, so that a policy can tell governance from compliance."""
    keys: dict[str, Any] = original(service, iam_action, body, form)
    return keys | (_of_lock(body) if iam_action == _LOCK else {})


def _of_lock(body: bytes) -> dict[str, str]:
    try:
        asked: Any = json.loads(body)
    except ValueError:
        return {}
    return {f"backup:{name}": str(asked[name]) for name in _DAYS if asked.get(name) is not None}
