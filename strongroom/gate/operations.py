"""What the engine may do to a resource, and which of it takes something away.

Operations of the engine: pulumi/pulumi v3.256.0, pkg/resource/deploy/step.go, read 2026-11-22.
"""

from enum import StrEnum
from typing import Final


class Operation(StrEnum):
    """What is refused; an override names one of these."""

    DELETE = "delete"
    REPLACE = "replace"
    FORGET = "forget"
    UNPROTECT = "unprotect"
    UNRETAIN = "unretain"
    WEAKEN = "weaken"


MEANING: Final = {
    Operation.DELETE: "would be deleted",
    Operation.REPLACE: "would be replaced: made anew, and the one that is there deleted",
    Operation.FORGET: "would stay in AWS but leave the stack, so that nobody looks after it any more",
    Operation.UNPROTECT: "would lose Pulumi's protection against deletion",
    Operation.UNRETAIN: "would lose retainOnDelete, which keeps it in AWS when it leaves the program",
    Operation.WEAKEN: "would be weakened",
}

TAKES: Final[dict[str, Operation | None]] = {
    "same": None,
    "create": None,
    "update": None,
    "import": None,
    "read": None,
    "refresh": None,
    "diff": None,
    "extend-parameterize": None,
    "delete": Operation.DELETE,
    "replace": Operation.REPLACE,
    "create-replacement": Operation.REPLACE,
    "delete-replaced": Operation.REPLACE,
    "import-replacement": Operation.REPLACE,
    "read-replacement": Operation.REPLACE,
    "discard": Operation.FORGET,
    "discard-replaced": Operation.FORGET,
    "remove-pending-replace": Operation.FORGET,
}
"""What each operation of the engine takes away from a resource; one that is not here is not known."""

STARTS_A_REPLACEMENT: Final = frozenset({"replace", "create-replacement", "import-replacement", "read-replacement"})
"""Without one of these `delete-replaced` is what an interrupted replacement left behind: a plain deletion."""

HAS_OLD: Final = frozenset(TAKES) - {"create", "import", "read", "refresh", "diff", "extend-parameterize"}
"""Operations on something that is there, whose step says what it was."""

HAS_NEW: Final = frozenset({"same", "create", "update", "import", "read", "replace", *STARTS_A_REPLACEMENT})
"""Operations after which something is there, whose step says what it will be."""

CHANGES: Final = frozenset({"same", "update", *STARTS_A_REPLACEMENT})
"""Operations whose two states are the program's before and after; a refresh's are not."""

COMES: Final = frozenset({"create", "import", "update", *STARTS_A_REPLACEMENT})
"""Operations after which something is there that was not there in this form."""

COUNTED: Final = frozenset({"same", "create", "update", "delete", "replace", "import", "discard"})
"""Operations that the engine's summary counts one for one."""
