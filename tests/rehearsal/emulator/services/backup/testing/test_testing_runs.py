from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, refusal, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import DAY, HOUR, TABLE, back_up, come_to, make_table
from tests.rehearsal.emulator.services.backup.copying import Pair, make_pair, order, takes

pytestmark = pytest.mark.emulator

_TAG = "awsbackup-restore-test"


@pytest.fixture
def pair(emulator: Emulator, backup: Any) -> Pair:
    """Prod with a point of its table, shortly after a midnight in UTC."""
    made = make_pair(emulator, backup, RecoveryPointTags={"tier": "gold"})
    come_to(emulator, hour=0)
    return made


def _plan(backup: Any, *, choice: dict[str, Any] | None = None, **selection: Any) -> str:
    """Make a plan that runs each day at five, with one selection; return the plan's ARN."""
    chosen = {"Algorithm": "LATEST_WITHIN_WINDOW", "IncludeVaults": ["*"], "RecoveryPointTypes": ["SNAPSHOT"]}
    plan = {
        "RestoreTestingPlanName": "daily",
        "ScheduleExpression": "cron(0 5 ? * * *)",
        "RecoveryPointSelection": chosen | (choice or {}),
    }
    made = backup.create_restore_testing_plan(RestoreTestingPlan=plan)["RestoreTestingPlanArn"]
    asked = {
        "RestoreTestingSelectionName": "tables",
        "ProtectedResourceType": "DynamoDB",
        "IamRoleArn": ROLE,
        "ProtectedResourceArns": ["*"],
    }
    backup.create_restore_testing_selection(RestoreTestingPlanName="daily", RestoreTestingSelection=asked | selection)
    return made


def _jobs(backup: Any, **filters: Any) -> list[dict[str, Any]]:
    return backup.list_restore_jobs(**filters)["RestoreJobs"]


def _tables(emulator: Emulator) -> list[str]:
    return [name for name in emulator.client("dynamodb").list_tables()["TableNames"] if name.startswith(_TAG)]


def test_a_plan_restores_each_day_and_deletes_what_it_restored(pair: Pair) -> None:
    plan = _plan(pair.source)
    pair.emulator.advance(DAY)
    [job] = _jobs(pair.source, ByRestoreTestingPlanArn=plan)
    assert (job["Status"], job["CreatedBy"]) == ("COMPLETED", {"RestoreTestingPlanArn": plan})
    assert job["CreationDate"].astimezone().utctimetuple()[3:5] == (5, 0)
    assert job["CreatedResourceArn"].startswith(f"arn:aws:dynamodb:{REGION}:{PROD}:table/{_TAG}-")
    assert job["DeletionStatus"] == "SUCCESSFUL"
    assert _tables(pair.emulator) == []
    shown = pair.source.get_restore_testing_plan(RestoreTestingPlanName="daily")["RestoreTestingPlan"]
    assert shown["LastExecutionTime"] == job["CreationDate"]
    pair.emulator.advance(DAY)
    assert len(_jobs(pair.source, ByRestoreTestingPlanArn=plan)) == 2


def test_the_metadata_of_a_test_are_inferred_and_overridden(pair: Pair) -> None:
    point = {"BackupVaultName": VAULT, "RecoveryPointArn": pair.point}
    inferred = pair.source.get_restore_testing_inferred_metadata(**point)["InferredMetadata"]
    assert (inferred["encryptionType"], inferred["deletionProtection"]) == ("Default", "false")
    assert inferred["targetTableName"].startswith(f"{_TAG}-")
    other = point | {"BackupVaultName": "other"}
    assert refusal(pair.source.get_restore_testing_inferred_metadata, **other) == "ResourceNotFoundException"
    _plan(pair.source, RestoreMetadataOverrides={"ENCRYPTIONTYPE": "KMS"}, ValidationWindowHours=48)
    pair.emulator.advance(DAY)
    [name] = _tables(pair.emulator)
    table = pair.emulator.client("dynamodb").describe_table(TableName=name)["Table"]
    assert table["SSEDescription"]["SSEType"] == "KMS"


def test_a_tested_table_waits_for_the_end_of_its_window(pair: Pair) -> None:
    _plan(pair.source, ValidationWindowHours=168)
    takes(pair.emulator, "restore", HOUR)
    pair.emulator.advance(DAY)
    [job] = _jobs(pair.source)
    [name] = _tables(pair.emulator)
    tags = pair.emulator.client("dynamodb").list_tags_of_resource(ResourceArn=job["CreatedResourceArn"])["Tags"]
    assert [tag["Key"] for tag in tags] == [_TAG]
    assert "DeletionStatus" not in job
    pair.source.update_restore_testing_plan(
        RestoreTestingPlanName="daily", RestoreTestingPlan={"ScheduleExpression": "cron(0 5 1 1 ? 2099)"}
    )
    left = job["CompletionDate"] + timedelta(hours=168) - job["CreationDate"] - timedelta(days=1)
    pair.emulator.advance(left.total_seconds() - HOUR)
    assert _tables(pair.emulator) == [name]
    pair.emulator.advance(DAY + HOUR)
    assert _tables(pair.emulator) == []
    assert pair.source.describe_restore_job(RestoreJobId=job["RestoreJobId"])["DeletionStatus"] == "SUCCESSFUL"


def test_a_verdict_ends_the_window(pair: Pair) -> None:
    _plan(pair.source, ValidationWindowHours=168)
    pair.emulator.advance(DAY)
    [job] = _jobs(pair.source)
    verdict = {"RestoreJobId": job["RestoreJobId"], "ValidationStatus": "SUCCESSFUL"}
    pair.source.put_restore_validation_result(**verdict, ValidationStatusMessage="all rows are there")
    shown = pair.source.describe_restore_job(RestoreJobId=job["RestoreJobId"])
    assert (shown["ValidationStatus"], shown["ValidationStatusMessage"]) == ("SUCCESSFUL", "all rows are there")
    assert (shown["DeletionStatus"], _tables(pair.emulator)) == ("SUCCESSFUL", [])
    call = pair.source.put_restore_validation_result
    assert refusal(call, **(verdict | {"ValidationStatus": "FAILED"})) == "InvalidRequestException"


def test_a_verdict_that_was_begun_times_out(pair: Pair) -> None:
    _plan(pair.source, ValidationWindowHours=100)
    pair.emulator.advance(DAY)
    [job] = [one for one in _jobs(pair.source) if "DeletionStatus" not in one]
    call = pair.source.put_restore_validation_result
    call(RestoreJobId=job["RestoreJobId"], ValidationStatus="VALIDATING")
    pair.emulator.advance(100 * HOUR)
    shown = pair.source.describe_restore_job(RestoreJobId=job["RestoreJobId"])
    assert (shown["ValidationStatus"], shown["DeletionStatus"]) == ("TIMED_OUT", "SUCCESSFUL")


def test_fails_when_a_verdict_comes_before_the_end(pair: Pair) -> None:
    _plan(pair.source, ValidationWindowHours=100)
    takes(pair.emulator, "restore", 3 * DAY)
    pair.emulator.advance(DAY)
    [job] = _jobs(pair.source)
    verdict = {"RestoreJobId": job["RestoreJobId"], "ValidationStatus": "SUCCESSFUL"}
    assert refusal(pair.source.put_restore_validation_result, **verdict) == "InvalidRequestException"
    assert refusal(pair.source.put_restore_validation_result, RestoreJobId="absent", ValidationStatus="FAILED") == (
        "ResourceNotFoundException"
    )


def test_a_table_without_the_tag_of_tests_is_not_deleted(pair: Pair) -> None:
    _plan(pair.source, ValidationWindowHours=100)
    pair.emulator.advance(DAY)
    [job] = [one for one in _jobs(pair.source) if "DeletionStatus" not in one]
    dynamodb = pair.emulator.client("dynamodb")
    dynamodb.untag_resource(ResourceArn=job["CreatedResourceArn"], TagKeys=[_TAG])
    pair.emulator.advance(100 * HOUR)
    shown = pair.source.describe_restore_job(RestoreJobId=job["RestoreJobId"])
    assert (shown["DeletionStatus"], _TAG in shown["DeletionStatusMessage"]) == ("FAILED", True)
    assert job["CreatedResourceArn"].rpartition("/")[2] in _tables(pair.emulator)


def test_a_protected_table_of_a_test_is_not_deleted(pair: Pair) -> None:
    _plan(pair.source, ValidationWindowHours=100)
    pair.emulator.advance(DAY)
    [job] = [one for one in _jobs(pair.source) if "DeletionStatus" not in one]
    name = job["CreatedResourceArn"].rpartition("/")[2]
    pair.emulator.client("dynamodb").update_table(TableName=name, DeletionProtectionEnabled=True)
    pair.emulator.advance(100 * HOUR)
    shown = pair.source.describe_restore_job(RestoreJobId=job["RestoreJobId"])
    assert (shown["DeletionStatus"], name in _tables(pair.emulator)) == ("FAILED", True)


def test_a_test_fails_as_any_restore_does(pair: Pair) -> None:
    _plan(pair.source)
    order(pair.emulator, "restore", "FAILED", message="as ordered")
    pair.emulator.advance(DAY)
    [job] = _jobs(pair.source)
    assert (job["Status"], job["StatusMessage"], _tables(pair.emulator)) == ("FAILED", "as ordered", [])


@pytest.mark.parametrize(
    ("changes", "tests"),
    [
        ({}, 1),
        ({"ProtectedResourceType": "EBS"}, 0),
        ({"ProtectedResourceArns": [f"arn:aws:dynamodb:{REGION}:{PROD}:table/{TABLE}"]}, 1),
        ({"ProtectedResourceArns": [f"arn:aws:dynamodb:{REGION}:{PROD}:table/other"]}, 0),
        ({"ProtectedResourceConditions": {"StringEquals": [{"Key": "tier", "Value": "gold"}]}}, 1),
        ({"ProtectedResourceConditions": {"StringNotEquals": [{"Key": "tier", "Value": "gold"}]}}, 0),
        ({"choice": {"IncludeVaults": [vault_arn()]}}, 1),
        ({"choice": {"ExcludeVaults": [vault_arn()]}}, 0),
        ({"choice": {"RecoveryPointTypes": ["CONTINUOUS"]}}, 0),
    ],
)
def test_a_plan_restores_what_it_selects(pair: Pair, changes: dict[str, Any], tests: int) -> None:
    _plan(pair.source, **changes)
    pair.emulator.advance(DAY)
    assert len(_jobs(pair.source)) == tests


def test_a_plan_restores_one_point_of_each_resource_inside_the_window(pair: Pair) -> None:
    make_table(pair.emulator, "invoices")
    invoices = f"arn:aws:dynamodb:{REGION}:{PROD}:table/invoices"
    back_up(pair.source, ResourceArn=invoices)
    pair.emulator.advance(2 * DAY)
    latest = back_up(pair.source)["RecoveryPointArn"]
    _plan(pair.source, choice={"SelectionWindowDays": 365})
    pair.emulator.advance(DAY)
    found = {job["SourceResourceArn"]: job["RecoveryPointArn"] for job in _jobs(pair.source)}
    assert set(found) == {invoices, f"arn:aws:dynamodb:{REGION}:{PROD}:table/{TABLE}"}
    assert found[f"arn:aws:dynamodb:{REGION}:{PROD}:table/{TABLE}"] == latest
    pair.source.update_restore_testing_plan(
        RestoreTestingPlanName="daily",
        RestoreTestingPlan={
            "RecoveryPointSelection": {
                "Algorithm": "RANDOM_WITHIN_WINDOW",
                "IncludeVaults": ["*"],
                "RecoveryPointTypes": ["SNAPSHOT"],
                "SelectionWindowDays": 1,
            }
        },
    )
    before = len(_jobs(pair.source))
    pair.emulator.advance(3 * DAY)
    assert len(_jobs(pair.source)) - before <= 1


def test_a_deleted_plan_runs_no_more(pair: Pair) -> None:
    _plan(pair.source)
    named = {"RestoreTestingPlanName": "daily"}
    pair.source.delete_restore_testing_selection(**named, RestoreTestingSelectionName="tables")
    pair.source.delete_restore_testing_plan(**named)
    pair.emulator.advance(2 * DAY)
    assert _jobs(pair.source) == []
