"""S3: what is still to be replicated, when it will be, and how many operations wait for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from rehearsal.emulator import clock, door, durations, orders
from rehearsal.emulator.registry import HOLDERS
from rehearsal.emulator.timeline import Appointments

Kind = Literal["object", "delete marker", "tags", "retention", "legal hold"]

Route = tuple[str, str, str, str]
"""Account and bucket of the source, bucket of the destination, id of the rule."""

THRESHOLD: Final = timedelta(minutes=15)
"""Within which S3 Replication Time Control promises a replica."""
_NEVER: Final = "NEVER"


@dataclass(frozen=True)
class Task:
    """One operation on one version that one destination shall see too."""

    account: str
    """Of the source bucket."""
    region: str
    """Of the source bucket."""
    bucket: str
    key: str
    version_id: str
    kind: Kind
    rule_id: str
    destination: str
    """Name of the bucket."""
    size: int
    """Bytes that are moved."""
    asked_at: datetime
    due: datetime | None
    """When it is carried out; None: never, as ordered."""
    failure: str = ""
    """Reason of a failure that was ordered; "": none was."""

    @property
    def name(self) -> tuple[str, str, str, str, str]:
        """What tells a task from the others of its account."""
        return self.bucket, self.key, self.version_id, self.kind, self.destination

    @property
    def route(self) -> Route:
        """What its metrics are counted by."""
        return self.account, self.bucket, self.destination, self.rule_id


Slot = tuple[Task, Literal["carry out", "threshold"]]


class ReplicationTasks:
    """The tasks that wait; kept like any service's resources."""

    def __init__(self) -> None:
        self.tasks = door.AccountScopedDict()
        self._slots: Appointments[Slot] = Appointments()
        self._waiting: dict[Route, tuple[int, int]] = {}

    def add(self, task: Task) -> None:
        """Take a task up; the same again takes the place of one that waits."""
        self.drop(task)
        self.tasks.set_scoped(task.account, None, task.name, task)
        self._appoint(task)

    def drop(self, task: Task) -> None:
        """Forget a task."""
        former: Task | None = self.tasks.pop_scoped(task.account, None, task.name, None)
        if former is not None:
            self._slots.drop((former, "carry out"))
            self._slots.drop((former, "threshold"))
            self._count(former, -1)

    def waiting(self, route: Route) -> tuple[int, int]:
        """Return how many operations and bytes wait on a way."""
        return self._waiting.get(route, (0, 0))

    def has_more(self, task: Task) -> bool:
        """Return whether another task waits for the same version."""
        return any(other.version_id == task.version_id for other in self._of(task) if other.name != task.name)

    def next_due(self) -> datetime | None:
        """Return when the next task is carried out, or passes the threshold."""
        return self._slots.next()

    def take(self, now: datetime) -> list[Slot]:
        """Return what is due."""
        return self._slots.take(now)

    def renew(self) -> None:
        """Begin again from the tasks that are kept."""
        self._slots.clear()
        self._waiting.clear()
        for task in self.tasks.to_dict().values():
            self._appoint(task)

    def _appoint(self, task: Task) -> None:
        if task.due is not None:
            self._slots.set((task, "carry out"), task.due)
        if task.due is None or task.due > task.asked_at + THRESHOLD:
            self._slots.set((task, "threshold"), task.asked_at + THRESHOLD)
        self._count(task, 1)

    def _count(self, task: Task, by: int) -> None:
        operations, size = self.waiting(task.route)
        self._waiting[task.route] = (operations + by, size + by * task.size)

    def _of(self, task: Task) -> Iterator[Task]:
        kinds: tuple[Kind, ...] = ("object", "delete marker", "tags", "retention", "legal hold")
        for destination in {route[2] for route in self._waiting if route[:2] == (task.account, task.bucket)}:
            for kind in kinds:
                name = (task.bucket, task.key, task.version_id, kind, destination)
                found: Task | None = self.tasks.get_scoped(task.account, None, name)
                if found is not None:
                    yield found


TASKS: Final = ReplicationTasks()
"""The tasks of this process."""
HOLDERS["s3 replication"] = TASKS


def due(bucket: str, key: str, size: int) -> tuple[datetime | None, str]:
    """Return when a version of an object is replicated, None for never, and the reason if it was ordered to fail."""
    takes = durations.of("replication", bucket, size)
    ordered = orders.outcome("replication", key) or orders.outcome("replication", bucket)
    if ordered is None:
        return clock.now() + takes, ""
    if ordered.state == _NEVER:
        return None, ""
    at = clock.now() + (takes if ordered.after is None else ordered.after)
    return at, ordered.message if ordered.state == "FAILED" else ""
