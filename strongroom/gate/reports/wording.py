"""What every form of a verdict says in the same words."""

from typing import Final

from strongroom.gate.verdict import Allowed, Verdict

FIX: Final = (
    "Take the change back, or have an override with the exact URN, the operation, a reason and an expiry date merged"
    " first, by itself; docs/gate.md says how."
)


def headline(verdict: Verdict) -> str:
    """The verdict in one line."""
    stack = f"stack {verdict.stack}, {verdict.resources} resources"
    if verdict.passes:
        allowed = f", {len(verdict.allowed)} by override" if verdict.allowed else ""
        return f"gate: passed ({stack}{allowed})"
    stops = len(verdict.refused) + len(verdict.foreign_judges)
    return f"gate: refused ({stack}, {stops} {'reason' if stops == 1 else 'reasons'})"


def leave(allowed: Allowed) -> str:
    """Who gave leave to a finding, and until when."""
    override = allowed.override
    return f"allowed until {override.expires} because {override.reason}"
