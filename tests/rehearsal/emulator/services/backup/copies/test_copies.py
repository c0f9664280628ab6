from datetime import timedelta
from typing import Any

import pytest

from tests.emulator_process import BACKUP, PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, refusal, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import DAY, HOUR, TABLE_ARN
from tests.rehearsal.emulator.services.backup.copying import (
    CENTRAL,
    LINKED_ROLE,
    Pair,
    make_pair,
    order,
    restore,
    restore_role,
    takes,
)

pytestmark = pytest.mark.emulator


@pytest.fixture
def pair(emulator: Emulator, backup: Any) -> Pair:
    """Prod with a point that lives 35 days, and the backup account."""
    return make_pair(emulator, backup, Lifecycle={"DeleteAfterDays": 35}, RecoveryPointTags={"tier": "gold"})


def test_a_copy_arrives_in_the_other_account_as_the_source_was(pair: Pair) -> None:
    pair.emulator.advance(DAY)
    job = pair.copy()
    [copy] = pair.copies()
    source = pair.source.describe_recovery_point(BackupVaultName=VAULT, RecoveryPointArn=pair.point)
    assert (job["State"], job["MessageCategory"], job["AccountId"]) == ("COMPLETED", "SUCCESS", PROD)
    assert job["DestinationRecoveryPointArn"] == copy["RecoveryPointArn"] != pair.point
    assert copy["CreationDate"] == source["CreationDate"] < job["CreationDate"]
    assert copy["SourceBackupVaultArn"] == vault_arn()
    assert (copy["ResourceArn"], copy["Lifecycle"], copy["IamRoleArn"]) == (
        TABLE_ARN,
        {"DeleteAfterDays": 35},
        LINKED_ROLE,
    )
    assert pair.central.list_tags(ResourceArn=copy["RecoveryPointArn"])["Tags"]["tier"] == "gold"


def test_a_copy_within_the_account_keeps_its_role(pair: Pair) -> None:
    pair.source.create_backup_vault(BackupVaultName="second")
    job = pair.copy(DestinationBackupVaultArn=vault_arn("second"))
    [copy] = pair.source.list_recovery_points_by_backup_vault(BackupVaultName="second")["RecoveryPoints"]
    assert (job["State"], copy["IamRoleArn"]) == ("COMPLETED", ROLE)


def test_a_copy_may_go_to_another_account_and_region_at_once(pair: Pair) -> None:
    there = pair.emulator.client("backup", account=BACKUP, region="eu-west-1")
    there.create_backup_vault(BackupVaultName="far")
    policy = pair.central.get_backup_vault_access_policy(BackupVaultName=CENTRAL)["Policy"]
    there.put_backup_vault_access_policy(BackupVaultName="far", Policy=policy)
    job = pair.copy(DestinationBackupVaultArn=f"arn:aws:backup:eu-west-1:{BACKUP}:backup-vault:far")
    assert job["State"] == "COMPLETED"
    assert job["DestinationRecoveryPointArn"].startswith(f"arn:aws:backup:eu-west-1:{BACKUP}:recovery-point:")


def test_a_copy_expires_counted_from_the_sources_creation(pair: Pair) -> None:
    pair.emulator.advance(10 * DAY)
    pair.copy(Lifecycle={"DeleteAfterDays": 20})
    pair.emulator.advance(10 * DAY - 60)
    assert len(pair.copies()) == 1
    pair.emulator.advance(8 * HOUR + 60)
    assert pair.copies() == []


def test_a_copy_takes_its_time_through_its_states(pair: Pair) -> None:
    takes(pair.emulator, "copy", HOUR)
    started = pair.start_copy()
    assert (pair.job(started)["State"], pair.copies()) == ("RUNNING", [])
    pair.emulator.advance(HOUR - 60)
    assert pair.job(started)["State"] == "RUNNING"
    pair.emulator.advance(60)
    job = pair.job(started)
    assert (job["State"], len(pair.copies())) == ("COMPLETED", 1)
    assert abs(job["CompletionDate"] - job["CreationDate"] - timedelta(hours=1)) < timedelta(minutes=1)


def test_a_copy_of_a_copy_can_be_restored(pair: Pair) -> None:
    copied = pair.copy()["DestinationRecoveryPointArn"]
    role = restore_role(pair.emulator, BACKUP)
    iam = pair.emulator.client("iam", account=BACKUP)
    iam.attach_role_policy(
        RoleName="restore", PolicyArn="arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
    )
    pair.central.create_backup_vault(BackupVaultName="third")
    started = pair.central.start_copy_job(
        RecoveryPointArn=copied,
        SourceBackupVaultName=CENTRAL,
        DestinationBackupVaultArn=vault_arn("third", BACKUP),
        IamRoleArn=role,
    )
    again = pair.central.describe_copy_job(CopyJobId=started["CopyJobId"])["CopyJob"]["DestinationRecoveryPointArn"]
    assert restore(pair.central, again, role)["Status"] == "COMPLETED"
    items = pair.emulator.client("dynamodb", account=BACKUP).scan(TableName="again")["Items"]
    assert sorted(item["id"]["S"] for item in items) == ["0", "1", "2"]


@pytest.mark.parametrize("ends", ["FAILED", "PARTIAL"])
def test_a_copy_ends_as_it_was_ordered_to(pair: Pair, ends: str) -> None:
    order(pair.emulator, "copy", ends, message="as ordered", after_seconds=60)
    started = pair.start_copy()
    assert pair.job(started)["State"] == "RUNNING"
    pair.emulator.advance(61)
    job = pair.job(started)
    assert (job["State"], job["StatusMessage"]) == (ends, "as ordered")
    assert [copy["Status"] for copy in pair.copies()] == ([] if ends == "FAILED" else ["PARTIAL"])


def test_a_copy_that_never_begins_stays_created(pair: Pair) -> None:
    order(pair.emulator, "copy", "NEVER")
    started = pair.start_copy()
    pair.emulator.advance(2 * DAY)
    assert pair.job(started)["State"] == "CREATED"
    assert pair.copy()["State"] == "COMPLETED"


def test_the_same_request_again_starts_no_second_copy(pair: Pair) -> None:
    first = pair.start_copy(IdempotencyToken="one")
    assert pair.start_copy(IdempotencyToken="one") == first
    assert len(pair.copies()) == 1
    code = refusal(pair.start_copy, IdempotencyToken="one", Lifecycle={"DeleteAfterDays": 9})
    assert code == "InvalidParameterValueException"
    assert pair.start_copy(IdempotencyToken="two") != first


def test_copies_are_listed_by_every_filter_for_30_days(pair: Pair) -> None:
    good = pair.copy()
    pair.emulator.advance(DAY)
    order(pair.emulator, "copy", "FAILED", message="as ordered")
    bad = pair.copy()
    between = good["CreationDate"] + timedelta(hours=1)
    second_only: list[dict[str, object]] = [
        {"ByState": "FAILED"},
        {"ByMessageCategory": "MISCELLANEOUS"},
        {"ByCreatedAfter": between},
        {"ByCompleteAfter": between},
    ]
    both: list[dict[str, object]] = [
        {},
        {"ByResourceArn": TABLE_ARN},
        {"ByResourceType": "DynamoDB"},
        {"ByDestinationVaultArn": vault_arn(CENTRAL, BACKUP)},
        {"ByAccountId": PROD},
        {"BySourceRecoveryPointArn": pair.point},
        {"ByCreatedBefore": between + timedelta(days=9), "ByCompleteBefore": between + timedelta(days=9)},
    ]
    none: list[dict[str, object]] = [
        {"ByResourceArn": f"arn:aws:dynamodb:{REGION}:{PROD}:table/other"},
        {"ByState": "RUNNING"},
        {"ByParentJobId": "none"},
    ]
    for filters, expected in [
        *((one, [bad["CopyJobId"]]) for one in second_only),
        *((one, [bad["CopyJobId"], good["CopyJobId"]]) for one in both),
        *((one, []) for one in none),
    ]:
        found = pair.source.list_copy_jobs(**filters)["CopyJobs"]
        assert [job["CopyJobId"] for job in found] == expected, filters
    first = pair.source.list_copy_jobs(MaxResults=1)
    assert len(pair.source.list_copy_jobs(MaxResults=1, NextToken=first["NextToken"])["CopyJobs"]) == 1
    assert pair.central.list_copy_jobs()["CopyJobs"] == []
    pair.emulator.advance(30 * DAY - HOUR)
    assert [job["CopyJobId"] for job in pair.source.list_copy_jobs()["CopyJobs"]] == [bad["CopyJobId"]]


def test_fails_when_the_copy_job_does_not_exist(pair: Pair) -> None:
    assert refusal(pair.source.describe_copy_job, CopyJobId="absent") == "ResourceNotFoundException"


def test_a_rules_copy_action_is_followed_after_the_backup(pair: Pair) -> None:
    rule = {
        "RuleName": "daily",
        "TargetBackupVaultName": VAULT,
        "ScheduleExpression": "cron(0 5 ? * * *)",
        "Lifecycle": {"DeleteAfterDays": 35},
        "CopyActions": [
            {"DestinationBackupVaultArn": vault_arn(CENTRAL, BACKUP), "Lifecycle": {"DeleteAfterDays": 90}},
            {"DestinationBackupVaultArn": vault_arn("absent")},
        ],
    }
    plan = pair.source.create_backup_plan(BackupPlan={"BackupPlanName": "tables", "Rules": [rule]})["BackupPlanId"]
    selection = {"SelectionName": "tables", "IamRoleArn": ROLE, "Resources": [TABLE_ARN]}
    pair.source.create_backup_selection(BackupPlanId=plan, BackupSelection=selection)
    pair.emulator.advance(DAY + HOUR)
    jobs = {job["DestinationBackupVaultArn"]: job for job in pair.source.list_copy_jobs()["CopyJobs"]}
    good, bad = jobs[vault_arn(CENTRAL, BACKUP)], jobs[vault_arn("absent")]
    assert (good["State"], good["CreatedBy"]["BackupPlanId"]) == ("COMPLETED", plan)
    assert good["CreatedByBackupJobId"]
    assert good["DestinationRecoveryPointLifecycle"] == {"DeleteAfterDays": 90}
    assert (bad["State"], bad["MessageCategory"]) == ("FAILED", "RESOURCE_NOT_FOUND")


def test_a_copy_that_is_under_way_survives_a_crash(own_emulator: Emulator) -> None:
    source = own_emulator.client("backup")
    source.create_backup_vault(BackupVaultName=VAULT)
    pair = make_pair(own_emulator, source)
    takes(own_emulator, "copy", HOUR)
    started = pair.start_copy()
    assert pair.job(started)["State"] == "RUNNING"
    own_emulator.crash()
    own_emulator.advance(HOUR)
    job = own_emulator.client("backup").describe_copy_job(CopyJobId=started)["CopyJob"]
    there = own_emulator.client("backup", account=BACKUP)
    [copy] = there.list_recovery_points_by_backup_vault(BackupVaultName=CENTRAL)["RecoveryPoints"]
    assert (job["State"], job["DestinationRecoveryPointArn"]) == ("COMPLETED", copy["RecoveryPointArn"])
