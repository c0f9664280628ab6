"""A prod account that lives, in memory, with one table of passes; and the doors of `restore` onto it."""

import io
import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from strongroom.aws.points import Point
from strongroom.aws.table_state import KeyPart
from strongroom.cli.output import Output
from strongroom.cli.restore_site import Doors, Where
from strongroom.config import manifest, stackfile
from strongroom.config.settings import SourceSettings
from strongroom.facts import arns, names
from strongroom.facts.items import Item
from strongroom.recovery.reapply import wanted
from tests.strongroom.aws.memory import MemoryAws
from tests.strongroom.aws.memory_accounts import REGION, Content, MemoryTable
from tests.strongroom.aws.memory_calls import NOON
from tests.strongroom.aws.memory_others import put_object
from tests.strongroom.aws.memory_sessions import MemorySessions

PROD: Final = "111111111111"
BACKUP: Final = "333333333333"
PASSES: Final = "prod-submit-passes"
VAULT: Final = names.local_vault("prod")
RESTORED: Final = f"{PASSES}-restored-202611221200"
TYPED: Final = f"{PROD} prod"
_STACKFILE: Final = Path(__file__).parents[3] / "Pulumi.prod.yaml"
_KEY: Final = "passId"


def item(name: str, /, **more: str) -> Item:
    """A pass."""
    return {_KEY: {"S": name}, **{attribute: {"S": value} for attribute, value in more.items()}}


@dataclass
class Counter:
    """The command's doors, what somebody types, and what was printed."""

    folder: Path
    aws: MemoryAws = field(default_factory=MemoryAws)
    typed: str = TYPED
    questions: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.sessions = MemorySessions(self.aws, {"strongroom-prod": PROD, "strongroom-backup": BACKUP})
        self.out, self.err = io.StringIO(), io.StringIO()
        shutil.copy(_STACKFILE, self.folder)
        found = stackfile.read(self.folder / _STACKFILE.name)
        assert isinstance(found, SourceSettings)
        self.settings = found
        self.declared = next(table for table in found.tables if table.name == PASSES)
        self.have(PASSES, item("a"), item("b", paid="yes"), item("c"))
        self.where = Where(PASSES, stack="prod")

    @property
    def doors(self) -> Doors:
        return Doors(
            aws=lambda _: self.sessions,
            region=lambda _: REGION,
            ask=self.ask,
            random=Random(1),  # noqa: S311 - the same pauses every time
            now=self.aws.clock.monotonic,
            sleep=self.aws.clock.sleep,
            folder=self.folder,
            output=Output(self.out, self.err),
        )

    def ask(self, question: str) -> str:
        self.questions.append(question)
        return self.typed

    def have(self, name: str, *items: Item) -> MemoryTable:
        """Have a table of passes with all settings that are declared."""
        all_ = wanted(self.settings, self.declared)
        return self.aws.account(PROD).table(
            name,
            Content(items, (KeyPart(_KEY, "HASH", "S"),)),
            ttl_attribute=all_.ttl_attribute,
            pitr_days=all_.pitr_days,
            pitr_since=NOON - timedelta(days=100),
            deletion_protection=all_.deletion_protection,
            tags=dict(all_.tags),
        )

    def table(self, name: str = PASSES) -> MemoryTable:
        return self.aws.account(PROD).tables[name]

    def held(self, name: str = PASSES) -> dict[str, Item]:
        """Items by key."""
        return {str(one[_KEY]["S"]): one for one in self.table(name).content.items}

    def hold(self, *items: Item, name: str = PASSES) -> None:
        """Let a table hold other items from now on; what it held before is remembered for point-in-time recovery."""
        table = self.table(name)
        table.history.setdefault(NOON - timedelta(days=100), table.content)
        table.content = Content(items, table.content.keys)
        table.history[self.aws.clock.now()] = table.content

    def take_point(
        self, arn: str, *items: Item, hours_ago: int = 1, status: str = "COMPLETED", of: str = PASSES
    ) -> Point:
        """Put a point of a table into the local vault."""
        created = NOON - timedelta(hours=hours_ago)
        made = Point(arn, VAULT, arns.table(REGION, PROD, of), status, created, size_bytes=1_000)
        self.aws.point(PROD, made, content=Content(items, self.table().content.keys))
        return made

    def declare_in_the_archive(self) -> None:
        """Write the settings manifest."""
        bucket = names.archive_bucket("prod", BACKUP, REGION)
        self.aws.bucket(bucket, BACKUP)
        put_object(self.aws, bucket, names.manifest_key("prod"), manifest.text(manifest.of(self.settings)).encode())
