"""A look at every place in which the data of an environment is kept, with what is declared held against it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from strongroom.aws import identity
from strongroom.aws.errors import AwsError, NotThereError, WrongAccountError
from strongroom.aws.groups import Watching
from strongroom.aws.identity import Identity
from strongroom.config import manifest
from strongroom.config.manifest import Manifest, ManifestError
from strongroom.config.profiles import BACKUP_PROFILE
from strongroom.config.settings import CentralSettings, Source
from strongroom.config.tables import TableSettings
from strongroom.evidence.places import central_side, manifests, own_side
from strongroom.evidence.places.central_side import CentralSide, Sent
from strongroom.evidence.places.manifests import PLACE, Standing, Where
from strongroom.evidence.places.own_side import OwnSide
from strongroom.evidence.places.sights import Blind, Kind, Report, Seen, attempted, together
from strongroom.facts import names

Told = Callable[[str], None]
"""Hears what is being looked at."""

_NOBODY: Final = Sent()


def of_source(wanted: Manifest, declared: str, sessions: Watching, told: Told) -> Report:
    """Look at one source from its own account and, with its reader role, at its side in the backup account.

    Args:
        wanted: What is declared.
        declared: Where that was read.
        sessions: Doors by profile.
        told: Hears what is being looked at.

    Raises:
        WrongAccountError: a profile lands in another account than the one meant.
        AwsError: neither account can be entered. Where one cannot, the other is looked at, and the report says so.
    """
    settings = wanted.settings
    profile = names.profile(settings.environment)
    own = _entered(profile, settings.accounts.own, sessions)
    backup = _entered(BACKUP_PROFILE, settings.accounts.backup, sessions)
    now = _time(own, backup)
    told(f"looking at account {settings.accounts.own}")
    if isinstance(own, Identity):
        side = own_side.look(wanted, sessions, now)
    else:
        side = OwnSide(Seen(blind=(Blind(f"account {settings.accounts.own} (profile {profile})", own),)))
    told(f"looking at account {settings.accounts.backup}")
    if isinstance(backup, Identity):
        central = _central_of(wanted, side, sessions, now)
    else:
        central = Seen(blind=(Blind(f"account {settings.accounts.backup} (profile {BACKUP_PROFILE})", backup),))
    seen = together([side.seen, central])
    return Report(settings.environment, settings.accounts.own, now, declared, seen)


def of_central(settings: CentralSettings, declared: str, sessions: Watching, told: Told) -> Report:
    """Look at the vaults and archives of all sources from the backup account; tables are those of their manifests.

    Args:
        settings: Of the central stack.
        declared: Where they were read.
        sessions: Doors by profile.
        told: Hears what is being looked at.

    Raises:
        WrongAccountError: the profile lands in another account.
        AwsError: the account cannot be entered.
    """
    profile = names.profile(settings.environment)
    now = identity.confirm(profile, settings.accounts.own, sessions).at
    seen = list[Seen]()
    for source in settings.sources:
        told(f"looking at what {source.environment} keeps")
        seen.append(_source(source, settings, sessions, now))
    return Report(settings.environment, settings.accounts.own, now, declared, together(seen))


def _entered(profile: str, account: str, sessions: Watching) -> Identity | AwsError:
    try:
        return identity.confirm(profile, account, sessions)
    except WrongAccountError:
        raise
    except AwsError as fault:
        return fault


def _time(own: Identity | AwsError, backup: Identity | AwsError) -> datetime:
    if isinstance(own, Identity):
        return own.at
    if isinstance(backup, Identity):
        return backup.at
    raise own


def _central_of(wanted: Manifest, side: OwnSide, sessions: Watching, now: datetime) -> Seen:
    settings = wanted.settings
    central = CentralSide(
        where=Where(wanted.buckets.archive, settings.accounts.backup, settings.environment),
        archive=settings.archive,
        retention=settings.retention_days,
        tiers=tuple(manifest.tiers(settings)),
        tables=settings.tables,
        since=side.since,
    )
    sent = Sent(side.manifest, side.exports)
    return _looked(central, sent, sessions, BACKUP_PROFILE, now)


def _looked(central: CentralSide, sent: Sent, sessions: Watching, profile: str, now: datetime) -> Seen:
    return together(
        [
            central_side.vaults(central, sessions, profile, now),
            attempted(central.where.bucket, lambda: central_side.archive(central, sent, sessions, profile, now)),
        ]
    )


def _source(source: Source, settings: CentralSettings, sessions: Watching, now: datetime) -> Seen:
    profile, name = names.profile(settings.environment), source.environment
    bucket = names.archive_bucket(source.environment, settings.accounts.own, settings.region)
    where = Where(bucket, settings.accounts.own, source.environment, f"{name}-{PLACE}")
    said, tables, since = _declared(where, sessions, profile)
    central = CentralSide(where, source.archive, source.retention_days, source.kept_in, tables, since, name)
    since = {**since, **central_side.first(central, sessions.points(profile))}
    return together([said, _looked(replace(central, since=since), _NOBODY, sessions, profile, now)])


def _declared(
    where: Where, sessions: Watching, profile: str
) -> tuple[Seen, tuple[TableSettings, ...], Mapping[str, datetime]]:
    """Tables of a source by its manifest in the archive, none where it cannot be read, and since when they are kept."""
    objects = sessions.objects(profile)
    try:
        found = manifests.standing(where, objects)
    except NotThereError:
        # The look at the archive tells of it.
        return Seen(), (), {}
    except AwsError as fault:
        return Seen(blind=(Blind(f"settings manifest in {where.bucket}", fault),)), (), {}
    try:
        tables = manifest.read(manifests.text(where, found, objects)).settings.tables if found else ()
    except ManifestError as malformed:
        wrong = where.finding(Kind.WRONG, f"holds a settings manifest that cannot be used: {malformed}")
        return Seen(findings=(wrong,)), (), {}
    except AwsError as fault:
        return Seen(blind=(Blind(f"settings manifest in {where.bucket}", fault),)), (), {}
    return Seen(), tables, _since(tables, found)


def _since(tables: tuple[TableSettings, ...], found: Standing | None) -> Mapping[str, datetime]:
    """A table that was never copied may be as new as the manifest that names it."""
    return {table.name: found.version.modified for table in tables} if found else {}
