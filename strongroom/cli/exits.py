"""What the command's exit codes mean, once."""

from enum import IntEnum
from typing import Final


class Exit(IntEnum):
    """Exit codes; scripts rely on them."""

    OK = 0
    FAILED = 1
    USAGE = 2
    PARTIAL = 3
    MISMATCH = 4
    NOT_FOUND = 5
    REFUSED = 6
    DENIED = 7
    TIMEOUT = 8
    INTERRUPTED = 130


_MEANINGS: Final = {
    Exit.OK: "done",
    Exit.FAILED: "failed",
    Exit.USAGE: "wrong options or settings",
    Exit.PARTIAL: "done in part",
    Exit.MISMATCH: "what was found is not what it should be",
    Exit.NOT_FOUND: "not found",
    Exit.REFUSED: "refused by a safety guard",
    Exit.DENIED: "no credentials or no permission",
    Exit.TIMEOUT: "not done in time",
    Exit.INTERRUPTED: "interrupted",
}


def epilog(*codes: Exit) -> str:
    """The EXIT STATUS part of a command's help."""
    return "EXIT STATUS: " + ", ".join(f"{code.value} {_MEANINGS[code]}" for code in codes)
