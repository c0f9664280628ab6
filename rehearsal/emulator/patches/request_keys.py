"""The condition keys that a request's own parameters fill: encryption context, boundaries, attached policies."""

from collections.abc import Callable
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.keys import aliases, key_arn_of_ciphertext
from rehearsal.emulator.objects import json_object
from rehearsal.emulator.patching import replaces


@replaces("core.iam_actions:request_tag_context", read="d46adb816e024778")
def request_tag_context(
    original: Any, service: str, iam_action: str, body: bytes, form: dict[str, Any]
) -> dict[str, Any]:
    """Add our keys to those of the tags."""
    derive = _KEYS.get(service)
    return {**original(service, iam_action, body, form), **(derive(body, form) if derive else {})}


def _of_kms(body: bytes, _: dict[str, Any]) -> dict[str, Any]:
    """https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html (read 2026-11-22)."""
    content = json_object(body)
    context: dict[str, str] = content.get("EncryptionContext") or {}
    keys: dict[str, Any] = {f"kms:EncryptionContext:{name}": value for name, value in context.items()}
    if context:
        keys["kms:EncryptionContextKeys"] = list(context)
    name = str(content.get("KeyId", ""))
    if "alias/" in name:
        keys["kms:RequestAlias"] = name[name.index("alias/") :]
    key = name or _sealing_key(content)
    owned = aliases(key, door.account(), door.region())
    if owned:
        keys["kms:ResourceAliases"] = owned
    if "GranteePrincipal" in content:
        keys["kms:GrantIsForAWSResource"] = "false"
    return keys


def _sealing_key(content: dict[str, Any]) -> str:
    """Return the key that a ciphertext names, for a Decrypt that names none; "" without one."""
    ciphertext = content.get("CiphertextBlob")
    return (key_arn_of_ciphertext(ciphertext, door.region()) or "") if ciphertext else ""


def _of_iam(_: bytes, form: dict[str, Any]) -> dict[str, Any]:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html (read 2026-11-22)."""
    keys = {"iam:PermissionsBoundary": _one(form, "PermissionsBoundary") or _boundary(form)}
    if _one(form, "RoleName") or _one(form, "UserName"):
        keys["iam:PolicyARN"] = _one(form, "PolicyArn")
    return {name: value for name, value in keys.items() if value}


def _boundary(form: dict[str, Any]) -> str:
    """Return the boundary that the changed role or user has already."""
    for parameter, table in (("RoleName", door.iam._roles), ("UserName", door.iam._users)):  # noqa: SLF001
        entity = table.get_scoped(door.account(), None, _one(form, parameter))
        if entity:
            return entity.get("PermissionsBoundary") or ""
    return ""


def _one(form: dict[str, Any], name: str) -> str:
    value: str | list[str] = form.get(name, "")
    return value if isinstance(value, str) else value[0]


_KEYS: Final[dict[str, Callable[[bytes, dict[str, Any]], dict[str, Any]]]] = {"kms": _of_kms, "iam": _of_iam}
