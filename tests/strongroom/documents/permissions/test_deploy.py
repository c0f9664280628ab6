import pytest

from strongroom.config.lock import ACKNOWLEDGEMENT
from strongroom.documents.bootstrap import duties
from tests.strongroom.documents.example import BACKUP, CI, PROD, REGION, account, central, stack
from tests.strongroom.documents.judge import Request, allowed, denied
from tests.strongroom.documents.permissions.role import Role

BOUNDARY = f"arn:aws:iam::{PROD}:policy/strongroom-boundary"
TABLE = f"arn:aws:dynamodb:{REGION}:{PROD}:table/prod-submit-receipts"
KEY = f"arn:aws:kms:{REGION}:{PROD}:key/1111"
OURS = {"aws:ResourceTag/strongroom:environment": "prod"}
BACKUP_ROLE = f"arn:aws:iam::{PROD}:role/strongroom-backup-prod"
DEPLOY = Role(PROD, "strongroom-deploy")
DISPOSABLE = Role(PROD, "strongroom-deploy", disposable=True)


@pytest.mark.parametrize("action", ["CreateTable", "UpdateContinuousBackups", "TagResource", "DescribeTable"])
def test_deploy_makes_and_changes_the_stack_s_tables(action: str) -> None:
    assert DEPLOY.may(f"dynamodb:{action}", TABLE)
    assert not DEPLOY.may(f"dynamodb:{action}", f"arn:aws:dynamodb:{REGION}:{PROD}:table/payroll")


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("dynamodb:DeleteTable", TABLE),
        ("backup:DeleteRecoveryPoint", f"arn:aws:backup:{REGION}:{PROD}:recovery-point:1"),
        ("backup:DeleteBackupVault", f"arn:aws:backup:{REGION}:{PROD}:backup-vault:strongroom-prod"),
        ("s3:DeleteBucket", f"arn:aws:s3:::strongroom-prod-exports-{PROD}-{REGION}"),
        ("kms:ScheduleKeyDeletion", KEY),
    ],
)
def test_deploy_destroys_data_only_where_the_stack_is_disposable(action: str, resource: str) -> None:
    assert not DEPLOY.may(action, resource, OURS)
    assert DISPOSABLE.may(action, resource, OURS)


def test_deploy_makes_service_roles_only_under_the_boundary() -> None:
    assert DEPLOY.may("iam:CreateRole", BACKUP_ROLE, {"iam:PermissionsBoundary": BOUNDARY})
    assert not DEPLOY.may("iam:CreateRole", BACKUP_ROLE)
    assert not DEPLOY.may("iam:CreateRole", BACKUP_ROLE, {"iam:PermissionsBoundary": "arn:aws:iam::aws:policy/Any"})


@pytest.mark.parametrize(
    "action",
    ["PutRolePolicy", "AttachRolePolicy", "UpdateAssumeRolePolicy", "DeleteRolePermissionsBoundary", "DeleteRole"],
)
@pytest.mark.parametrize("name", ["strongroom-deploy", "strongroom-recover", "administrator"])
def test_deploy_never_touches_a_role_that_is_not_its_stack_s(action: str, name: str) -> None:
    role = f"arn:aws:iam::{PROD}:role/{name}"
    assert not DEPLOY.may(f"iam:{action}", role, {"iam:PermissionsBoundary": BOUNDARY})


@pytest.mark.parametrize(
    "action", ["iam:CreatePolicyVersion", "iam:CreateUser", "iam:CreateAccessKey", "sts:AssumeRole"]
)
def test_deploy_is_no_administrator(action: str) -> None:
    assert not DEPLOY.may(action, "*")
    assert not DEPLOY.may(action, BOUNDARY)


def test_deploy_attaches_only_aws_s_backup_policies() -> None:
    bounded = {"iam:PermissionsBoundary": BOUNDARY}
    backups = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
    administrators = "arn:aws:iam::aws:policy/AdministratorAccess"
    assert DEPLOY.may("iam:AttachRolePolicy", BACKUP_ROLE, {**bounded, "iam:PolicyARN": backups})
    assert not DEPLOY.may("iam:AttachRolePolicy", BACKUP_ROLE, {**bounded, "iam:PolicyARN": administrators})


def test_a_service_role_is_passed_to_its_own_service_alone() -> None:
    assert DEPLOY.may("iam:PassRole", BACKUP_ROLE, {"iam:PassedToService": "backup.amazonaws.com"})
    assert not DEPLOY.may("iam:PassRole", BACKUP_ROLE, {"iam:PassedToService": "lambda.amazonaws.com"})
    deploy = f"arn:aws:iam::{PROD}:role/strongroom-deploy"
    assert not DEPLOY.may("iam:PassRole", deploy, {"iam:PassedToService": "backup.amazonaws.com"})


def test_deploy_keeps_keys_that_carry_the_environment_s_tag() -> None:
    asked = {"aws:RequestTag/strongroom:environment": "prod"}
    assert DEPLOY.may("kms:CreateKey", "*", asked)
    assert not DEPLOY.may("kms:CreateKey", "*", {"aws:RequestTag/strongroom:environment": "ci"})
    assert DEPLOY.may("kms:PutKeyPolicy", KEY, OURS)
    assert not DEPLOY.may("kms:PutKeyPolicy", KEY)


def test_deploy_cannot_take_over_a_key_of_others_by_tagging_it() -> None:
    asked = {"aws:RequestTag/strongroom:environment": "prod"}
    assert DEPLOY.may("kms:TagResource", KEY, {**asked, "kms:ResourceAliases": ["alias/strongroom/prod/vault"]})
    assert not DEPLOY.may("kms:TagResource", KEY, {**asked, "kms:ResourceAliases": ["alias/payroll"]})
    assert not DEPLOY.may("kms:CreateAlias", f"arn:aws:kms:{REGION}:{PROD}:alias/payroll")


def test_a_table_s_own_key_is_used_through_dynamodb_alone() -> None:
    own = f"arn:aws:kms:{REGION}:{PROD}:key/2222"
    tables = [{"name": "a", "dataClass": "short", "hashKey": {"name": "k"}, "kmsKeyArn": own}]
    tables[0]["name"] = "prod-a"
    made = duties.account(PROD, [stack("prod", tables=tables)])
    data = made.policies["strongroom-deploy-data"]
    for service, answer in (("dynamodb", True), ("ec2", False)):
        context = {"kms:ViaService": f"{service}.{REGION}.amazonaws.com"}
        assert allowed(data, Request(f"arn:aws:iam::{PROD}:role/r", "kms:CreateGrant", own, context)) is answer


def test_a_grant_for_ourselves_is_beyond_the_boundary() -> None:
    boundary = account(CI).boundary
    grant = ("arn:aws:iam::222222222222:role/strongroom-deploy", "kms:CreateGrant", KEY)
    assert denied(boundary, Request(*grant, {"kms:GrantIsForAWSResource": "false"}))
    assert allowed(boundary, Request(*grant, {"kms:GrantIsForAWSResource": "true"}))


@pytest.mark.parametrize("action", ["CreateRole", "PutRolePolicy", "AttachRolePolicy", "PutRolePermissionsBoundary"])
@pytest.mark.parametrize("which", ["own policy", "boundary"])
def test_a_role_without_the_boundary_is_denied_twice_over(action: str, which: str) -> None:
    made = account(PROD)
    document = made.boundary if which == "boundary" else made.policies["strongroom-deploy-account"]
    deploy = f"arn:aws:iam::{PROD}:role/strongroom-deploy"
    assert denied(document, Request(deploy, f"iam:{action}", BACKUP_ROLE))
    assert not denied(document, Request(deploy, f"iam:{action}", BACKUP_ROLE, {"iam:PermissionsBoundary": BOUNDARY}))


def test_a_lock_that_nobody_can_lift_is_armed_only_where_the_settings_ask_for_it() -> None:
    vault = f"arn:aws:backup:{REGION}:{BACKUP}:backup-vault:strongroom-prod-daily-35-90"
    lock = ("backup:PutBackupVaultLockConfiguration", vault)
    governance = Role(BACKUP, "strongroom-deploy")
    assert governance.may(*lock)
    assert not governance.may(*lock, {"backup:ChangeableForDays": "14"})
    meant = {"mode": "compliance", "graceDays": 14, "acknowledge": ACKNOWLEDGEMENT}
    made = duties.account(BACKUP, [central(lock=meant)])
    request = Request(f"arn:aws:iam::{BACKUP}:role/r", *lock, {"backup:ChangeableForDays": "14"})
    assert allowed(made.policies["strongroom-deploy-data"], request)


def test_central_deploy_leaves_a_source_s_own_archive_alone() -> None:
    deploy = Role(BACKUP, "strongroom-deploy")
    assert deploy.may("s3:PutBucketPolicy", f"arn:aws:s3:::strongroom-prod-archive-{BACKUP}-{REGION}")
    assert not deploy.may("s3:PutBucketPolicy", f"arn:aws:s3:::strongroom-ci-archive-{BACKUP}-{REGION}")
