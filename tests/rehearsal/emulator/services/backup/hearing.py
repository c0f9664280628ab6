"""What tests hear AWS Backup tell: its events on the bus, the messages of a vault, and its metrics."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.emulator_process import PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, vault_arn
from tests.rehearsal.emulator.services.signals import Queue, queue, subscribed, topic


def on_the_bus(emulator: Emulator) -> Queue:
    """Return a queue that gets every event of AWS Backup in prod from now on."""
    events = emulator.client("events")
    rule = events.put_rule(Name="heard", EventPattern=json.dumps({"source": ["aws.backup"]}))["RuleArn"]
    heard = queue(emulator, "heard", "events.amazonaws.com", condition={"ArnEquals": {"aws:SourceArn": rule}})
    events.put_targets(Rule="heard", Targets=[{"Id": "queue", "Arn": heard.arn}])
    return heard


def of_the_vault(emulator: Emulator, backup: Any, *names: str) -> Queue:
    """Return a queue that gets what the vault of the tests tells its topic of these events."""
    condition = {"ArnEquals": {"aws:SourceArn": vault_arn()}, "StringEquals": {"aws:SourceAccount": PROD}}
    told = topic(emulator, "vaults", "backup.amazonaws.com", condition=condition)
    backup.put_backup_vault_notifications(BackupVaultName=VAULT, SNSTopicArn=told, BackupVaultEvents=list(names))
    return subscribed(emulator, told)


def came(heard: Queue, kind: str) -> list[dict[str, Any]]:
    """Take out what came and return the events of a kind, such as `Backup Job`."""
    return [event for event in heard.bodies() if event["detail-type"] == f"{kind} State Change"]


def counted(emulator: Emulator, metric: str, **dimensions: str) -> float:
    """Return the sum of a metric of AWS Backup in prod over the last 200 days."""
    at = emulator.now()
    found = emulator.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/Backup",
        MetricName=metric,
        Dimensions=[{"Name": name, "Value": value} for name, value in dimensions.items()],
        StartTime=at - timedelta(days=200),
        EndTime=at,
        Period=86_400,
        Statistics=["Sum"],
    )
    return sum(point["Sum"] for point in found["Datapoints"])


def as_told(date: datetime) -> str:
    """Return a date as AWS Backup writes it into events and messages."""
    return date.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
