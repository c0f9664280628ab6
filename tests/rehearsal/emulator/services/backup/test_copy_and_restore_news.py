"""What copies and restores tell: events on the bus, messages of vaults, and metrics."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.emulator_people import document
from tests.emulator_process import BACKUP, PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import TABLE_ARN, advance
from tests.rehearsal.emulator.services.backup.copying import CENTRAL, Pair, make_pair, order, restore

pytestmark = pytest.mark.emulator


@pytest.fixture
def pair(emulator: Emulator, backup: Any) -> Pair:
    """Prod with a point of its table, and the backup account."""
    return make_pair(emulator, backup)


def _queue(emulator: Emulator, service: str, arn: str) -> str:
    sqs = emulator.client("sqs")
    url = sqs.create_queue(QueueName="heard")["QueueUrl"]
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sqs:SendMessage",
        "Resource": f"arn:aws:sqs:{REGION}:{PROD}:heard",
        "Condition": {"ArnEquals": {"aws:SourceArn": arn}},
    }
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": document(statement)})
    return url


def _listen(emulator: Emulator, kind: str) -> str:
    events = emulator.client("events")
    pattern = json.dumps({"source": ["aws.backup"], "detail-type": [f"{kind} Job State Change"]})
    arn = events.put_rule(Name="heard", EventPattern=pattern)["RuleArn"]
    url = _queue(emulator, "events.amazonaws.com", arn)
    events.put_targets(Rule="heard", Targets=[{"Id": "1", "Arn": f"arn:aws:sqs:{REGION}:{PROD}:heard"}])
    return url


def _heard(emulator: Emulator, url: str) -> list[Any]:
    sqs, found = emulator.client("sqs"), list[Any]()
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            found.append(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return found


def test_each_state_of_a_copy_is_an_event_of_the_source_account(pair: Pair) -> None:
    url = _listen(pair.emulator, "Copy")
    job = pair.copy()
    heard = _heard(pair.emulator, url)
    assert [one["detail"]["state"] for one in heard] == ["CREATED", "RUNNING", "COMPLETED"]
    detail = heard[-1]["detail"]
    assert (heard[-1]["account"], heard[-1]["resources"]) == (PROD, [pair.point])
    assert (detail["copyJobId"], detail["destinationRecoveryPointArn"]) == (
        job["CopyJobId"],
        job["DestinationRecoveryPointArn"],
    )
    assert (detail["sourceBackupVaultArn"], detail["destinationBackupVaultArn"], detail["resourceArn"]) == (
        vault_arn(),
        vault_arn(CENTRAL, BACKUP),
        TABLE_ARN,
    )


def test_a_failed_copy_tells_why(pair: Pair) -> None:
    url = _listen(pair.emulator, "Copy")
    order(pair.emulator, "copy", "FAILED", message="as ordered")
    pair.copy()
    assert _heard(pair.emulator, url)[-1]["detail"]["statusMessage"] == "as ordered"


def test_restores_tell_their_status_and_only_the_first_event_a_state(pair: Pair) -> None:
    url = _listen(pair.emulator, "Restore")
    job = restore(pair.source, pair.point)
    heard = [one["detail"] for one in _heard(pair.emulator, url)]
    assert [(one.get("state"), one.get("status")) for one in heard] == [
        ("CREATED", None),
        (None, "PENDING"),
        (None, "RUNNING"),
        (None, "COMPLETED"),
    ]
    assert (heard[-1]["restoreJobId"], heard[-1]["createdResourceArn"]) == (
        job["RestoreJobId"],
        job["CreatedResourceArn"],
    )


@pytest.mark.parametrize(
    ("ends", "asked", "states"),
    [
        ("COMPLETED", ["COPY_JOB_STARTED", "COPY_JOB_SUCCESSFUL"], ["RUNNING", "COMPLETED"]),
        ("COMPLETED", ["COPY_JOB_FAILED"], []),
        ("FAILED", ["COPY_JOB_FAILED"], ["FAILED"]),
    ],
)
def test_the_sources_vault_tells_its_topic_of_copies(
    pair: Pair, ends: str, asked: list[str], states: list[str]
) -> None:
    sns = pair.emulator.client("sns")
    topic = sns.create_topic(Name="told")["TopicArn"]
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "backup.amazonaws.com"},
        "Action": "SNS:Publish",
        "Resource": topic,
    }
    sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=document(statement))
    url = _queue(pair.emulator, "sns.amazonaws.com", topic)
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=f"arn:aws:sqs:{REGION}:{PROD}:heard")
    pair.source.put_backup_vault_notifications(BackupVaultName=VAULT, SNSTopicArn=topic, BackupVaultEvents=asked)
    order(pair.emulator, "copy", ends)
    pair.copy()
    heard = [one["MessageAttributes"]["State"]["Value"] for one in _heard(pair.emulator, url)]
    assert heard == states


@pytest.mark.parametrize(
    ("metric", "vault"),
    [
        ("NumberOfCopyJobsCreated", CENTRAL),
        ("NumberOfCopyJobsRunning", CENTRAL),
        ("NumberOfCopyJobsCompleted", CENTRAL),
        ("NumberOfRestoreJobsPending", VAULT),
        ("NumberOfRestoreJobsRunning", VAULT),
        ("NumberOfRestoreJobsCompleted", VAULT),
    ],
)
def test_jobs_are_counted_by_vault(pair: Pair, metric: str, vault: str) -> None:
    pair.copy()
    restore(pair.source, pair.point)
    advance(pair.emulator, 600)
    now = datetime.now(UTC)
    found = pair.emulator.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/Backup",
        MetricName=metric,
        Dimensions=[{"Name": "BackupVaultName", "Value": vault}],
        StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(hours=1),
        Period=7200,
        Statistics=["Sum"],
    )
    assert sum(point["Sum"] for point in found["Datapoints"]) == 1
