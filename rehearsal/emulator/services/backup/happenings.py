"""What AWS Backup tells the world of itself: events on the bus, messages of vaults, and metrics."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from rehearsal.emulator import outlets
from rehearsal.emulator.rules import differs
from rehearsal.emulator.services.backup.engine import step
from rehearsal.emulator.services.backup.job_records import Counted
from rehearsal.emulator.services.backup.operations import Work
from rehearsal.emulator.services.backup.records import Vault

differs(
    "AWS Backup",
    "Events and messages come at once and always; AWS sends them with its best effort, up to five minutes later.",
    "Metrics carry BackupVaultName and ResourceType together, and each alone; AWS does not say which sets it sends.",
)

_PUSH: Final = "push metrics"
_PUSHED_EVERY: Final = timedelta(minutes=5).total_seconds()


def iso(seconds: float | None) -> str | None:
    """Return seconds since 1970 as events show them; None for None."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def announce(
    work: Work,
    detail_type: str,
    detail: Mapping[str, object] | Callable[[], Mapping[str, object]],
    resources: Sequence[str] = (),
) -> None:
    """Put an event on the default bus of the place; where nobody listens this takes next to no time.

    Args:
        work: Its place is the account and region that hear of it.
        detail_type: `Backup Job State Change`, ...
        detail: Members, those that are None are left out; or what returns them, called only when somebody listens.
        resources: ARNs.
    """
    if not outlets.is_heard(work.place.account, work.place.region):
        return
    members = detail() if callable(detail) else detail
    told = {name: value for name, value in members.items() if value is not None}
    outlets.emit(work.place.account, work.place.region, "aws.backup", detail_type, told, list(resources))


def notify(work: Work, vault: Vault, event: str, state: str, message: str, ids: Mapping[str, str]) -> None:
    """Tell a vault's topic, when it asked for this event.

    Args:
        work: Its place is the vault's.
        vault: Whose notifications count.
        event: `BACKUP_JOB_COMPLETED`, ... The attribute EventType is its beginning, `BACKUP_JOB`. One that AWS supports
            (https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html, read 2026-11-22): others
            may be asked for, and are never sent.
        state: The attribute State: failures and expiries are completions in this state.
        message: The text.
        ids: More attributes: Id, StartTime.
    """
    told = vault.get("Notifications")
    if told is None or event not in told["BackupVaultEvents"]:
        return
    kind = event.rpartition("_")[0]
    attributes = {"EventType": kind, "State": state, "AccountId": work.place.account, **ids}
    outlets.publish(
        told["SNSTopicArn"],
        "backup.amazonaws.com",
        vault["BackupVaultArn"],
        work.place.account,
        message,
        attributes,
        "Notification from AWS Backup",
    )


def count(work: Work, metric: str, vault_name: str, resource_type: str) -> None:
    """Count one for a metric of AWS/Backup; it is pushed at the end of its five minutes.

    Args:
        work: Its place is the account and region of the metric.
        metric: `NumberOfBackupJobsCompleted`, ...
        vault_name: Of a copy job's metric: the destination vault.
        resource_type: `DynamoDB`.
    """
    key = f"{metric} {vault_name} {resource_type}"
    before = work.store.counts.get(work.place, key)
    times = before["Times"] if before else 0
    counted: Counted = {
        "Metric": metric,
        "BackupVaultName": vault_name,
        "ResourceType": resource_type,
        "Times": times + 1,
    }
    work.store.counts.put(work.place, key, counted)
    if before is None and work.store.dues.get(work.place, f"{_PUSH} self") is None:
        push = (work.now.timestamp() // _PUSHED_EVERY + 1) * _PUSHED_EVERY
        work.store.dues.set(work.place, _PUSH, "self", datetime.fromtimestamp(push, UTC))


@step(_PUSH)
def push_metrics(work: Work, _key: str) -> None:
    """Push what was counted, with vault and type together and with each alone."""
    sums: dict[tuple[str, tuple[tuple[str, str], ...]], float] = {}
    for one in work.store.counts.of(work.place):
        metric, vault, kind = one["Metric"], one["BackupVaultName"], one["ResourceType"]
        work.store.counts.remove(work.place, f"{metric} {vault} {kind}")
        both = (("BackupVaultName", vault), ("ResourceType", kind))
        for dimensions in (both, both[:1], both[1:]):
            sums[metric, dimensions] = sums.get((metric, dimensions), 0) + one["Times"]
    for (metric, dimensions), value in sums.items():
        outlets.put_metric(work.place.account, work.place.region, "AWS/Backup", metric, dict(dimensions), value)
