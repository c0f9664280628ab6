"""What can go wrong with a rehearsal for reasons that its user can mend, and with which exit code."""

from typing import ClassVar

from strongroom.cli.exits import Exit


class RehearsalError(Exception):
    """Something could not be done; the text is one sentence that says what and why, and the fix."""

    exit: ClassVar[Exit] = Exit.FAILED


class AlreadyRunningError(RehearsalError):
    """Another rehearsal holds the folder."""

    exit = Exit.REFUSED


class NotFoundError(RehearsalError):
    """No rehearsal is up, or no account has the name."""

    exit = Exit.NOT_FOUND


class TookTooLongError(RehearsalError):
    """A bounded wait ended."""

    exit = Exit.TIMEOUT
