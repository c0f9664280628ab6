"""What fails a copy job, and the twin where that one thing is right."""

import json
from typing import Any

import pytest

from tests.emulator_people import allow, deny, document
from tests.emulator_process import BACKUP, MANAGEMENT, PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import DAY, HOUR, back_up
from tests.rehearsal.emulator.services.backup.copying import CENTRAL, Pair, make_pair, switch, takes

pytestmark = pytest.mark.emulator

_NO_ACCESS = "Access Denied trying to call AWS Backup service"
_UNDER_AWS_KEY = (
    "Copy job failed because the destination Backup vault is encrypted with the default Backup service managed"
)


@pytest.fixture
def pair(emulator: Emulator, backup: Any) -> Pair:
    """Prod with a point that goes cold after 8 days, and the backup account: all that a copy needs."""
    life = {"MoveToColdStorageAfterDays": 8, "DeleteAfterDays": 98}
    return make_pair(emulator, backup, Lifecycle=life)


def test_a_copy_fails_without_dynamodbs_advanced_features(pair: Pair) -> None:
    pair.source.update_region_settings(ResourceTypeManagementPreference={"DynamoDB": False})
    plain = back_up(pair.source)["RecoveryPointArn"]
    assert plain.startswith("arn:aws:dynamodb:")
    message = pair.failure(RecoveryPointArn=plain)
    assert message.endswith("for DynamoDB resources. Feature is not supported for provided resource type.")
    # What was made before can be copied all the same.
    assert pair.copy()["State"] == "COMPLETED"


def test_a_copy_fails_out_of_the_organization(pair: Pair) -> None:
    stranger = pair.emulator.control("POST", "accounts", {"name": "stranger", "outside": True})["id"]
    arn = vault_arn(CENTRAL, stranger)
    there = pair.emulator.client("backup", account=stranger)
    there.create_backup_vault(BackupVaultName=CENTRAL)
    there.put_backup_vault_access_policy(
        BackupVaultName=CENTRAL, Policy=document(allow("backup:CopyIntoBackupVault", Principal="*"))
    )
    pair.emulator.client("iam", account=stranger).create_service_linked_role(AWSServiceName="backup.amazonaws.com")
    job = pair.copy(DestinationBackupVaultArn=arn)
    assert (job["State"], job["MessageCategory"]) == ("FAILED", "ACCESS_DENIED")
    assert "Both source and destination account must be a member of the same organization" in job["StatusMessage"]


def test_a_copy_fails_while_copies_across_accounts_are_off(pair: Pair) -> None:
    switch(pair.emulator, "false")
    job = pair.copy()
    assert (job["State"], job["MessageCategory"]) == ("FAILED", "FEATURE_NOT_ENABLED")
    pair.source.create_backup_vault(BackupVaultName="second")
    assert pair.copy(DestinationBackupVaultArn=vault_arn("second"))["State"] == "COMPLETED"
    switch(pair.emulator, "true")
    assert pair.copy()["State"] == "COMPLETED"


def test_a_copy_fails_into_the_default_vault_of_another_account(pair: Pair) -> None:
    for service in (pair.central, pair.source):
        service.create_backup_vault(BackupVaultName="Default")
    pair.let_in("Default")
    assert pair.failure(DestinationBackupVaultArn=vault_arn("Default", BACKUP)).startswith(_UNDER_AWS_KEY)
    assert pair.copy(DestinationBackupVaultArn=vault_arn("Default"))["State"] == "COMPLETED"


def test_a_copy_fails_into_an_absent_vault_of_another_account(pair: Pair) -> None:
    assert pair.failure(DestinationBackupVaultArn=vault_arn("absent", BACKUP)) == _NO_ACCESS


def test_a_copy_fails_when_the_vaults_policy_does_not_let_it_in(pair: Pair) -> None:
    pair.central.delete_backup_vault_access_policy(BackupVaultName=CENTRAL)
    assert pair.failure() == _NO_ACCESS
    pair.let_in(Principal={"AWS": MANAGEMENT})
    assert pair.failure() == _NO_ACCESS
    pair.let_in(Condition={"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg9"}}, Principal="*")
    assert pair.failure() == _NO_ACCESS
    pair.let_in(Condition={"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}}, Principal="*")
    assert pair.copy()["State"] == "COMPLETED"


def test_a_copy_fails_when_the_vaults_policy_denies_it(pair: Pair) -> None:
    pair.central.put_backup_vault_access_policy(
        BackupVaultName=CENTRAL,
        Policy=document(
            allow("backup:CopyIntoBackupVault", Principal="*"),
            deny("backup:CopyIntoBackupVault", Principal={"AWS": ROLE}),
        ),
    )
    assert pair.failure() == _NO_ACCESS


def test_a_copy_fails_by_the_unit_of_its_account(pair: Pair) -> None:
    paths = {"aws:PrincipalOrgPaths": ["o-exampleorg1/r-exam/ou-exam-backup01/*"]}
    pair.let_in(Condition={"ForAnyValue:StringLike": paths}, Principal="*")
    assert pair.failure() == _NO_ACCESS
    paths["aws:PrincipalOrgPaths"].append("o-exampleorg1/r-exam/ou-exam-sources1/*")
    pair.let_in(Condition={"ForAnyValue:StringLike": paths}, Principal="*")
    assert pair.copy()["State"] == "COMPLETED"


def _grant(emulator: Emulator, *statements: dict[str, Any]) -> None:
    iam = emulator.client("iam")
    iam.detach_role_policy(
        RoleName="backup", PolicyArn="arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
    )
    iam.put_role_policy(RoleName="backup", PolicyName="rights", PolicyDocument=document(*statements))


@pytest.mark.parametrize("missing", ["backup:CopyIntoBackupVault", "backup:CopyFromBackupVault"])
def test_a_copy_fails_without_a_right_of_its_role(pair: Pair, missing: str) -> None:
    rights = ["backup:CopyIntoBackupVault", "backup:CopyFromBackupVault"]
    _grant(pair.emulator, allow([right for right in rights if right != missing]))
    assert pair.failure() == _NO_ACCESS
    _grant_again(pair.emulator, allow(rights))
    assert pair.copy()["State"] == "COMPLETED"


def _grant_again(emulator: Emulator, statement: dict[str, Any]) -> None:
    emulator.client("iam").put_role_policy(RoleName="backup", PolicyName="rights", PolicyDocument=document(statement))


@pytest.mark.parametrize(
    ("action", "condition", "works"),
    [
        ("backup:CopyFromBackupVault", {"ForAllValues:ArnNotLike": {"backup:CopyTargets": ["{right}"]}}, True),
        ("backup:CopyFromBackupVault", {"ForAllValues:ArnNotLike": {"backup:CopyTargets": ["{wrong}"]}}, False),
        (
            "backup:CopyFromBackupVault",
            {"ForAllValues:StringNotLike": {"backup:CopyTargetOrgPaths": ["o-exampleorg1/r-exam/ou-exam-backup01/*"]}},
            True,
        ),
        (
            "backup:CopyFromBackupVault",
            {"ForAllValues:StringNotLike": {"backup:CopyTargetOrgPaths": ["o-exampleorg1/r-exam/ou-exam-pipeline/*"]}},
            False,
        ),
        ("backup:CopyIntoBackupVault", {"Null": {"aws:ResourceTag/DestinationBackupVault": "true"}}, False),
        ("backup:CopyIntoBackupVault", {"Null": {"aws:ResourceTag/owner": "true"}}, True),
    ],
)
def test_service_control_policies_limit_where_copies_go(
    pair: Pair, action: str, condition: dict[str, Any], works: bool
) -> None:
    filled = json.loads(
        json.dumps(condition)
        .replace("{right}", vault_arn("cent*", BACKUP))
        .replace("{wrong}", vault_arn("other", BACKUP))
    )
    pair.central.tag_resource(ResourceArn=vault_arn(CENTRAL, BACKUP), Tags={"owner": "platform"})
    organizations = pair.emulator.client("organizations", account=MANAGEMENT)
    made = organizations.create_policy(
        Name="copies",
        Description="",
        Type="SERVICE_CONTROL_POLICY",
        Content=document(deny(action, Condition=filled)),
    )["Policy"]["PolicySummary"]["Id"]
    organizations.attach_policy(PolicyId=made, TargetId=PROD)
    job = pair.copy()
    assert job["State"] == ("COMPLETED" if works else "FAILED")
    if not works:
        assert job["StatusMessage"] == _NO_ACCESS


def test_a_copy_fails_without_the_service_linked_role_of_the_destination(pair: Pair) -> None:
    iam = pair.emulator.client("iam", account=BACKUP)
    iam.delete_service_linked_role(RoleName="AWSServiceRoleForBackup")
    assert "AWSServiceRoleForBackup does not exist" in pair.failure()
    iam.create_service_linked_role(AWSServiceName="backup.amazonaws.com")
    assert pair.copy()["State"] == "COMPLETED"


def test_a_copy_fails_while_thirty_of_the_resource_are_running(pair: Pair) -> None:
    takes(pair.emulator, "copy", DAY)
    for _ in range(30):
        pair.start_copy()
    assert pair.failure() == "There are too many copy jobs running for resource."
    pair.source.create_backup_vault(BackupVaultName="second")
    assert pair.copy(DestinationBackupVaultArn=vault_arn("second"))["State"] == "RUNNING"
    pair.emulator.advance(DAY)
    assert pair.copy()["State"] == "RUNNING"


@pytest.mark.parametrize(
    ("bounds", "days", "works"),
    [
        ({"MinRetentionDays": 35}, 34, False),
        ({"MinRetentionDays": 35}, 35, True),
        ({"MaxRetentionDays": 90}, 91, False),
        ({"MaxRetentionDays": 90}, 90, True),
        ({"MaxRetentionDays": 97}, -1, False),
        ({"MaxRetentionDays": 98}, -1, True),
    ],
)
def test_a_copy_fails_outside_the_destinations_lock(pair: Pair, bounds: dict[str, int], days: int, works: bool) -> None:
    pair.central.put_backup_vault_lock_configuration(BackupVaultName=CENTRAL, **bounds)
    job = pair.copy(Lifecycle={"DeleteAfterDays": days})
    assert job["State"] == ("COMPLETED" if works else "FAILED")
    assert job["DestinationVaultLockState"] == "LOCKED"
    if not works:
        assert job["MessageCategory"] == "INVALID_LIFECYCLE"


def test_a_copy_to_another_account_fails_in_the_end_without_its_role(pair: Pair) -> None:
    pair.source.create_backup_vault(BackupVaultName="second")
    takes(pair.emulator, "copy", HOUR)
    across, within = pair.start_copy(), pair.start_copy(DestinationBackupVaultArn=vault_arn("second"))
    iam = pair.emulator.client("iam")
    for policy in iam.list_attached_role_policies(RoleName="backup")["AttachedPolicies"]:
        iam.detach_role_policy(RoleName="backup", PolicyArn=policy["PolicyArn"])
    iam.delete_role(RoleName="backup")
    pair.emulator.advance(HOUR)
    job = pair.job(across)
    assert (job["State"], job["StatusMessage"]) == ("FAILED", "Failed to unshare snapshot")
    assert pair.job(within)["State"] == "COMPLETED"
    assert pair.copies() == []


def test_a_copy_fails_when_its_source_is_deleted_meanwhile(pair: Pair) -> None:
    takes(pair.emulator, "copy", HOUR)
    started = pair.start_copy()
    pair.source.delete_recovery_point(BackupVaultName=VAULT, RecoveryPointArn=pair.point)
    pair.emulator.advance(HOUR)
    assert (pair.job(started)["State"], pair.job(started)["MessageCategory"]) == ("FAILED", "RESOURCE_NOT_FOUND")


def test_a_copy_fails_when_its_destination_is_lost_meanwhile(pair: Pair) -> None:
    takes(pair.emulator, "copy", HOUR)
    started = pair.start_copy()
    pair.emulator.control("POST", "accounts/backup/lose")
    pair.emulator.advance(HOUR)
    assert pair.job(started)["State"] == "FAILED"
