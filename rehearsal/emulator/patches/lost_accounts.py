"""A lost account's root key is refused like any other key of it."""

from typing import Any

from rehearsal.emulator import door
from rehearsal.emulator.accounts import ACCOUNTS
from rehearsal.emulator.patching import replaces


@replaces("core.iam_evaluator:resolve_credential", read="32276bd395ef6a6a", also=("services.sts",))
def resolve_credential(
    original: Any, access_key_id: str, account_id: str | None = None, *token: Any, **more: Any
) -> Any:
    """Resolve a key, unless its account is lost."""
    if ACCOUNTS.is_lost(account_id or door.account()):
        return door.evaluator._unknown_access_key()  # noqa: SLF001
    return original(access_key_id, account_id, *token, **more)
