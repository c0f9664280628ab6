"""What becomes of something that an AWS service hands to another resource: it arrives, or there is a reason."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Undelivered:
    """Why a message, an event or a call did not arrive."""

    code: str
    """Word by which the sending service names it, `NO_PERMISSIONS`."""
    message: str
    is_final: bool = True
    """Whether another attempt would end the same way."""


def no_permission(message: str) -> Undelivered:
    """The target's policy, or the acting role's, does not allow it."""
    return Undelivered("NO_PERMISSIONS", message)


def not_found(what: str) -> Undelivered:
    """There is no such target."""
    return Undelivered("NO_RESOURCE", f"{what} does not exist.")
