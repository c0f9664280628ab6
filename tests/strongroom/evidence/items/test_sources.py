import itertools
import threading
from collections.abc import Iterator

import pytest

from strongroom.aws.errors import AwsError
from strongroom.evidence.items import reading, sources
from strongroom.evidence.items.sources import Only, Progress, TableSource
from strongroom.facts.items import Item
from tests.strongroom.evidence.items.wire import FakeTables, Listed

_ITEMS: list[Item] = [{"id": {"N": str(number)}} for number in range(20)]


@pytest.mark.parametrize("segments", [1, 3, 30])
def test_every_page_of_every_segment_is_read(segments: int) -> None:
    tables = FakeTables({"t": _ITEMS})
    digest = reading.digest(TableSource(tables, "t", segments))
    assert digest.summary() == reading.of(_ITEMS).summary()
    assert {segment.of for segment, _ in tables.asked} == {segments}


def test_a_page_without_items_is_not_the_end() -> None:
    tables = FakeTables({"t": _ITEMS[:1]})
    assert list(TableSource(tables, "t", 1).read(0)) == _ITEMS[:1]
    assert len(tables.asked) == 2


def test_an_empty_table_has_no_items() -> None:
    assert reading.digest(TableSource(FakeTables({"t": []}), "t")).count == 0


@pytest.mark.parametrize("consistent", [True, False])
def test_reads_are_as_consistent_as_asked(consistent: bool) -> None:
    tables = FakeTables({"t": _ITEMS})
    reading.digest(TableSource(tables, "t", 2, consistent))
    assert {segment.consistent for segment, _ in tables.asked} == {consistent}


def test_fails_when_one_page_of_one_segment_cannot_be_read() -> None:
    tables = FakeTables({"t": _ITEMS}, broken=2)
    with pytest.raises(AwsError, match="cannot be understood"):
        reading.digest(TableSource(tables, "t", 4))


@pytest.mark.parametrize("segments", [0, 1_000_001])
def test_fails_when_a_table_cannot_be_read_in_so_many_segments(segments: int) -> None:
    with pytest.raises(ValueError, match="scan segments must be 1 to 1000000"):
        TableSource(FakeTables({}), "t", segments)


def test_takes_as_many_segments_as_dynamodb_does() -> None:
    assert TableSource(FakeTables({}), "t", 1_000_000).parts == 1_000_000


def test_progress_is_told_after_each_page() -> None:
    told: list[Progress] = []
    list(TableSource(FakeTables({"t": _ITEMS[:4]}), "t", 1, progress=told.append).read(0))
    assert told == [
        Progress("t", 0, 1, 0, ended=False),
        Progress("t", 0, 2, 3, ended=False),
        Progress("t", 0, 3, 4, ended=True),
    ]


def test_a_part_holds_one_page_at_a_time() -> None:
    tables = FakeTables({"t": _ITEMS})
    items = TableSource(tables, "t", 1).read(0)
    for _ in range(3):
        next(items)
    assert len(tables.asked) == 2
    next(items)
    assert len(tables.asked) == 3


def test_no_more_parts_are_read_at_one_time_than_asked() -> None:
    lock = threading.Lock()
    now, most = 0, 0
    together = threading.Barrier(2, timeout=10)

    def work(items: Iterator[Item]) -> int:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        together.wait()
        with lock:
            now -= 1
        return len(list(items))

    assert sum(sources.each(Listed(_ITEMS, parts=6), work, at_one_time=2)) == len(_ITEMS)
    assert most == 2


def test_a_condition_leaves_items_out() -> None:
    even = Only(Listed(_ITEMS, parts=2), lambda item: int(str(item["id"]["N"])) % 2 == 0)
    assert even.parts == 2
    assert reading.digest(even).count == 10


class _Endless:
    """One part that fails, and one that never ends."""

    parts = 2

    def read(self, part: int) -> Iterator[Item]:
        if part:
            raise AwsError("this part cannot be read")
        return itertools.repeat(_ITEMS[0])


def test_the_first_failure_ends_the_other_parts() -> None:
    with pytest.raises(AwsError, match="this part cannot be read"):
        sources.each(_Endless(), lambda items: sum(1 for _ in items))
