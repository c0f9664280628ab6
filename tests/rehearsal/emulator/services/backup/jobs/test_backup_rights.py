"""What a backup job needs is asked when it runs: what is missing then fails the job."""

import json
from typing import Any

import pytest

from tests.emulator_people import allow, deny, document, trust
from tests.emulator_process import PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT
from tests.rehearsal.emulator.services.backup.backing_up import (
    DAY,
    HOUR,
    TABLE_ARN,
    back_up,
    make_table,
    points,
    start,
    takes,
)

pytestmark = pytest.mark.emulator

_RIGHTS = ("dynamodb:StartAwsBackupJob", "dynamodb:ListTagsOfResource")
_BY_BACKUP = trust({"Service": "backup.amazonaws.com"})
_KEY_SENTENCE = "KMS key is either disabled or pending deletion or access to KMS key is denied"


@pytest.fixture
def ready(emulator: Emulator, backup: Any) -> Any:
    """AWS Backup of prod with a vault and a table; the role of jobs is still to be made."""
    make_table(emulator)
    return backup


def _role(emulator: Emulator, *statements: dict[str, Any], trusted: str = _BY_BACKUP) -> Any:
    iam = emulator.client("iam")
    iam.create_role(RoleName="backup", AssumeRolePolicyDocument=trusted)
    if statements:
        iam.put_role_policy(RoleName="backup", PolicyName="rights", PolicyDocument=document(*statements))
    return iam


def _key(emulator: Emulator, *statements: dict[str, Any]) -> Any:
    policy = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    return emulator.root("kms").create_key(Policy=policy)["KeyMetadata"]["Arn"]


def _of_root() -> dict[str, Any]:
    return allow("kms:*", Principal={"AWS": f"arn:aws:iam::{PROD}:root"})


def test_two_rights_on_the_table_are_enough(emulator: Emulator, ready: Any) -> None:
    _role(emulator, allow(list(_RIGHTS), TABLE_ARN))
    assert back_up(ready)["State"] == "COMPLETED"


@pytest.mark.parametrize("missing", _RIGHTS)
def test_a_job_fails_without_a_right_on_the_table(emulator: Emulator, ready: Any, missing: str) -> None:
    _role(emulator, *(allow(action) for action in _RIGHTS if action != missing))
    job = back_up(ready)
    assert (job["State"], job["MessageCategory"]) == ("FAILED", "ACCESS_DENIED")
    assert f"is not authorized to perform: {missing} on resource: {TABLE_ARN}" in job["StatusMessage"]
    assert points(ready) == []


def test_a_job_fails_by_an_explicit_deny(emulator: Emulator, ready: Any) -> None:
    _role(emulator, allow("*"), deny("dynamodb:StartAwsBackupJob"))
    assert back_up(ready)["State"] == "FAILED"


@pytest.mark.parametrize("changed", ["rights", "trust", "role"])
def test_rights_count_when_the_job_runs(emulator: Emulator, ready: Any, changed: str) -> None:
    iam = _role(emulator, allow("*"))
    takes(emulator, HOUR)
    start(ready)
    waiting = start(ready)
    if changed == "trust":
        iam.update_assume_role_policy(RoleName="backup", PolicyDocument=trust({"Service": "lambda.amazonaws.com"}))
    else:
        iam.delete_role_policy(RoleName="backup", PolicyName="rights")
    if changed == "role":
        iam.delete_role(RoleName="backup")
    emulator.advance(HOUR)
    job = ready.describe_backup_job(BackupJobId=waiting)
    assert (job["State"], job["MessageCategory"]) == ("FAILED", "ACCESS_DENIED")
    if changed != "rights":
        assert job["StatusMessage"] == f"IAM Role {ROLE} cannot be assumed by AWS Backup"


@pytest.mark.parametrize("account", [PROD, "999999999999"])
def test_a_trust_may_name_the_account_that_the_job_is_of(emulator: Emulator, ready: Any, account: str) -> None:
    condition = {"StringEquals": {"aws:SourceAccount": account}}
    _role(emulator, allow("*"), trusted=trust({"Service": "backup.amazonaws.com"}, Condition=condition))
    asked = {"BackupVaultName": VAULT, "ResourceArn": TABLE_ARN, "IamRoleArn": ROLE}
    if account == PROD:
        assert back_up(ready)["State"] == "COMPLETED"
    else:
        with pytest.raises(ready.exceptions.InvalidParameterValueException):
            ready.start_backup_job(**asked)


def test_a_job_fails_when_its_vault_is_gone(emulator: Emulator, ready: Any) -> None:
    _role(emulator, allow("*"))
    takes(emulator, HOUR)
    start(ready)
    ready.create_backup_vault(BackupVaultName="short-lived")
    waiting = start(ready, BackupVaultName="short-lived")
    ready.delete_backup_vault(BackupVaultName="short-lived")
    emulator.advance(HOUR)
    job = ready.describe_backup_job(BackupJobId=waiting)
    arn = f"arn:aws:backup:{REGION}:{PROD}:backup-vault:short-lived"
    sentence = f"Backup job failed because backup vault {arn} does not exist."
    assert (job["State"], job["StatusMessage"]) == ("FAILED", sentence)


@pytest.mark.parametrize(
    ("days", "state"), [(34, "FAILED"), (35, "COMPLETED"), (90, "COMPLETED"), (91, "FAILED"), (None, "FAILED")]
)
def test_a_job_fails_when_its_life_is_outside_the_lock(
    emulator: Emulator, ready: Any, days: int | None, state: str
) -> None:
    _role(emulator, allow("*"))
    ready.put_backup_vault_lock_configuration(BackupVaultName=VAULT, MinRetentionDays=35, MaxRetentionDays=90)
    job = back_up(ready, Lifecycle={} if days is None else {"DeleteAfterDays": days})
    assert job["State"] == state
    if state == "FAILED":
        assert job["StatusMessage"].endswith("is not within the range specified for the target Backup Vault.")


def test_points_that_are_there_stay_when_a_lock_comes(emulator: Emulator, ready: Any) -> None:
    _role(emulator, allow("*"))
    back_up(ready, Lifecycle={"DeleteAfterDays": 1})
    ready.put_backup_vault_lock_configuration(BackupVaultName=VAULT, MinRetentionDays=35)
    assert len(points(ready)) == 1
    emulator.advance(2 * DAY)
    assert points(ready) == []


@pytest.mark.parametrize("missing", ["kms:CreateGrant", "kms:DescribeKey", None])
def test_a_job_needs_two_rights_on_the_vaults_key(emulator: Emulator, ready: Any, missing: str | None) -> None:
    needed = [action for action in ("kms:CreateGrant", "kms:DescribeKey") if action != missing]
    _role(emulator, allow(list(_RIGHTS)), allow(needed))
    ready.create_backup_vault(BackupVaultName="keyed", EncryptionKeyArn=_key(emulator, _of_root()))
    job = back_up(ready, BackupVaultName="keyed")
    assert (job["State"], job.get("StatusMessage")) == (("FAILED", _KEY_SENTENCE) if missing else ("COMPLETED", None))


@pytest.mark.parametrize(
    "condition",
    [
        {"Bool": {"kms:GrantIsForAWSResource": "true"}},
        {"StringEquals": {"kms:ViaService": f"backup.{REGION}.amazonaws.com"}},
    ],
)
def test_a_grant_may_be_bound_to_aws_backup(emulator: Emulator, ready: Any, condition: dict[str, Any]) -> None:
    _role(emulator, allow(list(_RIGHTS)), allow("kms:CreateGrant", Condition=condition), allow("kms:DescribeKey"))
    ready.create_backup_vault(BackupVaultName="keyed", EncryptionKeyArn=_key(emulator, _of_root()))
    assert back_up(ready, BackupVaultName="keyed")["State"] == "COMPLETED"


@pytest.mark.parametrize("state", ["disabled", "pending deletion", "enabled again"])
def test_a_job_fails_while_the_vaults_key_is_unusable(emulator: Emulator, ready: Any, state: str) -> None:
    _role(emulator, allow("*"))
    key = _key(emulator, _of_root())
    ready.create_backup_vault(BackupVaultName="keyed", EncryptionKeyArn=key)
    kms = emulator.root("kms")
    if state == "pending deletion":
        kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    else:
        kms.disable_key(KeyId=key)
    if state == "enabled again":
        kms.enable_key(KeyId=key)
    job = back_up(ready, BackupVaultName="keyed")
    assert job["State"] == ("COMPLETED" if state == "enabled again" else "FAILED")


@pytest.mark.parametrize(
    ("statements", "state"),
    [
        ([], "FAILED"),
        ([allow("kms:Decrypt", Condition={"StringLike": {"kms:ViaService": "dynamodb.*.amazonaws.com"}})], "COMPLETED"),
        ([allow("kms:Decrypt", Condition={"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}})], "FAILED"),
    ],
)
def test_a_job_reads_the_tables_own_key_through_dynamodb(
    emulator: Emulator, backup: Any, statements: list[dict[str, Any]], state: str
) -> None:
    key = _key(emulator, _of_root())
    make_table(emulator, SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key})
    _role(emulator, allow(list(_RIGHTS)), *statements)
    assert back_up(backup)["State"] == state


def test_without_advanced_features_the_point_is_the_tables_own(emulator: Emulator, ready: Any) -> None:
    ready.update_region_settings(ResourceTypeManagementPreference={"DynamoDB": False})
    _role(emulator, allow(["dynamodb:DescribeTable", "dynamodb:CreateBackup"]))
    started = ready.start_backup_job(BackupVaultName=VAULT, ResourceArn=TABLE_ARN, IamRoleArn=ROLE)
    assert "RecoveryPointArn" not in started
    job = ready.describe_backup_job(BackupJobId=started["BackupJobId"])
    assert job["RecoveryPointArn"].startswith(f"{TABLE_ARN}/backup/")


def test_without_advanced_features_other_rights_are_needed(emulator: Emulator, ready: Any) -> None:
    ready.update_region_settings(ResourceTypeManagementPreference={"DynamoDB": False})
    _role(emulator, allow(list(_RIGHTS)))
    assert back_up(ready)["State"] == "FAILED"


def test_a_job_on_demand_needs_no_opt_in(emulator: Emulator, ready: Any) -> None:
    ready.update_region_settings(ResourceTypeOptInPreference={"DynamoDB": False})
    _role(emulator, allow("*"))
    assert back_up(ready)["State"] == "COMPLETED"
