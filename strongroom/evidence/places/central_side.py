"""A source's side in the backup account: a vault for each tier, and the archive."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from strongroom.aws.errors import AwsError, NotThereError
from strongroom.aws.exports import Export
from strongroom.aws.groups import Watching
from strongroom.aws.objects import Version
from strongroom.aws.points import Points
from strongroom.config import freshness
from strongroom.config.archive import Archive
from strongroom.config.retention import Retention
from strongroom.config.tables import TableSettings
from strongroom.config.tiers import Tier
from strongroom.evidence.places import archives, manifests, shelves, table_exports
from strongroom.evidence.places.aging import Due
from strongroom.evidence.places.archives import Held
from strongroom.evidence.places.manifests import Standing, Where
from strongroom.evidence.places.shelves import Shelf
from strongroom.evidence.places.sights import Seen, attempted, together


@dataclass(frozen=True)
class CentralSide:
    """What should be there."""

    where: Where
    """The archive."""
    archive: Archive
    retention: Retention
    tiers: tuple[Tier, ...]
    tables: tuple[TableSettings, ...]
    since: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    """When a table began to be copied, where that is known."""
    source: str | None = None
    """Name of the source, where places of several are told apart."""


@dataclass(frozen=True)
class Sent:
    """What the source has sent to the archive; where its account cannot be seen, nothing is known of it."""

    manifest: Version | None = None
    exports: Mapping[str, Export] = field(default_factory=dict[str, Export])


def first(side: CentralSide, points: Points) -> Mapping[str, datetime]:
    """When the oldest point of each table in the most frequent tier was taken; nothing where the vault cannot be read.

    That tier keeps its points longer than any tier waits for one, so that a table whose oldest point is younger than
    that wait began to be copied then.
    """
    try:
        found = points.in_vault(side.retention.central_vault(side.where.environment, side.tiers[0]))
    except AwsError:
        # The look into the vault tells of it.
        return {}
    oldest = dict[str, datetime]()
    for point in found:
        oldest[point.table] = min(oldest.get(point.table, point.created), point.created)
    return oldest


def vaults(side: CentralSide, sessions: Watching, profile: str, now: datetime) -> Seen:
    """Look into the vaults of every tier.

    Args:
        side: What should be there.
        sessions: Doors by profile.
        profile: Of the backup account.
        now: By the clock of AWS.
    """
    doors = shelves.Doors(sessions.vaults(profile), sessions.points(profile))
    return together(_attempt(shelf, doors, now) for shelf in _shelves(side))


def archive(side: CentralSide, sent: Sent, sessions: Watching, profile: str, now: datetime) -> Seen:
    """Look into the archive.

    Args:
        side: What should be there.
        sent: What must have arrived.
        sessions: Doors by profile.
        profile: Of the backup account.
        now: By the clock of AWS.

    Raises:
        AwsError: it cannot be looked into.
    """
    objects = sessions.objects(profile)
    try:
        found = manifests.standing(side.where, objects)
    except NotThereError:
        return archives.without_a_bucket(side.where)
    seen = [archives.look(Held(side.where, side.archive, found), sessions.buckets(profile), now)]
    seen.append(Seen(findings=tuple(_arrived(side.where, found, sent, now))))
    seen += [table_exports.replica(table, export, side.where, objects, now) for table, export in sent.exports.items()]
    return together(seen)


def _attempt(shelf: Shelf, doors: shelves.Doors, now: datetime) -> Seen:
    return attempted(shelf.vault, lambda: shelves.look(shelf, doors, now))


def _arrived(where: Where, found: Standing | None, sent: Sent, now: datetime) -> Iterator[archives.Finding]:
    if found is not None and sent.manifest is not None:
        yield from manifests.arrived(where, found, sent.manifest, now)


def _shelves(side: CentralSide) -> Iterator[Shelf]:
    for tier in side.tiers:
        kept = [table.name for table in side.tables if tier in table.data_class.tiers]
        yield Shelf(
            place=freshness.place(tier, side.source),
            vault=side.retention.central_vault(side.where.environment, tier),
            tables={table: Due(freshness.limit(tier), side.since.get(table)) for table in kept},
            days=frozenset({side.retention.days(tier)}),
            lock=side.retention.lock(tier),
        )
