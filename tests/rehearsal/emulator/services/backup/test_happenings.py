"""What the world hears of backup jobs, points, plans and locks: events, messages and metrics."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, make_role, plan, rule, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import (
    DAY,
    HOUR,
    TABLE_ARN,
    advance,
    back_up,
    make_table,
    order,
    start,
    takes,
)

pytestmark = pytest.mark.emulator


@pytest.fixture
def ready(emulator: Emulator, backup: Any) -> Any:
    """AWS Backup of prod with a vault, a table and the role of a job."""
    make_table(emulator)
    make_role(emulator)
    return backup


def _queue(emulator: Emulator) -> tuple[Any, str, str]:
    sqs = emulator.client("sqs")
    url = sqs.create_queue(QueueName="heard")["QueueUrl"]
    arn = f"arn:aws:sqs:{REGION}:{PROD}:heard"
    statement = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": arn}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    return sqs, url, arn


def _taken(sqs: Any, url: str) -> list[Any]:
    taken: list[Any] = []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            taken.append(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return taken


@pytest.fixture
def events(emulator: Emulator, ready: Any) -> Any:  # noqa: ARG001 - the table is made before anyone listens
    """Return a function that takes the events of a detail type that came since."""
    sqs, url, arn = _queue(emulator)
    bus = emulator.client("events")
    bus.put_rule(Name="all", EventPattern=json.dumps({"source": ["aws.backup"]}))
    bus.put_targets(Rule="all", Targets=[{"Id": "queue", "Arn": arn}])

    def come(detail_type: str) -> list[Any]:
        return [event for event in _taken(sqs, url) if event["detail-type"] == detail_type]

    return come


def _told(emulator: Emulator, backup: Any, *names: str) -> Any:
    sqs, url, arn = _queue(emulator)
    sns = emulator.client("sns")
    topic = sns.create_topic(Name="vaults")["TopicArn"]
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "backup.amazonaws.com"},
        "Action": "SNS:Publish",
        "Resource": topic,
        "Condition": {"ArnEquals": {"aws:SourceArn": vault_arn()}, "StringEquals": {"aws:SourceAccount": PROD}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy)
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    backup.put_backup_vault_notifications(BackupVaultName=VAULT, SNSTopicArn=topic, BackupVaultEvents=list(names))
    return lambda: _taken(sqs, url)


def _sum(emulator: Emulator, metric: str, *names: str) -> float:
    values = {"BackupVaultName": VAULT, "ResourceType": "DynamoDB"}
    now = datetime.fromisoformat(emulator.control("GET", "clock")["now"])
    found = emulator.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/Backup",
        MetricName=metric,
        Dimensions=[{"Name": name, "Value": values[name]} for name in names],
        StartTime=now - timedelta(days=200),
        EndTime=now,
        Period=86_400,
        Statistics=["Sum"],
    )
    return sum(point["Sum"] for point in found["Datapoints"])


def test_each_state_of_a_job_is_an_event(ready: Any, events: Any) -> None:
    job = back_up(ready)
    came = events("Backup Job State Change")
    assert [event["detail"]["state"] for event in came] == ["CREATED", "RUNNING", "COMPLETED"]
    created, running, completed = (event["detail"] for event in came)
    assert created.keys() == {"backupJobId", "state", "creationDate"}
    assert (running["percentDone"], running["bytesTransferred"], came[1]["resources"]) == (0, "0", [])
    assert completed == {
        "backupJobId": job["BackupJobId"],
        "state": "COMPLETED",
        "creationDate": _utc(job["CreationDate"]),
        "completionDate": _utc(job["CompletionDate"]),
        "startBy": _utc(job["StartBy"]),
        "backupSizeInBytes": str(job["BackupSizeInBytes"]),
        "bytesTransferred": str(job["BackupSizeInBytes"]),
        "backupVaultArn": vault_arn(),
        "backupVaultName": VAULT,
        "iamRoleArn": ROLE,
        "resourceArn": TABLE_ARN,
        "resourceType": "DynamoDB",
        "percentDone": 100,
    }
    assert came[2]["resources"] == [job["RecoveryPointArn"]]
    assert (came[2]["source"], came[2]["account"], came[2]["region"]) == ("aws.backup", PROD, REGION)


def _utc(date: datetime) -> str:
    return date.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.mark.parametrize(("ends", "states"), [("FAILED", ["RUNNING", "FAILED"]), ("EXPIRED", ["PENDING", "EXPIRED"])])
def test_an_event_of_a_bad_end_carries_the_message(
    emulator: Emulator, ready: Any, events: Any, ends: str, states: list[str]
) -> None:
    order(emulator, ends, message="An internal error occurred.")
    start(ready)
    advance(emulator, 9 * HOUR)
    came = [event["detail"] for event in events("Backup Job State Change")]
    assert [detail["state"] for detail in came] == ["CREATED", *states]
    assert came[-1]["statusMessage"] == '"An internal error occurred."'
    assert (came[-1]["percentDone"], came[-1]["bytesTransferred"]) == (0, "0")


def test_a_stopped_job_is_an_event(emulator: Emulator, ready: Any, events: Any) -> None:
    takes(emulator, 600)
    ready.stop_backup_job(BackupJobId=start(ready))
    states = [event["detail"]["state"] for event in events("Backup Job State Change")]
    assert states == ["CREATED", "RUNNING", "ABORTED"]


def test_the_life_of_a_point_is_events(emulator: Emulator, ready: Any, events: Any) -> None:
    life = {"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98}
    arn = back_up(ready, Lifecycle=life)["RecoveryPointArn"]
    point = ready.describe_recovery_point(BackupVaultName=VAULT, RecoveryPointArn=arn)
    came = events("Recovery Point State Change")
    assert [event["detail"]["status"] for event in came] == ["CREATING", "COMPLETED"]
    assert came[1]["detail"] == {
        "backupVaultName": VAULT,
        "backupVaultArn": vault_arn(),
        "creationDate": _utc(point["CreationDate"]),
        "completionDate": _utc(point["CompletionDate"]),
        "iamRoleArn": ROLE,
        "resourceType": "DynamoDB",
        "resourceArn": TABLE_ARN,
        "status": "COMPLETED",
        "isEncrypted": "true",
        "storageClass": "WARM",
        "lifecycle": {"moveToColdStorageAfterDays": 8, "deleteAfterDays": 98},
        "calculatedLifeCycle": {
            "moveToColdStorageAt": _utc(point["CalculatedLifecycle"]["MoveToColdStorageAt"]),
            "deleteAt": _utc(point["CalculatedLifecycle"]["DeleteAt"]),
        },
    }
    assert came[1]["resources"] == [arn]
    advance(emulator, 99 * DAY)
    later = [
        (event["detail"]["status"], event["detail"]["storageClass"]) for event in events("Recovery Point State Change")
    ]
    assert later == [("COMPLETED", "COLD"), ("DELETING", "COLD")]


def test_events_of_a_scheduled_job_tell_its_rule(emulator: Emulator, ready: Any, events: Any) -> None:
    daily = plan(rule(ScheduleExpression="cron(0 5 * * ? *)"))
    made = ready.create_backup_plan(BackupPlan=daily)
    selection = {"SelectionName": "tables", "IamRoleArn": ROLE, "Resources": [TABLE_ARN]}
    ready.create_backup_selection(BackupPlanId=made["BackupPlanId"], BackupSelection=selection)
    advance(emulator, DAY)
    shown = ready.get_backup_plan(BackupPlanId=made["BackupPlanId"])
    (completed,) = [
        event["detail"] for event in events("Backup Job State Change") if event["detail"]["state"] == "COMPLETED"
    ]
    assert completed["createdBy"] == {
        "backupPlanId": made["BackupPlanId"],
        "backupPlanArn": made["BackupPlanArn"],
        "backupPlanVersion": made["VersionId"],
        "backupPlanRuleId": shown["BackupPlan"]["Rules"][0]["RuleId"],
    }


def test_plans_settings_and_locks_are_events(ready: Any, events: Any) -> None:
    made = ready.create_backup_plan(BackupPlan=plan())
    ready.update_backup_plan(BackupPlanId=made["BackupPlanId"], BackupPlan=plan(BackupPlanName="other"))
    ready.delete_backup_plan(BackupPlanId=made["BackupPlanId"])
    came = events("Backup Plan State Change")
    assert [event["detail"]["state"] for event in came] == ["CREATED", "MODIFIED", "DELETED"]
    assert came[0]["detail"]["versionId"] == made["VersionId"]
    ready.update_region_settings(ResourceTypeOptInPreference={"Aurora": False})
    (changed,) = events("Region Setting State Change")
    assert changed["detail"]["ResourceTypeOptInPreference"] == {"Aurora": False}
    ready.put_backup_vault_lock_configuration(BackupVaultName=VAULT, MinRetentionDays=1)
    (locked,) = events("Backup Vault State Change")
    assert locked["detail"] == {"backupVaultName": VAULT, "state": "MODIFIED", "isLocked": "true"}
    assert locked["resources"] == [vault_arn()]


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [
        (None, "An AWS Backup job was completed successfully."),
        ("FAILED", "An AWS Backup job failed."),
        ("EXPIRED", "An AWS Backup job failed to complete in time."),
    ],
)
def test_every_end_of_a_job_is_a_completion_in_its_state(
    emulator: Emulator, ready: Any, ends: str | None, sentence: str
) -> None:
    messages = _told(emulator, ready, "BACKUP_JOB_COMPLETED")
    if ends:
        order(emulator, ends)
    job = start(ready)
    advance(emulator, 9 * HOUR)
    (message,) = messages()
    attributes = {name: value["Value"] for name, value in message["MessageAttributes"].items()}
    created = ready.describe_backup_job(BackupJobId=job)["CreationDate"]
    assert attributes == {
        "EventType": "BACKUP_JOB",
        "State": ends or "COMPLETED",
        "AccountId": PROD,
        "Id": job,
        "StartTime": _utc(created),
    }
    assert message["Subject"] == "Notification from AWS Backup"
    assert message["Message"].startswith(sentence)
    assert message["Message"].endswith(f" Resource ARN : {TABLE_ARN}. BackupJob ID : {job}")


def test_a_vault_tells_only_what_was_asked_for(emulator: Emulator, ready: Any) -> None:
    messages = _told(emulator, ready, "BACKUP_JOB_STARTED", "RECOVERY_POINT_MODIFIED")
    job = back_up(ready)
    point = {"BackupVaultName": VAULT, "RecoveryPointArn": job["RecoveryPointArn"]}
    assert [message["Message"].partition(".")[0] for message in messages()] == ["An AWS Backup job was started"]
    ready.update_recovery_point_lifecycle(**point, Lifecycle={"DeleteAfterDays": 35})
    (message,) = messages()
    assert message["MessageAttributes"]["EventType"]["Value"] == "RECOVERY_POINT"


def test_a_vault_never_tells_of_an_event_that_is_not_supported(emulator: Emulator, ready: Any) -> None:
    messages = _told(emulator, ready, "BACKUP_JOB_FAILED", "BACKUP_JOB_SUCCESSFUL", "BACKUP_JOB_EXPIRED")
    back_up(ready)
    order(emulator, "FAILED")
    back_up(ready)
    assert messages() == []


@pytest.mark.parametrize("dimensions", [("BackupVaultName",), ("ResourceType",), ("BackupVaultName", "ResourceType")])
def test_metrics_are_pushed_every_five_minutes(emulator: Emulator, ready: Any, dimensions: tuple[str, ...]) -> None:
    back_up(ready)
    back_up(ready)
    order(emulator, "FAILED")
    back_up(ready)
    advance(emulator, 301)
    for metric, value in (
        ("NumberOfBackupJobsCreated", 3),
        ("NumberOfBackupJobsRunning", 3),
        ("NumberOfBackupJobsCompleted", 2),
        ("NumberOfBackupJobsFailed", 1),
        ("NumberOfBackupJobsExpired", 0),
        ("NumberOfRecoveryPointsCompleted", 2),
    ):
        assert _sum(emulator, metric, *dimensions) == value, metric


def test_metrics_count_the_ends_of_points(emulator: Emulator, ready: Any) -> None:
    back_up(ready, Lifecycle={"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98})
    advance(emulator, 99 * DAY)
    assert _sum(emulator, "NumberOfRecoveryPointsCold", "BackupVaultName") == 1
    assert _sum(emulator, "NumberOfRecoveryPointsDeleting", "BackupVaultName") == 1
    assert _sum(emulator, "NumberOfRecoveryPointsExpired", "BackupVaultName") == 0
