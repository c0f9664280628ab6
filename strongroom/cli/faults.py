"""Faults that are told in their own sentence, without a traceback, and the code that each ends with."""

from typing import Final

from strongroom.aws import errors
from strongroom.checking.errors import CheckingError, ConfigurationError, SlowError, StateError
from strongroom.cli.exits import Exit
from strongroom.config.manifest import ManifestError
from strongroom.config.problems import SettingsError
from strongroom.documents.bootstrap.duties import NoDutyError
from strongroom.documents.bootstrap.sizes import TooLargeError
from strongroom.gate.errors import BaseError, OverridesError, UnreadableError
from strongroom.recovery.errors import GuardError, RequestError
from strongroom.recovery.plans.plan import PlanError


class UsageError(Exception):
    """Options that do not fit together or name nothing."""


class RefusedError(Exception):
    """Something that a safety guard does not let happen."""


FAULTS: Final[dict[type[Exception], Exit]] = {
    UsageError: Exit.USAGE,
    SettingsError: Exit.USAGE,
    NoDutyError: Exit.USAGE,
    TooLargeError: Exit.FAILED,
    UnreadableError: Exit.FAILED,
    OverridesError: Exit.USAGE,
    BaseError: Exit.FAILED,
    CheckingError: Exit.FAILED,
    ConfigurationError: Exit.USAGE,
    SlowError: Exit.TIMEOUT,
    StateError: Exit.FAILED,
    ManifestError: Exit.FAILED,
    PlanError: Exit.FAILED,
    RequestError: Exit.USAGE,
    GuardError: Exit.REFUSED,
    RefusedError: Exit.REFUSED,
    errors.WrongAccountError: Exit.REFUSED,
    errors.DeniedError: Exit.DENIED,
    errors.NotThereError: Exit.NOT_FOUND,
    errors.TimedOutError: Exit.TIMEOUT,
    errors.FailedError: Exit.FAILED,
}
