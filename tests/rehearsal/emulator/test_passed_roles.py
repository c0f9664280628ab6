from typing import Any

import pytest

from tests.emulator_people import allow, make_role, refuses, trust
from tests.emulator_process import PROD, REGION, Emulator

pytestmark = pytest.mark.emulator

SERVICE_ROLE = f"arn:aws:iam::{PROD}:role/passed"
TOPIC = f"arn:aws:sns:{REGION}:{PROD}:alarms"


def passing_to(service: str) -> dict[str, Any]:
    return allow("iam:PassRole", SERVICE_ROLE, Condition={"StringEquals": {"iam:PassedToService": service}})


def put_targets(emulator: Emulator, caller: str) -> None:
    events = emulator.client("events", role_arn=caller)
    events.put_targets(Rule="rule", Targets=[{"Id": "1", "Arn": TOPIC, "RoleArn": SERVICE_ROLE}])


def put_replication(emulator: Emulator, caller: str) -> None:
    rule = {
        "ID": "all",
        "Status": "Enabled",
        "Priority": 1,
        "Filter": {"Prefix": ""},
        "DeleteMarkerReplication": {"Status": "Disabled"},
        "Destination": {"Bucket": "arn:aws:s3:::to-bucket"},
    }
    s3 = emulator.client("s3", role_arn=caller)
    s3.put_bucket_replication(Bucket="from-bucket", ReplicationConfiguration={"Role": SERVICE_ROLE, "Rules": [rule]})


def put_selection(emulator: Emulator, caller: str) -> None:
    backup = emulator.client("backup")
    backup.create_backup_vault(BackupVaultName="vault")
    rule = {"RuleName": "daily", "TargetBackupVaultName": "vault"}
    plan = backup.create_backup_plan(BackupPlan={"BackupPlanName": "daily", "Rules": [rule]})["BackupPlanId"]
    selection = {"SelectionName": "all", "IamRoleArn": SERVICE_ROLE, "Resources": ["*"]}
    emulator.client("backup", role_arn=caller).create_backup_selection(BackupPlanId=plan, BackupSelection=selection)


@pytest.fixture
def prepared(emulator: Emulator) -> Emulator:
    """A role to pass, a rule and two versioned buckets."""
    make_role(
        emulator,
        "passed",
        trusts=trust({"Service": ["backup.amazonaws.com", "events.amazonaws.com", "s3.amazonaws.com"]}),
    )
    emulator.client("events").put_rule(Name="rule", EventPattern='{"source": ["aws.backup"]}')
    s3 = emulator.client("s3")
    for bucket in ("from-bucket", "to-bucket"):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    return emulator


def test_a_role_is_passed_to_the_service_it_may_be_passed_to(prepared: Emulator) -> None:
    to_events = make_role(prepared, "to-events", allow("events:PutTargets"), passing_to("events.amazonaws.com"))
    put_targets(prepared, to_events)
    to_s3 = make_role(prepared, "to-s3", allow("s3:*"), passing_to("s3.amazonaws.com"))
    put_replication(prepared, to_s3)
    to_backup = make_role(prepared, "to-backup", allow("backup:*"), passing_to("backup.amazonaws.com"))
    put_selection(prepared, to_backup)


def test_fails_when_the_caller_may_not_pass_the_role_to_backup(prepared: Emulator) -> None:
    with refuses("AccessDeniedException") as refused:
        put_selection(prepared, make_role(prepared, "caller", allow("backup:*")))
    assert "iam:PassRole" in str(refused.value)


def test_fails_when_the_caller_may_not_pass_the_role(prepared: Emulator) -> None:
    with refuses("AccessDeniedException") as refused:
        put_targets(prepared, make_role(prepared, "caller", allow("events:*")))
    assert f"iam:PassRole on resource: {SERVICE_ROLE}" in str(refused.value)
    with refuses("AccessDenied"):
        put_replication(prepared, make_role(prepared, "caller-of-s3", allow("s3:*")))


def test_fails_when_the_role_may_only_be_passed_to_another_service(prepared: Emulator) -> None:
    with refuses("AccessDeniedException"):
        put_targets(prepared, make_role(prepared, "caller", allow("events:*"), passing_to("s3.amazonaws.com")))
    with refuses("AccessDenied"):
        put_replication(
            prepared, make_role(prepared, "caller-of-s3", allow("s3:*"), passing_to("backup.amazonaws.com"))
        )
