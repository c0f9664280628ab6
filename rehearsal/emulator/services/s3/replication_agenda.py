"""S3: replicates what is due, and writes on the source how it ended."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from rehearsal.emulator import door, orders
from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.s3.replicas import carry_out
from rehearsal.emulator.services.s3.replication_rules import Rule, to_destinations
from rehearsal.emulator.services.s3.replication_signals import tell_of_delay, tell_of_failure, tell_of_success
from rehearsal.emulator.services.s3.replication_tasks import TASKS, Task
from rehearsal.emulator.services.s3.tables import REPLICATIONS, region_of
from rehearsal.emulator.services.s3.versions import find, mark
from rehearsal.emulator.timeline import AGENDAS

_AGAIN: Final = timedelta(minutes=5)
"""When S3 tries again to reach a region that is down; AWS gives no figure."""


class ReplicationAgenda:
    """Carries tasks out when they are due."""

    def next_due(self) -> datetime | None:
        """Return when the next task is due."""
        return TASKS.next_due()

    def run_due(self, now: datetime) -> None:
        """Replicate what is due by now."""
        for task, what in TASKS.take(now):
            with door.request_scope(task.account, task.region):
                if what == "threshold":
                    _warn(task)
                else:
                    _carry_out(task, now)

    def renew(self) -> None:
        """Begin again from the tasks that are kept."""
        TASKS.renew()


def _carry_out(task: Task, now: datetime) -> None:
    if _is_down(region_of(task.destination)) or _is_down(task.region):
        # What passes leaves an object PENDING: only what its owner must mend makes it FAILED.
        TASKS.add(replace(task, due=now + _AGAIN))
        return
    TASKS.drop(task)
    version = find(task.bucket, task.key, task.version_id)
    if version is None:
        return
    rule = rule_of(task)
    try:
        _refuse_as_ordered(task)
        carry_out(task, rule, version)
    except Refused as refused:
        mark(task.bucket, task.key, task.version_id, replication_status="FAILED")
        if rule is not None:
            tell_of_failure(task, rule, refused.code)
        return
    if version.get("replication_status") == "PENDING" and not TASKS.has_more(task):
        mark(task.bucket, task.key, task.version_id, replication_status="COMPLETED")
    if rule is not None:
        tell_of_success(task, rule)


def _refuse_as_ordered(task: Task) -> None:
    if task.failure:
        raise Refused(task.failure, "ordered")


def rule_of(task: Task) -> Rule | None:
    """Return the rule by which a task is carried out: its own, else one for its destination, or None."""
    configuration: door.Record = REPLICATIONS.get(task.bucket, {})
    rules: list[Rule] = configuration.get("Rules", [])
    own = [rule for rule in rules if rule["ID"] == task.rule_id]
    return next(iter(own or to_destinations(rules, [task.destination])), None)


def _warn(task: Task) -> None:
    rule = rule_of(task)
    if rule is not None:
        tell_of_delay(task, rule)


def _is_down(region: str) -> bool:
    return any(order.get("down") == region for order in orders.ORDERS.listed())


AGENDAS["s3 replication"] = ReplicationAgenda()
