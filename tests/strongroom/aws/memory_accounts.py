"""What accounts in memory hold; doors read and change it, tests may do so directly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from strongroom.aws.backups import BackupJob
from strongroom.aws.buckets import Bucket
from strongroom.aws.exports import Export
from strongroom.aws.jobs import JobState
from strongroom.aws.metrics import Measure
from strongroom.aws.objects import Version
from strongroom.aws.points import Point
from strongroom.aws.table_state import KeyPart
from strongroom.config.tables import StreamView
from strongroom.documents.policy import Document
from strongroom.facts import arns
from strongroom.facts.items import Item

REGION: Final = "eu-west-2"
ID_KEY: Final = (KeyPart("id", "HASH", "S"),)


@dataclass(frozen=True)
class Content:
    """What a point or an instant of a table holds."""

    items: tuple[Item, ...] = ()
    keys: tuple[KeyPart, ...] = ID_KEY


@dataclass(frozen=True)
class Outcome:
    """How a job ends."""

    state: JobState = JobState.COMPLETED
    message: str | None = None
    never: bool = False
    """Whether it stays in `state` for ever."""
    took: timedelta | None = None
    """Default: what the table's jobs take."""


@dataclass
class MemoryVault:
    """A vault."""

    name: str
    arn: str
    key_arn: str = ""
    tags: dict[str, str] = field(default_factory=dict[str, str])
    token: str | None = None
    policy: Document | None = None
    points: dict[str, Point] = field(default_factory=dict[str, Point])
    bounds: tuple[int, int] | None = None
    """Days of its lock. None: not locked."""
    created: datetime | None = None


@dataclass
class MemoryKey:
    """A KMS key."""

    arn: str
    policy: Document
    description: str
    tags: dict[str, str]
    deleted_at: datetime | None = None
    alias: str | None = None


@dataclass
class MemoryTable:
    """A table; a restored one begins with nothing but its items and its key."""

    name: str
    arn: str
    content: Content = field(default_factory=Content)
    ttl_attribute: str | None = None
    ttl_until: datetime | None = None
    """Until when expiry is being switched."""
    pitr_days: int | None = None
    pitr_since: datetime | None = None
    history: dict[datetime, Content] = field(default_factory=dict[datetime, Content])
    """What it held from these instants on; before the first, and without any, `content`."""
    deletion_protection: bool = False
    stream: StreamView | None = None
    tags: dict[str, str] = field(default_factory=dict[str, str])
    kms_key_arn: str | None = None
    busy: tuple[str, datetime] | None = None
    """A status such as UPDATING, and until when. None: ACTIVE."""
    created: datetime | None = None


@dataclass
class MemoryJob:
    """A copy or a restore under way."""

    id: str
    table: str
    created: datetime
    outcome: Outcome
    due: datetime
    asked: object
    """The request; the same token with another one is refused."""
    token: str
    ends: Callable[["MemoryJob"], None]
    """Called once, when it is due: makes what the job makes, or takes it away."""
    made: str | None = None
    """ARN of what it makes when it ends well."""
    settled: bool = False

    @property
    def well(self) -> bool:
        """Whether it ends well."""
        return self.outcome.state is JobState.COMPLETED and not self.outcome.never


@dataclass
class MemoryObject:
    """One version, or a delete marker, with what it holds."""

    version: Version
    body: bytes = b""


@dataclass
class MemoryBucket:
    """A bucket; versions of each key, the newest first."""

    owner: str
    objects: dict[str, list[MemoryObject]] = field(default_factory=dict[str, list[MemoryObject]])
    setup: Bucket | None = None
    """What the door to buckets tells of it. None: there is no such bucket to that door."""


@dataclass
class MemoryAccount:
    """One account."""

    id: str
    vaults: dict[str, MemoryVault] = field(default_factory=dict[str, MemoryVault])
    keys: dict[str, MemoryKey] = field(default_factory=dict[str, MemoryKey])
    tables: dict[str, MemoryTable] = field(default_factory=dict[str, MemoryTable])
    copies: dict[str, MemoryJob] = field(default_factory=dict[str, MemoryJob])
    restores: dict[str, MemoryJob] = field(default_factory=dict[str, MemoryJob])
    parameters: dict[str, str] = field(default_factory=dict[str, str])
    backups: list[BackupJob] = field(default_factory=list[BackupJob])
    exports: dict[str, list[Export]] = field(default_factory=dict[str, list[Export]])
    """Completed full ones, by the table's ARN."""
    measures: list[tuple[str, Measure]] = field(default_factory=list[tuple[str, Measure]])
    """With the namespace of each."""
    running_copies: int = 1000
    """Copies at a time that AWS accepts."""
    running_restores: int = 1000
    """Restores at a time that AWS accepts."""
    most_tables: int = 2_500
    """Tables that the account may hold."""
    at_once: dict[str, int] = field(default_factory=dict[str, int])
    """The most jobs that were running at a time so far, by kind: copy, restore."""

    def vault(self, name: str, bounds: tuple[int, int] | None = None) -> MemoryVault:
        """Have a vault."""
        made = MemoryVault(name, arns.vault(REGION, self.id, name), bounds=bounds)
        return self.vaults.setdefault(name, made)

    def table(self, name: str, content: Content | None = None, **settings: object) -> MemoryTable:
        """Have a table; settings are fields of MemoryTable."""
        made = MemoryTable(name, arns.table(REGION, self.id, name), content or Content())
        for setting, value in settings.items():
            setattr(made, setting, value)
        return self.tables.setdefault(name, made)


def running(jobs: Mapping[str, MemoryJob], now: datetime) -> int:
    """How many jobs have not ended."""
    return sum(job.outcome.never or now < job.due for job in jobs.values())
