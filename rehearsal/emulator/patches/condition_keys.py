"""The condition keys that say who calls and whose the resource is, as AWS fills them."""

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (read 2026-11-22)

from collections.abc import Callable
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.authorization.memory import MEMORY
from rehearsal.emulator.keys import aliases
from rehearsal.emulator.membership import membership
from rehearsal.emulator.patching import replaces

_BUCKET: Final = "arn:aws:s3:::"
_TAG: Final = "aws:resourcetag/"


@replaces("core.iam_evaluator:_resolve_condition_key", read="15e26964cd38f32c")
def resolve_condition_key(original: Any, key: str, context: Any) -> Any:
    """Resolve a key by our table, else by MiniStack's."""
    name = key.lower()
    if name.startswith(_TAG):
        return _tag_of_resource(name, context)
    known = _KEYS.get(name)
    return known(context) if known else original(key, context)


def principal_arn(context: Any) -> str | None:
    """Return the role's ARN for a role session, the caller's own for a user or root; a service has none."""
    arn: str = context.principal_arn
    if context.principal_type == "Service":
        return None
    if ":assumed-role/" not in arn:
        return arn
    role = door.iam._roles.get_scoped(context.principal_account, None, arn.split("/")[1])  # noqa: SLF001
    return role["Arn"] if role else arn


def resource_account(context: Any) -> str:
    """Return the account that owns the resource; the caller's when the resource names none."""
    arn: str = context.resource_arn
    if arn.startswith(_BUCKET):
        owner = door.s3._bucket_owner_account(arn.removeprefix(_BUCKET).partition("/")[0])  # noqa: SLF001
    else:
        owner = door.evaluator._account_from_arn(arn)  # noqa: SLF001
    return owner or context.principal_account


def _organization_of_caller(context: Any) -> str | None:
    found = membership(context.principal_account)
    return found.organization if found else None


def _paths_of_caller(context: Any) -> list[str] | None:
    found = membership(context.principal_account)
    return [found.path] if found else None


def _organization_of_resource(context: Any) -> str | None:
    found = membership(resource_account(context))
    return found.organization if found else None


def _paths_of_resource(context: Any) -> list[str] | None:
    found = membership(resource_account(context))
    return [found.path] if found else None


def _caller_account(context: Any) -> str | None:
    return context.principal_account or None


def _is_service(context: Any) -> str:
    return str(context.principal_type == "Service").lower()


def _aliases_of_key(context: Any) -> list[str] | None:
    """https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html (read 2026-11-22)."""
    if not context.resource_arn.startswith("arn:aws:kms:"):
        return None
    return aliases(context.resource_arn, context.principal_account, context.region) or None


def _via_service(context: Any) -> str:
    return context.service_context.get("aws:viaawsservice") or "false"


def _service_name(context: Any) -> str | None:
    return context.principal_arn if context.principal_type == "Service" else None


def _now(_: Any) -> str:
    MEMORY.note_read_of_clock()
    return clock.now().isoformat()


def _epoch(_: Any) -> str:
    MEMORY.note_read_of_clock()
    return str(int(clock.now().timestamp()))


def _tag_of_resource(name: str, context: Any) -> str | None:
    """A tag of the resource, which its owner's account lists."""
    if name in context.service_context:
        return context.service_context[name]
    with door.request_scope(resource_account(context), context.region):
        tags: dict[str, str] = door.module("services.tagging").resource_tags(context.resource_arn) or {}
    return {key.lower(): value for key, value in tags.items()}.get(name.removeprefix(_TAG))


_KEYS: Final[dict[str, Callable[[Any], object]]] = {
    "aws:principalarn": principal_arn,
    "aws:principalaccount": _caller_account,
    "aws:principalorgid": _organization_of_caller,
    "aws:principalorgpaths": _paths_of_caller,
    "aws:currenttime": _now,
    "aws:epochtime": _epoch,
    "aws:principalisawsservice": _is_service,
    "aws:principalservicename": _service_name,
    "aws:viaawsservice": _via_service,
    "aws:resourceaccount": resource_account,
    "s3:resourceaccount": resource_account,
    "aws:resourceorgid": _organization_of_resource,
    "aws:resourceorgpaths": _paths_of_resource,
    "kms:calleraccount": _caller_account,
    "kms:resourcealiases": _aliases_of_key,
}
