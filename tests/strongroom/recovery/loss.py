"""A prod account that is lost, in memory: its manifest in the archive, its points in central vaults, a new account."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from strongroom.aws.points import Point
from strongroom.config import manifest, stackfile
from strongroom.config.manifest import Manifest
from strongroom.config.settings import SourceSettings, parse
from strongroom.facts import arns, names
from strongroom.facts.items import Item
from strongroom.recovery.plans import planning
from strongroom.recovery.plans.plan import Plan
from tests.strongroom.aws.memory import MemoryAws
from tests.strongroom.aws.memory_others import put_object
from tests.strongroom.aws.memory_sessions import MemorySessions

LOST: Final = "111111111111"
FRESH: Final = "555555555555"
BACKUP: Final = "333333333333"
REGION: Final = "eu-west-2"
ARCHIVE: Final = names.archive_bucket("prod", BACKUP, REGION)
KEY: Final = names.manifest_key("prod")
NIGHT: Final = datetime(2026, 11, 22, 3, tzinfo=UTC)
"""When the newest points were taken; the clock begins at noon."""
DAY: Final = timedelta(days=1)
_CHECKOUT: Final = Path(__file__).parents[3]


def settings(*tables: str, **changes: object) -> SourceSettings:
    """Settings of prod, with tables of these names; without any, its own."""
    values = {**stackfile.values(_CHECKOUT / "Pulumi.prod.yaml"), **changes}
    if tables:
        values["tables"] = [{"name": name, "dataClass": "standard", "hashKey": {"name": "id"}} for name in tables]
    found = parse(values, file="Pulumi.prod.yaml")
    assert isinstance(found, SourceSettings)
    return found


@cache
def vault(tier: str = "daily") -> str:
    """Name of a central vault of prod."""
    return manifest.of(settings()).vaults.central[tier]


def point(table: str, created: datetime = NIGHT, tier: str = "daily", **changes: object) -> Point:
    """A good point of a table of prod."""
    days = 35 if tier == "daily" else 90
    made = Point(
        arn=f"arn:aws:backup:{REGION}:{BACKUP}:recovery-point:{table}-{created:%Y%m%d%H%M%S}-{tier}",
        vault=vault(tier),
        resource_arn=arns.table(REGION, LOST, table),
        status="COMPLETED",
        created=created,
        deleted_at=created + timedelta(days=days),
        size_bytes=1_200_000,
        days=days,
    )
    return replace(made, **changes)


@dataclass
class Loss:
    """The scene; a point of every table was taken last night and the night before."""

    declared: SourceSettings = field(default_factory=settings)
    aws: MemoryAws = field(default_factory=MemoryAws)

    def __post_init__(self) -> None:
        self.sessions = MemorySessions(self.aws, {"strongroom-prod": FRESH, "strongroom-backup": BACKUP})
        self.aws.bucket(ARCHIVE, BACKUP)
        self.told = list[str]()
        self.aws.clock.at = NIGHT - DAY
        self.declare()
        self.aws.clock.at = NIGHT + timedelta(hours=9)
        self.aws.account(FRESH)
        for tier in ("daily", "weekly", "monthly"):
            self.aws.account(BACKUP).vault(vault(tier))
        for table in self.declared.tables:
            self.have(point(table.name, NIGHT - DAY))
            self.have(point(table.name))

    def declare(self, document: Manifest | bytes | None = None) -> str:
        """Write a version of the manifest; None is prod's own."""
        made = manifest.of(self.declared) if document is None else document
        return put_object(self.aws, ARCHIVE, KEY, made if isinstance(made, bytes) else manifest.text(made).encode())

    def have(self, one: Point, items: tuple[Item, ...] = ()) -> None:
        """Put a point into the vault that it names, in the backup account."""
        self.aws.point(BACKUP, one, items)

    def change(self, one: Point, **changes: object) -> Point:
        """Let a point be other than it was."""
        changed = replace(one, **changes)
        self.aws.account(BACKUP).vaults[one.vault].points[one.arn] = changed
        return changed

    def lose(self, one: Point) -> None:
        """Take a point away."""
        del self.aws.account(BACKUP).vaults[one.vault].points[one.arn]

    def plan(self, **request: object) -> Plan:
        """The plan for a request; unsaid, for all of prod."""
        asked = replace(planning.Request("prod", REGION), **request)
        seeded = Random(1)  # noqa: S311 - the same run id every time
        return planning.plan(asked, planning.Doors(self.sessions, seeded, self.told.append))
