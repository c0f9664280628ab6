"""A source that is kept as its stack file declares, in memory, and ways to spoil it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from strongroom.aws.backups import BackupJob
from strongroom.aws.buckets import Bucket, Retention
from strongroom.aws.jobs import JobState
from strongroom.aws.points import Point
from strongroom.config import manifest
from strongroom.config.manifest import Manifest
from strongroom.config.settings import CentralSettings, SourceSettings
from strongroom.config.tables import TableSettings
from strongroom.config.tiers import TIERS, Tier
from strongroom.evidence.places import tables, verify
from strongroom.evidence.places.sights import Kind, Report
from strongroom.facts import names
from tests.stacks import world
from tests.strongroom.aws.memory import MemoryAws
from tests.strongroom.aws.memory_accounts import MemoryAccount, MemoryVault
from tests.strongroom.aws.memory_others import put_object
from tests.strongroom.aws.memory_sessions import MemorySessions

PROD: Final = "111111111111"
BACKUP: Final = "333333333333"
KEY: Final = "arn:aws:kms:eu-west-2:{}:key/vault"
RECEIPTS: Final = "prod-submit-receipts"
"""A critical table: daily, weekly and monthly."""
ASYNC: Final = "prod-submit-async-requests"
"""A short-lived one: daily alone."""
AGES: Final[Mapping[str, timedelta]] = {
    "daily": timedelta(hours=9),
    "weekly": timedelta(days=3),
    "monthly": timedelta(days=21),
}
"""How old the newest point of each tier is."""
LONG_AGO: Final = timedelta(days=400)
DAILY: Final = timedelta(hours=39)
"""How old a daily point may be."""
HOUR: Final = timedelta(hours=1)
SECOND: Final = timedelta(seconds=1)


def prod() -> SourceSettings:
    settings = world.settings("prod")
    assert isinstance(settings, SourceSettings)
    return settings


def central() -> CentralSettings:
    """The central stack with one source."""
    settings = world.settings("backup")
    assert isinstance(settings, CentralSettings)
    return settings.model_copy(update={"sources": settings.sources[:1]})


@dataclass
class Kept:
    """Both accounts, with everything where it should be."""

    aws: MemoryAws = field(default_factory=MemoryAws)
    wanted: Manifest = field(default_factory=lambda: manifest.of(prod()))

    def __post_init__(self) -> None:
        for table in self.settings.tables:
            self._table(table)
        self.vault("local").created = self.at - LONG_AGO
        for tier in manifest.tiers(self.settings):
            self._tier(tier)
        self._manifest()

    @property
    def settings(self) -> SourceSettings:
        return self.wanted.settings

    @property
    def at(self) -> datetime:
        return self.aws.clock.now()

    @property
    def own(self) -> MemoryAccount:
        return self.aws.account(PROD)

    @property
    def backup(self) -> MemoryAccount:
        return self.aws.account(BACKUP)

    @property
    def sessions(self) -> MemorySessions:
        return MemorySessions(self.aws, {"strongroom-prod": PROD, "strongroom-backup": BACKUP})

    def vault(self, place: str) -> MemoryVault:
        """The vault of a place: local or a tier's."""
        if place == "local":
            return self.own.vault(self.wanted.vaults.local)
        return self.backup.vault(self.wanted.vaults.central[place])

    def point(self, place: str, table: str) -> Point:
        """The newest point of a table in a place."""
        return max(
            (one for one in self.vault(place).points.values() if one.table == table), key=lambda one: one.created
        )

    def change(self, place: str, table: str, **changes: object) -> None:
        """Change the newest point of a table in a place."""
        point = self.point(place, table)
        self.vault(place).points[point.arn] = replace(point, **changes)  # pyright: ignore[reportArgumentType]

    def take_away(self, place: str, table: str) -> None:
        """Take the points of a table out of a place."""
        points = self.vault(place).points
        for arn in [arn for arn, point in points.items() if point.table == table]:
            del points[arn]

    def document(self, bucket: str, **changes: object) -> None:
        """Change the newest version of the manifest in a bucket."""
        held = self.aws.buckets[bucket].objects[names.manifest_key("prod")]
        held[0].version = replace(held[0].version, **changes)  # pyright: ignore[reportArgumentType]

    def _table(self, table: TableSettings) -> None:
        made = self.own.table(
            table.name,
            ttl_attribute=table.ttl_attribute,
            pitr_days=table.pitr_days,
            deletion_protection=True,
            stream=table.stream,
            tags=dict(tables.tags(table, self.settings)),
        )
        made.created = self.at - LONG_AGO
        vault = self.vault("local")
        vault.key_arn = KEY.format(PROD)
        point = self._put(vault, table.name, TIERS["daily"])
        began = point.created
        self.own.backups.append(
            BackupJob(
                f"job-{table.name}",
                JobState.COMPLETED,
                None,
                point.arn,
                began,
                began,
                made.arn,
                self.wanted.vaults.local,
            )
        )

    def _tier(self, tier: Tier) -> None:
        bounds = self.settings.retention_days.lock(tier)
        vault = self.vault(tier.name)
        vault.bounds, vault.key_arn = (bounds.min_days, bounds.max_days), KEY.format(BACKUP)
        vault.created = self.at - LONG_AGO
        for table in self.settings.tables:
            if tier in table.data_class.tiers:
                self._put(vault, table.name, tier)

    def _put(self, vault: MemoryVault, table: str, tier: Tier) -> Point:
        days, created = self.settings.retention_days.days(tier), self.at - AGES[tier.name]
        arn = f"arn:aws:backup:eu-west-2:{vault.arn.split(':')[4]}:recovery-point:{vault.name}-{table}"
        resource = f"arn:aws:dynamodb:eu-west-2:{PROD}:table/{table}"
        ends = created + timedelta(days=days)
        point = Point(arn, vault.name, resource, "COMPLETED", created, ends, key_arn=vault.key_arn, days=days)
        vault.points[arn] = point
        return point

    def _manifest(self) -> None:
        buckets, key, body = self.wanted.buckets, names.manifest_key("prod"), manifest.text(self.wanted).encode()
        self.aws.bucket(buckets.exports, PROD)
        archive = self.aws.bucket(buckets.archive, BACKUP)
        id_ = put_object(self.aws, buckets.exports, key, body)
        put_object(self.aws, buckets.archive, key, body)
        written = self.at - timedelta(days=2)
        until = self.at + timedelta(days=2000)
        self.document(buckets.exports, replication_status="COMPLETED", modified=written)
        self.document(
            buckets.archive, replication_status="REPLICA", version_id=id_, modified=written, locked_until=until
        )
        retention = Retention("GOVERNANCE", self.settings.archive.retention_days)
        archive.setup = Bucket(buckets.archive, versioned=True, locked=True, retention=retention)


def looked(kept: Kept) -> Report:
    """What verify sees of the source."""
    return verify.of_source(kept.wanted, "Pulumi.prod.yaml", kept.sessions, lambda _: None)


def told(report: Report) -> list[tuple[Kind, str, str]]:
    """What was found, by kind, place and subject, where everything could be seen."""
    assert report.seen.blind == ()
    return [(one.kind, one.place, one.subject) for one in report.seen.findings]


def only(report: Report) -> str:
    """The sentence of the only finding."""
    (found,) = report.seen.findings
    return found.sentence
