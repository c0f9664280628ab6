"""What stops a recovery before it begins.

RecoveryError
  RequestError  what was asked for names nothing, or cannot be meant
  GuardError    a safety guard does not let it happen
"""


class RecoveryError(Exception):
    """A fault in a recovery; its text is one sentence a line: what, where, why, and the fix where one is known."""


class RequestError(RecoveryError):
    """What was asked for names nothing, or cannot be meant."""


class GuardError(RecoveryError):
    """A safety guard does not let it happen."""
