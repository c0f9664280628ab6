"""S3: the metrics of replication, published minute by minute as far as something has changed or waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from rehearsal.emulator import clock, door, outlets
from rehearsal.emulator.services.s3.replication_rules import Rule
from rehearsal.emulator.services.s3.replication_tasks import TASKS, Route, Task
from rehearsal.emulator.services.s3.tables import REPLICATIONS, region_of
from rehearsal.emulator.timeline import AGENDAS, Appointments

_MINUTE: Final = timedelta(minutes=1)
_AGAIN: Final = timedelta(minutes=5)
"""How often what waits is shown while nothing changes."""
_PATIENCE: Final = timedelta(days=1)
"""After which what waits without any change is shown no more: AWS goes on, and years would take minutes here."""


@dataclass
class Minute:
    """What happened on one way since its metrics were published."""

    changed_at: datetime
    due: datetime | None = None
    """When they are published; None: when what waits is shown again."""
    latency: float | None = None
    """Seconds of the slowest replica; None: none came."""
    failures: int = 0


class ReplicationMetrics:
    """Publishes the metrics of each way from bucket to bucket by a rule."""

    def __init__(self) -> None:
        self._slots: Appointments[Route] = Appointments()
        self._minutes: dict[Route, Minute] = {}

    def note(self, route: Route, *, latency: float | None = None, failures: int = 0) -> None:
        """Note that an operation began to wait, or how it ended.

        Args:
            route: Its way.
            latency: Seconds that it took. Default: it has not ended well.
            failures: How many operations failed. Default: none.
        """
        now = clock.now()
        minute = self._minutes.setdefault(route, Minute(now))
        due = now.replace(second=0, microsecond=0) + _MINUTE
        if minute.due != due:
            minute.due = due
            self._slots.set(route, due)
        minute.changed_at = now
        minute.failures += failures
        if latency is not None:
            minute.latency = max(latency, minute.latency or 0.0)

    def next_due(self) -> datetime | None:
        """Return when metrics are published next."""
        return self._slots.next()

    def run_due(self, now: datetime) -> None:
        """Publish what has changed in the last minute, and what waits."""
        for route in self._slots.take(now):
            minute = self._minutes.pop(route)
            self._publish(route, minute)
            if TASKS.waiting(route)[0] and now - minute.changed_at < _PATIENCE:
                self._minutes[route] = Minute(minute.changed_at)
                self._slots.set(route, now + _AGAIN)

    def renew(self) -> None:
        """Begin again with what waits."""
        self._slots.clear()
        self._minutes.clear()
        for task in TASKS.tasks.to_dict().values():
            self.note(task.route)

    def _publish(self, route: Route, minute: Minute) -> None:
        account, bucket, destination, _ = route
        if not _is_measured(route):
            return
        operations, size = TASKS.waiting(route)
        there = region_of(destination) or region_of(bucket)
        values: dict[str, float | None] = {
            "OperationsPendingReplication": operations,
            "BytesPendingReplication": size,
            "ReplicationLatency": minute.latency,
        }
        for name, value in values.items():
            if value is not None:
                outlets.put_metric(account, there, "AWS/S3", name, _dimensions(route), value)
        if minute.failures:
            here = region_of(bucket)
            outlets.put_metric(
                account, here, "AWS/S3", "OperationsFailedReplication", _dimensions(route), minute.failures
            )


METRICS: Final = ReplicationMetrics()
"""The metrics of this process."""
AGENDAS["s3 replication metrics"] = METRICS


def has_metrics(rule: Rule) -> bool:
    """Return whether a rule shows metrics, and with them the events of failures."""
    return rule["Destination"].get("Metrics", {}).get("Status") == "Enabled"


def note_end(task: Task, *, failed: bool) -> None:
    """Note how an operation ended."""
    if failed:
        METRICS.note(task.route, failures=1)
    else:
        METRICS.note(task.route, latency=(clock.now() - task.asked_at).total_seconds())


def _is_measured(route: Route) -> bool:
    account, bucket, _, rule_id = route
    configuration: door.Record = REPLICATIONS.get_scoped(account, None, bucket) or {"Rules": []}
    return any(rule["ID"] == rule_id and has_metrics(rule) for rule in configuration["Rules"])


def _dimensions(route: Route) -> dict[str, str]:
    return {"SourceBucket": route[1], "DestinationBucket": route[2], "RuleId": route[3]}
