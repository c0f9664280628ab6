"""Whether the central side of a source is there, before the source registers anything."""

from collections.abc import Iterator

from strongroom.aws.buckets import Retention
from strongroom.aws.comparison import holds
from strongroom.aws.errors import DeniedError
from strongroom.aws.sessions import Sessions
from strongroom.aws.vaults import Vaults
from strongroom.config.archive import ManagedBy
from strongroom.config.lifecycle import LockBounds
from strongroom.config.profiles import BACKUP_PROFILE
from strongroom.config.settings import SourceSettings
from strongroom.config.tiers import TIERS
from strongroom.documents import vaults
from strongroom.documents.principals import Origin
from strongroom.facts import names


def missing(settings: SourceSettings, sessions: Sessions) -> list[str]:
    """What the central side lacks: one sentence each, with the fix. None: it is all there.

    Args:
        settings: The source's.
        sessions: Door to AWS; the backup account is seen by its profile.

    Raises:
        AwsError: the backup account cannot be asked.
    """
    return [*_vaults(settings, sessions.vaults(BACKUP_PROFILE)), *_archive(settings, sessions)]


def _vaults(settings: SourceSettings, door: Vaults) -> Iterator[str]:
    used = {tier.name for table in settings.tables for tier in table.data_class.tiers}
    for tier in (tier for name, tier in TIERS.items() if name in used):
        name = settings.retention_days.central_vault(settings.environment, tier)
        fault = _vault(settings, door, name, settings.retention_days.lock(tier))
        if fault:
            yield f"vault {name} in account {settings.accounts.backup} {fault}; {_fix(settings)}"


def _vault(settings: SourceSettings, door: Vaults, name: str, bounds: LockBounds) -> str | None:
    try:
        found = door.vault(name)
        policy = door.policy(name) if found else None
    except DeniedError as denied:
        # AWS answers so for a vault that does not exist, too.
        return f"is not there, or may not be seen ({denied})"
    if found is None:
        return "is not there"
    if not found.locked:
        return "is not locked"
    if (found.min_days, found.max_days) != (bounds.min_days, bounds.max_days):
        return f"is locked from {found.min_days} to {found.max_days} days, not {bounds.min_days} to {bounds.max_days}"
    if policy is None or not holds(policy, vaults.copy_in(_origin(settings))):
        return f"does not let role {names.backup_role(settings.environment)} of account {settings.accounts.own} copy in"
    return None


def _archive(settings: SourceSettings, sessions: Sessions) -> Iterator[str]:
    if settings.archive.managed_by is not ManagedBy.CENTRAL:
        return
    account, region = settings.accounts.backup, settings.region
    name = names.archive_bucket(settings.environment, account, region)
    found = sessions.buckets(BACKUP_PROFILE).lock(name, account)
    wanted = Retention(settings.archive.mode.value.upper(), settings.archive.retention_days)
    if found is None:
        fault = "is not there"
    elif not found.locked:
        fault = "has no Object Lock"
    elif found.retention != wanted:
        fault = f"keeps objects by {_says(found.retention)}, not {_says(wanted)}"
    else:
        return
    yield f"bucket {name} in account {account} {fault}; {_fix(settings)}"


def _says(retention: Retention | None) -> str:
    return f"{retention.mode} for {retention.days} days" if retention else "no default retention"


def _origin(settings: SourceSettings) -> Origin:
    return Origin(settings.environment, settings.accounts.own, settings.organization.sources_path)


def _fix(settings: SourceSettings) -> str:
    return (
        f"say the same of {settings.environment} under sources: in the central stack's file and run"
        " `pulumi up --stack backup`, or set strongroom:central to {check: off} while the backup account is lost"
    )
