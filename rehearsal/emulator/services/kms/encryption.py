"""The keys that services encrypt under."""

from rehearsal.emulator import door
from rehearsal.emulator.keys import key_arn


def key_state(name: str) -> str | None:
    """Return a key's state in AWS's word (`Enabled`, `PendingDeletion`, ...), None when there is no such key.

    Args:
        name: Id, ARN, alias or alias ARN; ids and aliases are the calling account's.
    """
    arn = key_arn(name, door.account(), door.region())
    if arn is None:
        return None
    _, _, _, region, account, _ = arn.split(":")
    with door.request_scope(account, region):
        return door.kms._resolve_key(arn)["KeyState"]  # noqa: SLF001 - MiniStack has no public look-up
