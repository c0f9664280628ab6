"""The condition keys that a request's own parameters fill: encryption context, boundaries, attached policies."""

from collections.abc import Callable
from typing import Any, Final, cast

import cbor2

from rehearsal.emulator import door
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
    return {**keys, **(_of_grant(content) if "GranteePrincipal" in content else {})}


def _of_grant(content: dict[str, Any]) -> dict[str, Any]:
    keys: dict[str, Any] = {
        "kms:GrantIsForAWSResource": "false",
        "kms:GranteePrincipal": content["GranteePrincipal"],
        "kms:GrantOperations": content.get("Operations"),
        "kms:GrantConstraintType": list(content.get("Constraints") or {}) or None,
        "kms:RetiringPrincipal": content.get("RetiringPrincipal"),
    }
    return {name: value for name, value in keys.items() if value}


def _of_iam(_: bytes, form: dict[str, Any]) -> dict[str, Any]:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html (read 2026-11-22)."""
    keys = {
        "iam:PermissionsBoundary": _one(form, "PermissionsBoundary") or _boundary(form),
        "iam:AWSServiceName": _one(form, "AWSServiceName"),
    }
    if _one(form, "RoleName") or _one(form, "UserName"):
        keys["iam:PolicyARN"] = _one(form, "PolicyArn")
    return {name: value for name, value in keys.items() if value}


def _of_sts(_: bytes, form: dict[str, Any]) -> dict[str, Any]:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html (read 2026-11-22)."""
    keys = {f"sts:{name}": _one(form, name) for name in ("ExternalId", "RoleSessionName", "SourceIdentity")}
    return {name: value for name, value in keys.items() if value}


def _of_cloudwatch(body: bytes, form: dict[str, Any]) -> dict[str, Any]:
    """Return the namespace that metrics are put into.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html (read
    2026-11-22)
    """
    namespace = _content(body).get("Namespace") or _one(form, "Namespace")
    return {"cloudwatch:namespace": namespace} if namespace else {}


def _content(body: bytes) -> dict[str, Any]:
    """Return a body of JSON or CBOR; botocore speaks both to CloudWatch, by its version."""
    if body[:1] == b"{" or not body:
        return json_object(body)
    try:
        content: Any = cbor2.loads(body)
    except cbor2.CBORDecodeError:
        return {}
    return cast("dict[str, Any]", content) if isinstance(content, dict) else {}


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


_KEYS: Final[dict[str, Callable[[bytes, dict[str, Any]], dict[str, Any]]]] = {
    "kms": _of_kms,
    "iam": _of_iam,
    "sts": _of_sts,
    "monitoring": _of_cloudwatch,
}
