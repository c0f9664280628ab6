"""The source that a thing in the backup account is for."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from components.checks import checked
from strongroom.config.fields import AccountId, Environment, OrganizationPath, Section
from strongroom.documents.principals import Origin


class OriginArgs(TypedDict):
    """Where copies and replicas come from."""

    environment: str
    """Environment of the source."""
    account_id: str
    """Its account, twelve digits."""
    sources_path: str
    """Path of the organizational unit of the sources, ending in '/': a fresh account of that unit is let in too."""
    other_account_ids: NotRequired[Sequence[str]]
    """Accounts of the other sources in that unit, which are not let in. Absent: there are none."""


class _Origin(Section):
    environment: Environment
    account_id: AccountId
    sources_path: OrganizationPath
    other_account_ids: tuple[AccountId, ...] = ()


def origin(args: OriginArgs) -> Origin:
    """Check a source.

    Raises:
        ValueError: one of its parts cannot exist.
    """
    source = checked(_Origin, args)
    return Origin(source.environment, source.account_id, source.sources_path, source.other_account_ids)
