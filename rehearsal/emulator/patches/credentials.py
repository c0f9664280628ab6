"""A key is refused once its account is lost, or the very role of its session is gone."""

from typing import Any

from rehearsal.emulator import door
from rehearsal.emulator.accounts import ACCOUNTS
from rehearsal.emulator.patching import replaces


@replaces("core.iam_evaluator:resolve_credential", read="32276bd395ef6a6a", also=("services.sts",))
def resolve_credential(
    original: Any, access_key_id: str, account_id: str | None = None, *token: Any, **more: Any
) -> Any:
    """Resolve a key that still stands for somebody."""
    if ACCOUNTS.is_lost(account_id or door.account()):
        return door.evaluator._unknown_access_key()  # noqa: SLF001
    credential = original(access_key_id, account_id, *token, **more)
    if getattr(credential, "principal_type", "") == "AssumedRole" and not _has_its_role(credential):
        return door.evaluator._unknown_access_key()  # noqa: SLF001
    return credential


def _has_its_role(credential: Any) -> bool:
    """A role made again under the same name is another role, with an id of its own."""
    name = credential.principal_arn.split("/")[1]
    role = door.iam._roles.get_scoped(credential.account_id, None, name)  # noqa: SLF001
    return role is not None and role["RoleId"] == credential.principal_id.partition(":")[0]
