"""Where items are read from: as often as asked, and in parts that can be read at one time."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from threading import Event
from typing import Final, Protocol, TypeVar

from strongroom.aws.tables import Segment, Tables
from strongroom.facts import items
from strongroom.facts.items import Item

_SEGMENTS: Final = 8
_AT_ONE_TIME: Final = 8

Told = TypeVar("Told")


class Source(Protocol):
    """Items of a table, or those that it should hold."""

    @property
    def parts(self) -> int:
        """Number of parts; each item lies in one of them."""
        ...

    def read(self, part: int) -> Iterator[Item]:
        """The items of one part, from its beginning; called from several threads."""
        ...


@dataclass(frozen=True)
class Progress:
    """What has been read of one segment so far."""

    table: str
    segment: int
    pages: int
    items: int
    ended: bool


def _silent(_: Progress) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class TableSource:
    """The items of a table as it is now, page by page; holds one page of a part at a time."""

    tables: Tables
    table: str
    segments: int = _SEGMENTS
    consistent: bool = False
    """Whether every read is strongly consistent. Default: no."""
    progress: Callable[[Progress], None] = _silent
    """Called after each page, from the thread that read it."""

    def __post_init__(self) -> None:
        items.SCAN_SEGMENTS.check(self.segments)

    @property
    def parts(self) -> int:
        """See `Source.parts`."""
        return self.segments

    def read(self, part: int) -> Iterator[Item]:
        """See `Source.read`.

        Raises:
            AwsError: a page cannot be read.
        """
        segment = Segment(self.table, part, self.segments, self.consistent)
        pages = seen = 0
        after: Item | None = None
        while not pages or after is not None:
            page = self.tables.page(segment, after)
            after = page.after
            yield from page.items
            pages, seen = pages + 1, seen + len(page.items)
            self.progress(Progress(self.table, part, pages, seen, after is None))


@dataclass(frozen=True)
class Only:
    """Those items of a source that a condition lets through, such as `expiry.Living`."""

    source: Source
    condition: Callable[[Item], bool]

    @property
    def parts(self) -> int:
        """See `Source.parts`."""
        return self.source.parts

    def read(self, part: int) -> Iterator[Item]:
        """See `Source.read`."""
        return filter(self.condition, self.source.read(part))


def each(source: Source, work: Callable[[Iterator[Item]], Told], at_one_time: int = _AT_ONE_TIME) -> list[Told]:
    """Do the same with every part, several at one time, and return what came of each in the parts' order.

    The first failure, or Ctrl-C, ends the reading of all parts at their next item and is raised.

    Args:
        source: What is read.
        work: Reads one part to its end; called from several threads.
        at_one_time: Threads. Memory is what so many calls of `work` hold.
    """
    stopped = Event()
    with ThreadPoolExecutor(min(at_one_time, source.parts), thread_name_prefix="items") as pool:
        ahead = [pool.submit(_part, _Reading(source, part, stopped), work) for part in range(source.parts)]
        try:
            for one in as_completed(ahead):
                one.result()
        except BaseException:
            stopped.set()
            pool.shutdown(cancel_futures=True)
            raise
    return [one.result() for one in ahead]


@dataclass(frozen=True)
class _Reading:
    source: Source
    part: int
    stopped: Event

    def items(self) -> Iterator[Item]:
        for item in self.source.read(self.part):
            if self.stopped.is_set():
                return
            yield item


def _part(reading: _Reading, work: Callable[[Iterator[Item]], Told]) -> Told:
    return work(reading.items())
