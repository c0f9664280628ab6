"""Keeps the changes of the tables that have point-in-time recovery, for as long as the window of each.

A change is a few bytes more in a segment; only a segment that grew is written, so that a write costs the same however
long the history is.
"""

import pickle
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.registry import HOLDERS
from rehearsal.emulator.rules import differs
from rehearsal.emulator.services.dynamodb.changes import WRITTEN, Write
from rehearsal.emulator.services.dynamodb.journal import Change
from rehearsal.emulator.timeline import AGENDAS

_DYNAMODB: Final[Any] = door.module("services.dynamodb")
_SEGMENT_CHANGES: Final = 32
_DAY_SECONDS: Final = 24 * 60 * 60

Kept = tuple[float, Any, Any, bytes | None]
"""A change as it is kept: instant, partition key, sort key, and the item before, pickled."""


differs(
    "DynamoDB",
    "The items of a PartiQL transaction that was rolled back are in an incremental export, with equal images.",
    "Point-in-time recovery is ENABLED, and can be used, as soon as it is switched on.",
    "DescribeTable counts 200 bytes for each item, at once; backups, restores and exports count as AWS does.",
)


class _Recorder:
    """The history of one table; its segments are numbered from the oldest.

    Args:
        store: Of the segments.
        place: Account and region of the table.
        table_id: Of the table.
        days: Of its window.
    """

    def __init__(self, store: Any, place: tuple[str, str], table_id: str, days: int) -> None:
        self._store = store
        self._place = place
        self._id = table_id
        self.days = days
        self._numbers: list[int] = []
        self._last: list[Kept] = []

    def take_up(self, numbers: list[int]) -> None:
        """Go on after segments that are kept already."""
        self._numbers = sorted(numbers)
        if self._numbers:
            self._last = self._store.get_scoped(*self._place, (self._id, self._numbers[-1]))

    def record(self, write: Write) -> None:
        """Keep a change."""
        if not self._numbers or len(self._last) >= _SEGMENT_CHANGES:
            self._begin_segment()
        before = None if write.before is None else pickle.dumps(write.before, pickle.HIGHEST_PROTOCOL)
        self._last.append((clock.now().timestamp(), *write.key, before))
        self._store.set_scoped(*self._place, (self._id, self._numbers[-1]), self._last)

    def changes(self) -> Iterator[Change]:
        """Return every change that is kept, the oldest first."""
        for number in self._numbers:
            for at, partition, sort, before in self._store.get_scoped(*self._place, (self._id, number)):
                yield Change(at, (partition, sort), None if before is None else pickle.loads(before))  # noqa: S301 - ours

    def forget(self) -> None:
        """Drop all of it."""
        while self._numbers:
            self._drop_oldest()

    def cut(self) -> None:
        """Drop the segments that are older than the window."""
        oldest = clock.now().timestamp() - self.days * _DAY_SECONDS - 1
        while len(self._numbers) > 1 and self._segment(0)[-1][0] < oldest:
            self._drop_oldest()

    def _begin_segment(self) -> None:
        self.cut()
        self._numbers.append(self._numbers[-1] + 1 if self._numbers else 0)
        self._last = []

    def _segment(self, index: int) -> list[Kept]:
        return self._store.get_scoped(*self._place, (self._id, self._numbers[index]))

    def _drop_oldest(self) -> None:
        self._store.pop_scoped(*self._place, (self._id, self._numbers.pop(0)))


class Journals:
    """The histories of all tables that have one."""

    def __init__(self) -> None:
        self.segments = door.AccountRegionScopedDict()
        self._recorders: dict[str, _Recorder] = {}

    def written(self, write: Write) -> None:
        """Keep a change of a table that has a history."""
        recorder = self._recorders.get(write.table["TableId"])
        if recorder:
            recorder.record(write)

    def begin(self, table: door.Record, days: int) -> None:
        """Keep a table's changes from now on, or go on with another window."""
        recorder = self._recorders.get(table["TableId"])
        if recorder is None:
            self._recorders[table["TableId"]] = self._recorder((door.account(), door.region()), table["TableId"], days)
        else:
            recorder.days = days
            recorder.cut()

    def end(self, table: door.Record) -> None:
        """Forget a table's history."""
        recorder = self._recorders.pop(table["TableId"], None)
        if recorder:
            recorder.forget()

    def changes(self, table: door.Record) -> Iterator[Change]:
        """Return every change of a table that is kept, the oldest first; none without a history."""
        recorder = self._recorders.get(table["TableId"])
        return recorder.changes() if recorder else iter(())

    def next_due(self) -> datetime | None:
        """Nothing happens by itself."""
        return None

    def run_due(self, now: datetime) -> None:
        """Nothing happens by itself."""
        del now

    def renew(self) -> None:
        """Find the histories again that are kept."""
        numbers: dict[str, list[int]] = {}
        for _, _, (table_id, number) in self.segments.to_dict():
            numbers.setdefault(table_id, []).append(number)
        self._recorders.clear()
        for (account, region, name), settings in _DYNAMODB._pitr_settings.all_items():  # noqa: SLF001
            table = _DYNAMODB._tables.get_scoped(account, region, name)  # noqa: SLF001
            if settings and table:
                recorder = self._recorder((account, region), table["TableId"], settings["days"])
                recorder.take_up(numbers.get(table["TableId"], []))
                self._recorders[table["TableId"]] = recorder

    def _recorder(self, place: tuple[str, str], table_id: str, days: int) -> _Recorder:
        return _Recorder(self.segments, place, table_id, days)


JOURNALS: Final = Journals()
"""Those of this process."""
HOLDERS["dynamodb journals"] = JOURNALS
AGENDAS["dynamodb journals"] = JOURNALS
WRITTEN.append(JOURNALS.written)
