"""What the bus hears of backup jobs, points, plans and locks."""

from typing import Any

import pytest

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, plan, rule, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import (
    DAY,
    HOUR,
    TABLE_ARN,
    back_up,
    come_to,
    order,
    start,
    takes,
)
from tests.rehearsal.emulator.services.backup.hearing import as_told, came, on_the_bus
from tests.rehearsal.emulator.services.signals import Queue

pytestmark = pytest.mark.emulator


@pytest.fixture
def events(emulator: Emulator, ready: Any) -> Queue:  # noqa: ARG001 - the table is made before anyone listens
    """The events of AWS Backup that came since."""
    return on_the_bus(emulator)


def test_each_state_of_a_job_is_an_event(ready: Any, events: Queue) -> None:
    job = back_up(ready)
    told = came(events, "Backup Job")
    assert [event["detail"]["state"] for event in told] == ["CREATED", "RUNNING", "COMPLETED"]
    created, running, completed = (event["detail"] for event in told)
    assert created.keys() == {"backupJobId", "state", "creationDate"}
    assert (running["percentDone"], running["bytesTransferred"], told[1]["resources"]) == (0, "0", [])
    assert completed == {
        "backupJobId": job["BackupJobId"],
        "state": "COMPLETED",
        "creationDate": as_told(job["CreationDate"]),
        "completionDate": as_told(job["CompletionDate"]),
        "startBy": as_told(job["StartBy"]),
        "backupSizeInBytes": str(job["BackupSizeInBytes"]),
        "bytesTransferred": str(job["BackupSizeInBytes"]),
        "backupVaultArn": vault_arn(),
        "backupVaultName": VAULT,
        "iamRoleArn": ROLE,
        "resourceArn": TABLE_ARN,
        "resourceType": "DynamoDB",
        "percentDone": 100,
    }
    assert told[2]["resources"] == [job["RecoveryPointArn"]]
    assert (told[2]["source"], told[2]["account"], told[2]["region"]) == ("aws.backup", PROD, REGION)


@pytest.mark.parametrize(("ends", "states"), [("FAILED", ["RUNNING", "FAILED"]), ("EXPIRED", ["PENDING", "EXPIRED"])])
def test_an_event_of_a_bad_end_carries_the_message(
    emulator: Emulator, ready: Any, events: Queue, ends: str, states: list[str]
) -> None:
    order(emulator, ends, message="An internal error occurred.")
    start(ready)
    emulator.advance(9 * HOUR)
    told = [event["detail"] for event in came(events, "Backup Job")]
    assert [detail["state"] for detail in told] == ["CREATED", *states]
    assert told[-1]["statusMessage"] == '"An internal error occurred."'
    assert (told[-1]["percentDone"], told[-1]["bytesTransferred"]) == (0, "0")


def test_a_stopped_job_is_an_event(emulator: Emulator, ready: Any, events: Queue) -> None:
    takes(emulator, 600)
    ready.stop_backup_job(BackupJobId=start(ready))
    states = [event["detail"]["state"] for event in came(events, "Backup Job")]
    assert states == ["CREATED", "RUNNING", "ABORTED"]


def test_the_life_of_a_point_is_events(emulator: Emulator, ready: Any, events: Queue) -> None:
    life = {"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98}
    arn = back_up(ready, Lifecycle=life)["RecoveryPointArn"]
    point = ready.describe_recovery_point(BackupVaultName=VAULT, RecoveryPointArn=arn)
    told = came(events, "Recovery Point")
    assert [event["detail"]["status"] for event in told] == ["CREATING", "COMPLETED"]
    assert told[1]["detail"] == {
        "backupVaultName": VAULT,
        "backupVaultArn": vault_arn(),
        "creationDate": as_told(point["CreationDate"]),
        "completionDate": as_told(point["CompletionDate"]),
        "iamRoleArn": ROLE,
        "resourceType": "DynamoDB",
        "resourceArn": TABLE_ARN,
        "status": "COMPLETED",
        "isEncrypted": "true",
        "storageClass": "WARM",
        "lifecycle": {"moveToColdStorageAfterDays": 8, "deleteAfterDays": 98},
        "calculatedLifeCycle": {
            "moveToColdStorageAt": as_told(point["CalculatedLifecycle"]["MoveToColdStorageAt"]),
            "deleteAt": as_told(point["CalculatedLifecycle"]["DeleteAt"]),
        },
    }
    assert told[1]["resources"] == [arn]
    emulator.advance(99 * DAY)
    later = [(event["detail"]["status"], event["detail"]["storageClass"]) for event in came(events, "Recovery Point")]
    assert later == [("COMPLETED", "COLD"), ("DELETING", "COLD")]


def test_events_of_a_scheduled_job_tell_its_rule(emulator: Emulator, ready: Any, events: Queue) -> None:
    come_to(emulator, hour=0)
    daily = plan(rule(ScheduleExpression="cron(0 5 * * ? *)"))
    made = ready.create_backup_plan(BackupPlan=daily)
    selection = {"SelectionName": "tables", "IamRoleArn": ROLE, "Resources": [TABLE_ARN]}
    ready.create_backup_selection(BackupPlanId=made["BackupPlanId"], BackupSelection=selection)
    emulator.advance(DAY)
    shown = ready.get_backup_plan(BackupPlanId=made["BackupPlanId"])
    (completed,) = [event["detail"] for event in came(events, "Backup Job") if event["detail"]["state"] == "COMPLETED"]
    assert completed["createdBy"] == {
        "backupPlanId": made["BackupPlanId"],
        "backupPlanArn": made["BackupPlanArn"],
        "backupPlanVersion": made["VersionId"],
        "backupPlanRuleId": shown["BackupPlan"]["Rules"][0]["RuleId"],
    }


def test_plans_settings_and_locks_are_events(ready: Any, events: Queue) -> None:
    made = ready.create_backup_plan(BackupPlan=plan())
    ready.update_backup_plan(BackupPlanId=made["BackupPlanId"], BackupPlan=plan(BackupPlanName="other"))
    ready.delete_backup_plan(BackupPlanId=made["BackupPlanId"])
    told = came(events, "Backup Plan")
    assert [event["detail"]["state"] for event in told] == ["CREATED", "MODIFIED", "DELETED"]
    assert told[0]["detail"]["versionId"] == made["VersionId"]
    ready.update_region_settings(ResourceTypeOptInPreference={"Aurora": False})
    (changed,) = came(events, "Region Setting")
    assert changed["detail"]["ResourceTypeOptInPreference"] == {"Aurora": False}
    ready.put_backup_vault_lock_configuration(BackupVaultName=VAULT, MinRetentionDays=1)
    (locked,) = came(events, "Backup Vault")
    assert locked["detail"] == {"backupVaultName": VAULT, "state": "MODIFIED", "isLocked": "true"}
    assert locked["resources"] == [vault_arn()]
