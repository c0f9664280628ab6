import pytest

from tests.strongroom.documents.example import BACKUP, MANAGEMENT, PIPELINE, PROD, REGION
from tests.strongroom.documents.permissions.role import Role

TABLE = f"arn:aws:dynamodb:{REGION}:{PROD}:table/prod-submit-receipts"
KEY = f"arn:aws:kms:{REGION}:{PROD}:key/1111"
OURS = {"aws:ResourceTag/strongroom:environment": "prod"}
BACKUP_ROLE = f"arn:aws:iam::{PROD}:role/strongroom-backup-prod"
PREVIEW, DEPLOY = Role(PROD, "strongroom-preview"), Role(PROD, "strongroom-deploy")
OPERATE, RECOVER = Role(PROD, "strongroom-operate"), Role(PROD, "strongroom-recover")


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("dynamodb:GetItem", TABLE),
        ("dynamodb:Scan", TABLE),
        ("dynamodb:UpdateTable", TABLE),
        ("s3:GetObject", f"arn:aws:s3:::strongroom-prod-exports-{PROD}-{REGION}/exports/data.json.gz"),
        ("kms:PutKeyPolicy", KEY),
        ("backup:StartRestoreJob", f"arn:aws:backup:{REGION}:{PROD}:recovery-point:1"),
        ("iam:PassRole", BACKUP_ROLE),
    ],
)
def test_preview_sees_no_data_and_changes_nothing(action: str, resource: str) -> None:
    assert not PREVIEW.may(action, resource, OURS)


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("dynamodb:DescribeContinuousBackups", TABLE),
        ("backup:DescribeBackupVault", f"arn:aws:backup:{REGION}:{PROD}:backup-vault:strongroom-prod"),
        ("s3:GetReplicationConfiguration", f"arn:aws:s3:::strongroom-prod-exports-{PROD}-{REGION}"),
        ("s3:GetObject", f"arn:aws:s3:::strongroom-prod-exports-{PROD}-{REGION}/manifest/prod/settings.json"),
        ("kms:GetKeyRotationStatus", KEY),
        ("sns:GetTopicAttributes", f"arn:aws:sns:{REGION}:{PROD}:strongroom-prod-alarms"),
    ],
)
def test_preview_and_deploy_see_all_that_the_stack_makes(action: str, resource: str) -> None:
    assert PREVIEW.may(action, resource, OURS)
    assert DEPLOY.may(action, resource, OURS)


def test_operate_backs_up_and_exports_but_restores_nothing() -> None:
    point = f"arn:aws:backup:{REGION}:{PROD}:recovery-point:1"
    assert OPERATE.may("backup:StartBackupJob", f"arn:aws:backup:{REGION}:{PROD}:backup-vault:strongroom-prod")
    assert OPERATE.may("backup:StartCopyJob", point)
    assert OPERATE.may("dynamodb:ExportTableToPointInTime", TABLE)
    assert not OPERATE.may("backup:StartRestoreJob", point)
    assert not OPERATE.may("dynamodb:RestoreTableToPointInTime", TABLE)
    assert not OPERATE.may("dynamodb:UpdateContinuousBackups", TABLE)


def test_recover_restores_beside_the_table_and_deletes_no_table() -> None:
    assert RECOVER.may("backup:StartRestoreJob", f"arn:aws:backup:{REGION}:{PROD}:recovery-point:1")
    assert RECOVER.may("dynamodb:RestoreTableToPointInTime", f"{TABLE}-restored-1")
    assert RECOVER.may("dynamodb:UpdateTimeToLive", f"{TABLE}-restored-1")
    assert not RECOVER.may("dynamodb:DeleteTable", TABLE)


def test_the_reader_looks_at_its_own_central_side_and_changes_nothing() -> None:
    reader = Role(BACKUP, "strongroom-reader-prod")
    vault = f"arn:aws:backup:{REGION}:{BACKUP}:backup-vault:strongroom-prod-daily-35-90"
    assert reader.may("backup:DescribeBackupVault", vault)
    assert reader.may("s3:GetBucketObjectLockConfiguration", f"arn:aws:s3:::strongroom-prod-archive-{BACKUP}-{REGION}")
    assert not reader.may("backup:DescribeBackupVault", vault.replace("prod", "ci"))
    assert not reader.may("backup:PutBackupVaultAccessPolicy", vault)
    assert not reader.may("s3:GetObject", f"arn:aws:s3:::strongroom-prod-archive-{BACKUP}-{REGION}/a")


def test_the_provisioner_makes_its_own_archive_and_nothing_else() -> None:
    provisioner = Role(BACKUP, "strongroom-provisioner-ci")
    archive = f"arn:aws:s3:::strongroom-ci-archive-{BACKUP}-{REGION}"
    alias = f"arn:aws:kms:{REGION}:{BACKUP}:alias/strongroom/ci"
    assert provisioner.may("s3:CreateBucket", archive)
    assert provisioner.may("kms:CreateAlias", f"{alias}/archive")
    assert not provisioner.may("kms:CreateAlias", f"{alias}/daily")
    assert not provisioner.may("s3:CreateBucket", archive.replace("-ci-", "-prod-"))
    assert not provisioner.may("s3:PutObject", f"{archive}/a")
    assert not provisioner.may(
        "backup:CreateBackupVault", f"arn:aws:backup:{REGION}:{BACKUP}:backup-vault:strongroom-ci-x"
    )
    assert not provisioner.may("iam:CreateRole", f"arn:aws:iam::{BACKUP}:role/strongroom-backup-ci")


@pytest.mark.parametrize(
    "role", ["strongroom-preview", "strongroom-deploy", "strongroom-operate", "strongroom-recover"]
)
def test_no_role_of_the_backup_account_deletes_a_point_or_a_version(role: str) -> None:
    held = Role(BACKUP, role)
    assert not held.may("backup:DeleteRecoveryPoint", f"arn:aws:backup:{REGION}:{BACKUP}:recovery-point:1")
    assert not held.may("s3:DeleteObjectVersion", f"arn:aws:s3:::strongroom-prod-archive-{BACKUP}-{REGION}/a")
    assert not held.may(
        "backup:DeleteBackupVaultLockConfiguration", f"arn:aws:backup:{REGION}:{BACKUP}:backup-vault:strongroom-prod-x"
    )


def test_a_state_role_keeps_its_own_prefix_and_opens_its_own_secrets() -> None:
    role = Role(PIPELINE, "strongroom-state-ci")
    bucket, key = f"arn:aws:s3:::strongroom-state-{PIPELINE}-{REGION}", f"arn:aws:kms:{REGION}:{PIPELINE}:key/1"
    ours: dict[str, str | list[str]] = {
        "kms:ResourceAliases": ["alias/strongroom/state"],
        "kms:EncryptionContext:stack": "ci",
    }
    assert role.may("s3:PutObject", f"{bucket}/ci/.pulumi/stacks/x.json")
    assert not role.may("s3:GetObject", f"{bucket}/prod/.pulumi/stacks/x.json")
    assert role.may("s3:ListBucket", bucket, {"s3:prefix": "ci/.pulumi"})
    assert not role.may("s3:ListBucket", bucket, {"s3:prefix": "prod/.pulumi"})
    assert role.may("kms:Decrypt", key, ours)
    assert not role.may("kms:Decrypt", key, {**ours, "kms:EncryptionContext:stack": "prod"})
    assert not role.may("kms:Decrypt", key, {**ours, "kms:ResourceAliases": ["alias/payroll"]})


def test_the_management_account_s_role_turns_the_switch_and_nothing_else() -> None:
    role = Role(MANAGEMENT, "strongroom-deploy")
    assert role.may("backup:UpdateGlobalSettings")
    trusted = {"organizations:ServicePrincipal": "backup.amazonaws.com"}
    assert role.may("organizations:EnableAWSServiceAccess", "*", trusted)
    assert not role.may(
        "organizations:EnableAWSServiceAccess", "*", {"organizations:ServicePrincipal": "ram.amazonaws.com"}
    )
    assert not role.may("organizations:MoveAccount")
    assert not role.may("sts:AssumeRole", f"arn:aws:iam::{PROD}:role/OrganizationAccountAccessRole")
