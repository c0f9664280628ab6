"""Looks at the accounts of a stack before anything is registered in them."""

from typing import TypeGuard

from strongroom.aws import central, identity
from strongroom.aws.sessions import Sessions
from strongroom.config.archive import ManagedBy
from strongroom.config.profiles import BACKUP_PROFILE
from strongroom.config.settings import CentralCheck, Settings, SourceSettings
from strongroom.facts import names


class MissingCentralSideError(Exception):
    """A source without its central side; its text is a sentence for each thing that it lacks."""


def check(settings: Settings, sessions: Sessions) -> None:
    """Make sure that every profile lands where it should, and that a source's central side is there.

    Args:
        settings: the stack's.
        sessions: door to AWS, by profile.

    Raises:
        AwsError: a profile that lands in another account than the one meant, or an account that cannot be asked.
        MissingCentralSideError: copies and replicas would have nowhere to go.
    """
    for profile, account in _accounts(settings).items():
        identity.confirm(profile, account, sessions)
    lacking = central.missing(settings, sessions) if _looks(settings) else []
    if lacking:
        raise MissingCentralSideError("\n".join(lacking))


def _accounts(settings: Settings) -> dict[str, str]:
    """Account that each profile of the stack must land in."""
    found = {names.profile(settings.environment): settings.accounts.own}
    if isinstance(settings, SourceSettings) and (_looks(settings) or settings.archive.managed_by is ManagedBy.SOURCE):
        found[BACKUP_PROFILE] = settings.accounts.backup
    return found


def _looks(settings: Settings) -> TypeGuard[SourceSettings]:
    """The central stack has no other side, and a source may do without while the backup account is lost."""
    return isinstance(settings, SourceSettings) and settings.central.check is CentralCheck.REQUIRED
