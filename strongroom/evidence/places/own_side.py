"""A source's own account: tables, the points beside them, their jobs, exports, and the manifest's way out."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Final

from strongroom.aws.errors import AwsError
from strongroom.aws.exports import Export, Exports
from strongroom.aws.groups import Watching
from strongroom.aws.objects import Version
from strongroom.aws.table_state import TableStates
from strongroom.config import freshness
from strongroom.config.manifest import Manifest
from strongroom.config.settings import SourceSettings
from strongroom.config.tables import TableSettings
from strongroom.evidence.places import job_signs, manifests, shelves, table_exports, tables
from strongroom.evidence.places.aging import Due
from strongroom.evidence.places.manifests import Where
from strongroom.evidence.places.shelves import Shelf
from strongroom.evidence.places.sights import Blind, Seen, attempted, together
from strongroom.facts import arns, names

_AT_ONCE: Final = 8
"""Tables that are looked at at one time; DynamoDB answers ten or more such questions a second without complaint."""


@dataclass(frozen=True)
class OwnSide:
    """What was seen there, and what the look at the backup account needs of it."""

    seen: Seen
    since: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    """When tables were made, where that is known."""
    exports: Mapping[str, Export] = field(default_factory=dict[str, Export])
    """Newest export in the exports bucket, by table."""
    manifest: Version | None = None
    """Newest version in the exports bucket. Absent: none, or not known."""


@dataclass(frozen=True)
class _Doors:
    states: TableStates
    exports: Exports


@dataclass(frozen=True)
class _Looked:
    name: str
    seen: Seen
    since: datetime | None = None
    export: Export | None = None


def look(wanted: Manifest, sessions: Watching, now: datetime) -> OwnSide:
    """Look at a source's own account with its own profile.

    Args:
        wanted: What is declared.
        sessions: Doors by profile.
        now: By the clock of AWS.
    """
    settings, profile = wanted.settings, names.profile(wanted.settings.environment)
    doors = _Doors(sessions.table_states(profile), sessions.exports(profile))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        looked = list(pool.map(partial(_table, settings=settings, doors=doors), settings.tables))
    since = {one.name: one.since for one in looked if one.since is not None}
    due = {table.name: Due(freshness.local(table.data_class.tiers), since.get(table.name)) for table in settings.tables}
    vaults = shelves.Doors(sessions.vaults(profile), sessions.points(profile))
    seen = [
        tables.heads(together(one.seen for one in looked), now),
        attempted(wanted.vaults.local, lambda: shelves.look(_shelf(wanted, due), vaults, now)),
        attempted(job_signs.PLACE, lambda: job_signs.look(wanted.vaults.local, due, sessions.backups(profile), now)),
    ]
    made = {one.name: one.export for one in looked if one.export and one.export.bucket == wanted.buckets.exports}
    return _with_manifest(OwnSide(together(seen), since, made), wanted, sessions, now)


def _table(table: TableSettings, settings: SourceSettings, doors: _Doors) -> _Looked:
    arn = arns.table(settings.region, settings.accounts.own, table.name)
    try:
        state = doors.states.state(table.name)
        seen = tables.look(table, settings, state, doors.states)
    except AwsError as fault:
        return _Looked(table.name, Seen(blind=(Blind(f"table {table.name}", fault),)))
    since = state.created if state else None
    try:
        told, export = table_exports.look(table.name, arn, doors.exports)
    except AwsError as fault:
        blind = Seen(blind=(Blind(f"exports of {table.name}", fault),))
        return _Looked(table.name, together([seen, blind]), since)
    return _Looked(table.name, together([seen, told]), since, export)


def _shelf(wanted: Manifest, due: Mapping[str, Due]) -> Shelf:
    settings = wanted.settings
    days = {settings.retention_days.days(tier) for table in settings.tables for tier in table.data_class.tiers}
    return Shelf(freshness.LOCAL, wanted.vaults.local, due, frozenset(days))


def _with_manifest(side: OwnSide, wanted: Manifest, sessions: Watching, now: datetime) -> OwnSide:
    settings = wanted.settings
    where = Where(wanted.buckets.exports, settings.accounts.own, settings.environment)
    objects = sessions.objects(names.profile(settings.environment))
    try:
        found = manifests.standing(where, objects)
        told = Seen(findings=tuple(manifests.sent(where, found, wanted, objects, now)))
    except AwsError as fault:
        return replace(side, seen=together([side.seen, Seen(blind=(Blind(where.bucket, fault),))]))
    return replace(side, seen=together([side.seen, told]), manifest=found.version if found else None)
