"""S3: the events by which a replication tells that it is late, and why it failed."""

from typing import Final

from rehearsal.emulator import clock
from rehearsal.emulator.services.s3.instants import written
from rehearsal.emulator.services.s3.notifications import Happening, notify
from rehearsal.emulator.services.s3.replication_metrics import has_metrics, note_end
from rehearsal.emulator.services.s3.replication_rules import Rule
from rehearsal.emulator.services.s3.replication_tasks import THRESHOLD, Task
from rehearsal.emulator.services.s3.versions import find

_OPERATIONS: Final = {
    "object": "OBJECT_PUT",
    "delete marker": "OBJECT_DELETE",
    "tags": "OBJECT_PUT_TAGGING",
    "retention": "OBJECT_PUT_RETENTION",
    "legal hold": "OBJECT_PUT_LEGAL_HOLD",
}


def tell_of_success(task: Task, rule: Rule) -> None:
    """Show how long it took; a replica that came too late is an event."""
    note_end(task, failed=False)
    if is_timed(rule) and clock.now() - task.asked_at > THRESHOLD:
        _notify(task, "OperationReplicatedAfterThreshold", {})


def tell_of_failure(task: Task, rule: Rule, reason: str) -> None:
    """Count a failure, and tell its reason to whom the bucket's notifications name."""
    note_end(task, failed=True)
    if has_metrics(rule):
        _notify(task, "OperationFailedReplication", {"failureReason": reason})


def tell_of_delay(task: Task, rule: Rule) -> None:
    """Tell that a replica did not come within the time that S3 Replication Time Control promises."""
    if is_timed(rule):
        _notify(task, "OperationMissedThreshold", {})


def is_timed(rule: Rule) -> bool:
    """Return whether a rule has S3 Replication Time Control."""
    return rule["Destination"].get("ReplicationTime", {}).get("Status") == "Enabled"


def _notify(task: Task, name: str, more: dict[str, str]) -> None:
    version = find(task.bucket, task.key, task.version_id) or {}
    happening = Happening(
        f"s3:Replication:{name}",
        task.bucket,
        task.key,
        task.version_id,
        int(version.get("size", 0)),
        str(version.get("etag", "")),
    )
    told = {
        "replicationRuleId": task.rule_id,
        "destinationBucket": f"arn:aws:s3:::{task.destination}",
        "s3Operation": _OPERATIONS[task.kind],
        "requestTime": written(task.asked_at),
    }
    notify(happening, {"replicationEventData": told | more})
