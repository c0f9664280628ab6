"""What keeps the gate from judging. None of it ever lets a change through.

A `GateError` is an `UnreadableError` (no whole preview), an `OverridesError` (the file cannot be used) or a `BaseError`
(the base ref cannot be read).
"""

from collections.abc import Sequence


class GateError(Exception):
    """Whatever keeps the gate from judging; its text is one line for each fault."""


class UnreadableError(GateError):
    """No whole, finished preview of one stack."""


class OverridesError(GateError):
    """An overrides file that cannot be used."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class BaseError(GateError):
    """A base ref that cannot be read."""
