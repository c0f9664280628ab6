"""Keeps a second rehearsal out of a folder in which one is running, and tells who that is."""

import fcntl
import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

Command = Literal["run", "up"]


class Holder(BaseModel):
    """Who keeps the local AWS of a folder running."""

    model_config = ConfigDict(frozen=True)

    command: Command
    runner: int | None
    """Process id of the command; None when it has left the emulator to itself."""
    guard: int | None = None
    """Process id of the emulator's guard. Absent: it has none, it is to stay."""
    emulator: int | None = None
    """Process id of the emulator. Absent: it does not serve yet."""
    endpoint: str | None = None


class Lock:
    """An advisory lock on a file.

    It belongs to the open file, not to a process: the emulator inherits it, so that it is held for as long as either
    the command or the emulator lives, and ends with the last of them however they end.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        """File descriptor, for processes that are to inherit the lock."""
        self.told: Holder | None = None
        """Who holds it, as it was written last."""

    def tell(self, holder: Holder) -> None:
        """Write who holds the lock."""
        self.told = holder
        os.ftruncate(self.number, 0)
        os.pwrite(self.number, holder.model_dump_json().encode(), 0)

    def release(self) -> None:
        """Let go of this process's share."""
        os.close(self.number)


def take(file: Path) -> Lock | None:
    """Take the lock.

    Returns:
        None when it is held.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(number)
        return None
    # What an earlier holder wrote names processes that are gone, and whose numbers others may have by now.
    os.ftruncate(number, 0)
    return Lock(number)


def holder(file: Path) -> Holder | None:
    """Return who wrote into the lock file.

    Returns:
        None when nobody did, or the writing had not ended.
    """
    try:
        return Holder.model_validate_json(file.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
