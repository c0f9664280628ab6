"""CloudWatch: the points of every metric, and who is told of a new one."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from rehearsal.emulator import clock, door
from rehearsal.emulator.registry import HOLDERS
from rehearsal.emulator.services.cloudwatch.series import Point

_CHUNK_SECONDS: Final = 1_000_000
"""Points are saved in chunks of time, so that an old metric costs no more than a new one."""
_KEPT_SECONDS: Final = 455 * 86_400
"""https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html (read 2026-11-22)."""


class Metric(NamedTuple):
    """What distinguishes a metric: each set of dimensions is one of its own."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...]
    """Sorted by name."""

    @classmethod
    def of(cls, namespace: str, name: str, dimensions: Mapping[str, str]) -> "Metric":
        """Return a metric."""
        return cls(namespace, name, tuple(sorted(dimensions.items())))


Place = tuple[str, str]
"""Account and region."""
Listener = Callable[[Place, Metric, float], None]
"""Is told of each new point: where, of which metric, at which second since 1970."""


class Metrics:
    """The points of all accounts and regions."""

    def __init__(self) -> None:
        self.points = door.AccountRegionScopedDict()
        """(metric, number of the chunk) -> its points."""
        self.listeners: list[Listener] = []

    def add(self, account: str, region: str, metric: Metric, value: float) -> None:
        """Put a value into a metric, at the emulator's time."""
        self.put((account, region), metric, Point(clock.now().timestamp(), 1, value, value, value))

    def put(self, place: Place, metric: Metric, point: Point) -> None:
        """Put a point into a metric."""
        key = (metric, _chunk(point.at))
        kept: tuple[Point, ...] = self.points.get_scoped(*place, key) or ()
        if not kept:
            self._forget(place, metric, key[1] - _KEPT_SECONDS // _CHUNK_SECONDS)
        self.points.set_scoped(*place, key, (*kept, point))
        for listener in self.listeners:
            listener(place, metric, point.at)

    def between(self, place: Place, metric: Metric, start: float, end: float) -> list[Point]:
        """Return the points of a metric from `start`, in seconds since 1970, until before `end`."""
        chunks = range(_chunk(start), _chunk(end) + 1)
        kept = (self.points.get_scoped(*place, (metric, chunk)) or () for chunk in chunks)
        return [point for points in kept for point in points if start <= point.at < end]

    def listed(self, place: Place) -> Iterator[Metric]:
        """Return every metric of an account and region that has points."""
        keys = (key for key in self.points.to_dict() if key[:2] == place)
        yield from dict.fromkeys(key[2][0] for key in keys)

    def _forget(self, place: Place, metric: Metric, oldest: int) -> None:
        """Drop the chunks that have just fallen out of the time for which points are kept."""
        for chunk in range(oldest - 3, oldest):
            with door.request_scope(*place):
                self.points.pop((metric, chunk), None)


METRICS: Final = Metrics()
HOLDERS["metrics"] = METRICS


def _chunk(at: float) -> int:
    return int(at // _CHUNK_SECONDS)
