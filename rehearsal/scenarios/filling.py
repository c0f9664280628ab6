"""The application writes: items before the months pass, and changes around the last points before the disaster."""

import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from rehearsal.items import writing
from rehearsal.items.history import Change
from rehearsal.local import application
from rehearsal.scenarios.scene import Scene
from rehearsal.scenarios.step import expect
from strongroom.config.tables import TableSettings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_WRITERS: Final = 2
_MARGIN: Final = timedelta(seconds=1)
"""By which the virtual clock is past the instant of a change when it is made: less than any point is from it."""


def tables_are_filled(scene: Scene, stack: str) -> None:
    """Write the items that every table begins with."""
    settings = scene.local.world.sources[stack]
    history = scene.ledger.history(settings.environment)
    client = application.dynamodb(scene.local.administrators, settings)

    def fill(table: TableSettings) -> int:
        scene.says(f"writing {history.items} items into {table.name}")
        return writing.put(client, table.name, history.first(table), time.sleep)

    with ThreadPoolExecutor(_WRITERS) as pool:
        written = list(pool.map(fill, settings.tables))
    expect(f"items written into {stack}", expected=[history.items] * len(settings.tables), got=written)


def changes_are_made(scene: Scene, until: datetime) -> None:
    """Turn the clock forward to an instant, from change to change, and make each of them when its time has come."""
    waiting = list(_waiting(scene, until))
    for instant in sorted({change.at for one in waiting for change in one.changes}):
        scene.says(f"{instant:%Y-%m-%d %H:%M}")
        _turn_to(scene, instant)
        for one in waiting:
            one.make(instant)
    _turn_to(scene, until)
    scene.ledger.changed_until = until


@dataclass(frozen=True)
class _Waiting:
    """Changes of a table that are still to be made."""

    client: "DynamoDBClient"
    table: str
    changes: deque[Change]

    def make(self, instant: datetime) -> None:
        due = list[Change]()
        while self.changes and self.changes[0].at <= instant:
            due.append(self.changes.popleft())
        writing.change(self.client, self.table, due, time.sleep)


def _waiting(scene: Scene, until: datetime) -> Iterator[_Waiting]:
    for settings in scene.local.world.sources.values():
        client = application.dynamodb(scene.local.administrators, settings)
        history = scene.ledger.history(settings.environment)
        for table in settings.tables:
            yield _Waiting(client, table.name, deque(history.after(table, scene.ledger.changed_until, until)))


def _turn_to(scene: Scene, instant: datetime) -> None:
    left = instant + _MARGIN - scene.local.control.now()
    if left > timedelta():
        scene.local.control.advance(left.total_seconds())
