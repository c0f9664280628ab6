import pytest

from tests.strongroom.documents.example import BACKUP, CI, MANAGEMENT, PIPELINE, PROD, REGION, account
from tests.strongroom.documents.judge import Request, allowed, denied
from tests.strongroom.documents.permissions.role import Role

RECOVER, CENTRAL = Role(PROD, "strongroom-recover"), Role(BACKUP, "strongroom-recover")
READER = Role(BACKUP, "strongroom-reader-prod")
TABLE = f"arn:aws:dynamodb:{REGION}:{PROD}:table/prod-submit-receipts"
KEY = f"arn:aws:kms:{REGION}:{PROD}:key/1111"
LANDING = f"arn:aws:backup:{REGION}:{PROD}:backup-vault:strongroom-prod-landing-abcd1234"
LOCAL = f"arn:aws:backup:{REGION}:{PROD}:backup-vault:strongroom-prod"
VAULT = f"arn:aws:backup:{REGION}:{BACKUP}:backup-vault:strongroom-prod-daily-35-90"
ARCHIVE = f"arn:aws:s3:::strongroom-prod-archive-{BACKUP}-{REGION}"
OF_PROD = {"aws:ResourceTag/strongroom:environment": "prod"}
OF_A_RUN = {**OF_PROD, "aws:ResourceTag/strongroom:run": "abcd1234"}
NEW = {"aws:RequestTag/strongroom:environment": "prod", "aws:RequestTag/strongroom:run": "abcd1234"}
TO_BACKUP = {"iam:PassedToService": "backup.amazonaws.com"}


def service_role(id_: str) -> str:
    return f"arn:aws:iam::{id_}:role/strongroom-recovery-service"


def pointer(environment: str) -> str:
    return f"arn:aws:ssm:{REGION}:{PROD}:parameter/strongroom/{environment}/tables/receipts"


@pytest.mark.parametrize("action", ["CreateBackupVault", "PutBackupVaultAccessPolicy", "DeleteBackupVault", "ListTags"])
def test_recover_makes_and_takes_away_landing_vaults_and_no_other(action: str) -> None:
    assert RECOVER.may(f"backup:{action}", LANDING)
    assert not RECOVER.may(f"backup:{action}", LANDING.replace("-prod-", "-ci-"))
    assert action == "ListTags" or not RECOVER.may(f"backup:{action}", LOCAL)


def test_recover_makes_keys_for_a_run_alone() -> None:
    assert RECOVER.may("kms:CreateKey", "*", NEW)
    assert not RECOVER.may("kms:CreateKey", "*", {"aws:RequestTag/strongroom:environment": "prod"})
    assert not RECOVER.may("kms:CreateKey", "*", {**NEW, "aws:RequestTag/strongroom:environment": "ci"})


def test_recover_takes_away_the_key_that_a_run_made_and_no_table() -> None:
    assert RECOVER.may("kms:ScheduleKeyDeletion", KEY, OF_A_RUN)
    assert not RECOVER.may("kms:ScheduleKeyDeletion", KEY, OF_PROD)
    assert not RECOVER.may("kms:ScheduleKeyDeletion", KEY, {"aws:ResourceTag/strongroom:run": "abcd1234"})
    assert not RECOVER.may("dynamodb:DeleteTable", TABLE, OF_A_RUN)


def test_recover_gives_no_key_of_a_stack_the_tag_of_a_run() -> None:
    of_the_stack: dict[str, str | list[str]] = {**NEW, "kms:ResourceAliases": ["alias/strongroom/prod/vault"]}
    assert not RECOVER.may("kms:TagResource", KEY, of_the_stack)


@pytest.mark.parametrize(
    "action", ["RestoreTableToPointInTime", "UpdateTimeToLive", "UpdateTable", "TagResource", "PutItem", "Scan"]
)
def test_recover_restores_tables_and_gives_them_their_settings(action: str) -> None:
    assert RECOVER.may(f"dynamodb:{action}", TABLE)
    assert RECOVER.may(f"dynamodb:{action}", f"{TABLE}-restored-1")
    assert not RECOVER.may(f"dynamodb:{action}", TABLE.replace("prod-submit", "payroll"))


def test_recover_points_programs_to_tables_of_its_own_environment() -> None:
    assert RECOVER.may("ssm:PutParameter", pointer("prod"))
    assert not RECOVER.may("ssm:PutParameter", pointer("ci"))
    assert not RECOVER.may("ssm:PutParameter", f"arn:aws:ssm:{REGION}:{PROD}:parameter/payroll")


@pytest.mark.parametrize("id_", [PROD, CI, BACKUP])
@pytest.mark.parametrize("role", ["preview", "deploy", "operate", "recover"])
def test_the_role_of_recoveries_is_passed_by_recover_to_aws_backup_alone(id_: str, role: str) -> None:
    taken = Role(id_, f"strongroom-{role}")
    assert taken.may("iam:PassRole", service_role(id_), TO_BACKUP) is (role == "recover")
    assert not taken.may("iam:PassRole", service_role(id_), {"iam:PassedToService": "ec2.amazonaws.com"})
    for action in ("AttachRolePolicy", "PutRolePolicy", "UpdateAssumeRolePolicy", "DeleteRole"):
        assert not taken.may(f"iam:{action}", service_role(id_))


@pytest.mark.parametrize("role", [RECOVER, CENTRAL], ids=["source", "backup"])
def test_both_recover_roles_see_what_the_doctor_looks_at(role: Role) -> None:
    id_ = PROD if role is RECOVER else BACKUP
    linked = f"arn:aws:iam::{id_}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup"
    assert role.may("iam:GetRole", linked)
    assert role.may("iam:GetRole", service_role(id_))
    assert not role.may("iam:GetRole", f"arn:aws:iam::{id_}:role/payroll")
    assert role.may("iam:CreateServiceLinkedRole", linked, {"iam:AWSServiceName": "backup.amazonaws.com"})
    assert role.may("backup:UpdateRegionSettings")
    assert not role.may("backup:UpdateGlobalSettings")
    assert role.may("servicequotas:GetServiceQuota", f"arn:aws:servicequotas:{REGION}:{id_}:dynamodb/L-F98FE922")
    assert not role.may("servicequotas:RequestServiceQuotaIncrease")


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("backup:ListRecoveryPointsByBackupVault", VAULT),
        ("backup:StartCopyJob", f"arn:aws:backup:{REGION}:{BACKUP}:recovery-point:1"),
        ("backup:DescribeCopyJob", "*"),
        ("s3:ListBucketVersions", ARCHIVE),
        ("s3:GetObjectVersion", f"{ARCHIVE}/manifest/prod/settings.json"),
        ("s3:GetBucketVersioning", ARCHIVE),
        ("kms:GetKeyPolicy", f"arn:aws:kms:{REGION}:{BACKUP}:key/1"),
    ],
)
def test_recover_of_the_backup_account_reads_the_central_side_and_copies_out(action: str, resource: str) -> None:
    assert CENTRAL.may(action, resource)


def test_copies_out_of_the_backup_account_stay_in_the_unit_of_the_sources() -> None:
    policy = account(BACKUP).policies["strongroom-recovery-service-targets"]

    def copied(path: str) -> Request:
        return Request(
            service_role(BACKUP), "backup:CopyFromBackupVault", context={"backup:CopyTargetOrgPaths": [path]}
        )

    assert not denied(policy, copied("o-exampleorg1/r-exam/ou-exam-sources1/"))
    assert not denied(policy, copied("o-exampleorg1/r-exam/ou-exam-sources1/ou-exam-recover1/"))
    assert denied(policy, copied("o-exampleorg1/r-exam/ou-exam-backup01/"))
    assert denied(policy, copied("o-elsewhere1/r-else/"))
    assert not allowed(policy, copied("o-exampleorg1/r-exam/ou-exam-sources1/"))


def test_the_reader_sees_points_and_versions_and_opens_none() -> None:
    assert READER.may("backup:ListRecoveryPointsByBackupVault", VAULT)
    assert READER.may("s3:ListBucketVersions", ARCHIVE)
    assert READER.may("s3:GetObjectVersion", f"{ARCHIVE}/exports/1")
    assert not READER.may("kms:Decrypt", f"arn:aws:kms:{REGION}:{BACKUP}:key/1", OF_PROD)
    assert not READER.may("backup:ListRecoveryPointsByBackupVault", VAULT.replace("-prod-", "-ci-"))
    assert not READER.may("s3:GetObjectVersion", f"{ARCHIVE.replace('-prod-', '-ci-')}/exports/1")


def test_every_own_account_of_a_stack_has_the_role_of_recoveries_and_no_other_has() -> None:
    held = {id_ for id_ in (PROD, CI, BACKUP, PIPELINE, MANAGEMENT) if account(id_).services}
    assert held == {PROD, CI, BACKUP}
    for id_ in held:
        (role,) = account(id_).services
        assert role.name == "strongroom-recovery-service"
        assert [arn.rpartition("/")[2] for arn in role.managed] == [
            "AWSBackupServiceRolePolicyForBackup",
            "AWSBackupServiceRolePolicyForRestores",
        ]
        assert role.trust["Statement"][0].get("Principal") == {"Service": "backup.amazonaws.com"}
        assert role.trust["Statement"][0].get("Condition") == {"StringEquals": {"aws:SourceAccount": id_}}
