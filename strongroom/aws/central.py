"""Whether the central side of a source is there, before the source registers anything."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from strongroom.aws.buckets import Retention
from strongroom.aws.comparison import holds
from strongroom.aws.errors import DeniedError
from strongroom.aws.vaults import Vaults
from strongroom.config.archive import ManagedBy
from strongroom.config.lifecycle import LockBounds
from strongroom.config.profiles import BACKUP_PROFILE
from strongroom.config.settings import SourceSettings
from strongroom.config.tiers import TIERS
from strongroom.documents import vaults
from strongroom.documents.policy import Document, Statement, document
from strongroom.documents.principals import Origin, kept_out
from strongroom.facts import names

if TYPE_CHECKING:
    # What makes sessions imports boto3, which takes a quarter of a second.
    from strongroom.aws.sessions import Sessions


def missing(settings: SourceSettings, sessions: "Sessions") -> list[str]:
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
    if policy is None or not lets_in(policy, settings, vaults.copy_in):
        return f"does not let role {names.backup_role(settings.environment)} of account {settings.accounts.own} copy in"
    return None


def lets_in(policy: Document, settings: SourceSettings, written: Callable[[Origin], Sequence[Statement]]) -> bool:
    """Whether a policy lets the source in: by its account, or as a fresh account in place of one that was lost.

    The fresh account does not know which accounts the central stack knows of, so it looks into the statement for them.

    Args:
        policy: As it stands.
        settings: The source's; `accounts.own` is the account that wants in.
        written: Makes the pair of statements that such a policy has for an origin: known account, fresh account.
    """
    own = settings.accounts.own
    return holds(policy, written(_origin(settings, own))[0]) or any(
        out and own not in out and holds(document(statement), written(_origin(settings, *out))[1])
        for statement in policy["Statement"]
        for out in [kept_out(statement)]
    )


def _archive(settings: SourceSettings, sessions: "Sessions") -> Iterator[str]:
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


def _origin(settings: SourceSettings, account: str, *others: str) -> Origin:
    return Origin(settings.environment, account, settings.organization.sources_path, others)


def _fix(settings: SourceSettings) -> str:
    return (
        f"say the same of {settings.environment} under sources: in the central stack's file and run"
        " `pulumi up --stack backup`, or set strongroom:central to {check: off} while the backup account is lost"
    )
