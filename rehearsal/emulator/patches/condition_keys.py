"""The condition keys that say who calls and whose the resource is, as AWS fills them."""

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (read 2026-11-22)

from collections.abc import Callable
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.membership import membership
from rehearsal.emulator.patching import replaces

_BUCKET: Final = "arn:aws:s3:::"


@replaces("core.iam_evaluator:_resolve_condition_key", read="15e26964cd38f32c")
def resolve_condition_key(original: Any, key: str, context: Any) -> Any:
    """Resolve a key by our table, else by MiniStack's."""
    known = _KEYS.get(key.lower())
    return known(context) if known else original(key, context)


def principal_arn(context: Any) -> str:
    """Return the role's ARN for a role session, the caller's own for anyone else."""
    arn: str = context.principal_arn
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


def _caller_account(context: Any) -> str:
    return context.principal_account


def _no_service(_: Any) -> str:
    return "false"


_KEYS: Final[dict[str, Callable[[Any], object]]] = {
    "aws:principalarn": principal_arn,
    "aws:principalorgid": _organization_of_caller,
    "aws:principalorgpaths": _paths_of_caller,
    "aws:principalisawsservice": _no_service,
    "aws:viaawsservice": _no_service,
    "aws:resourceaccount": resource_account,
    "s3:resourceaccount": resource_account,
    "aws:resourceorgid": _organization_of_resource,
    "aws:resourceorgpaths": _paths_of_resource,
    "kms:calleraccount": _caller_account,
}
