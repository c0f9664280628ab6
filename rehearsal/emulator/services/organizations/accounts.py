"""How an account is shown: MiniStack's entry has a member that AWS's answer has not."""

from typing import Any

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces

_MINISTACKS_OWN = "Path"


@replaces("services.organizations:_public_account", read="b878db3bd5fc99b7")
def public_account(original: Any, account: door.Record) -> door.Record:
    """Return an account as AWS describes it."""
    return {name: value for name, value in original(account).items() if name != _MINISTACKS_OWN}
