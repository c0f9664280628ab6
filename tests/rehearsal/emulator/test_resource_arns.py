from collections.abc import Callable
from typing import Any

import pytest

from tests.emulator_people import allow, deny, make_role, refuses, trust
from tests.emulator_process import PROD, REGION, Emulator

pytestmark = pytest.mark.emulator


def arn(service: str, resource: str, region: str = REGION) -> str:
    return f"arn:aws:{service}:{region}:{PROD}:{resource}"


def make_table(emulator: Emulator, name: str = "receipts") -> None:
    emulator.client("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )


def make_rule(emulator: Emulator) -> None:
    emulator.client("events").put_rule(Name="failed-jobs", EventPattern='{"source": ["aws.backup"]}')


def make_topic(emulator: Emulator) -> None:
    emulator.client("sns").create_topic(Name="alarms")


def make_alarm(emulator: Emulator) -> None:
    emulator.client("cloudwatch").put_metric_alarm(AlarmName="late", **ALARM)


def make_role_with_path(emulator: Emulator) -> None:
    make_role(emulator, "inner", Path="/strongroom/")


def nothing(_: Emulator) -> None:
    pass


ALARM: dict[str, Any] = {
    "Namespace": "n",
    "MetricName": "m",
    "Statistic": "Sum",
    "Period": 60,
    "EvaluationPeriods": 1,
    "Threshold": 1,
    "ComparisonOperator": "GreaterThanThreshold",
}
TAGS = [{"Key": "owner", "Value": "platform"}]
TABLE = arn("dynamodb", "table/receipts")
TOPIC = arn("sns", "alarms")
RULE = arn("events", "rule/failed-jobs")
ALARM_ARN = arn("cloudwatch", "alarm:late")
PROVIDER = arn("iam", "oidc-provider/token.example.com", "")

VAULT = arn("backup", "backup-vault:strongroom-prod")


def make_vault(emulator: Emulator) -> None:
    emulator.client("backup").create_backup_vault(BackupVaultName="strongroom-prod")


Case = tuple[Callable[[Emulator], None], str, str, str, str, dict[str, Any]]
CASES: list[Case] = [
    (make_table, "dynamodb", "dynamodb:TagResource", TABLE, "tag_resource", {"ResourceArn": TABLE, "Tags": TAGS}),
    (make_table, "dynamodb", "dynamodb:ListTagsOfResource", TABLE, "list_tags_of_resource", {"ResourceArn": TABLE}),
    (
        make_vault,
        "backup",
        "backup:DeleteBackupVault",
        VAULT,
        "delete_backup_vault",
        {"BackupVaultName": "strongroom-prod"},
    ),
    (
        make_vault,
        "backup",
        "backup:DescribeBackupVault",
        VAULT,
        "describe_backup_vault",
        {"BackupVaultName": "strongroom-prod"},
    ),
    (
        make_vault,
        "backup",
        "backup:ListRecoveryPointsByBackupVault",
        VAULT,
        "list_recovery_points_by_backup_vault",
        {"BackupVaultName": "strongroom-prod"},
    ),
    (make_vault, "backup", "backup:ListTags", VAULT, "list_tags", {"ResourceArn": VAULT}),
    (
        make_vault,
        "backup",
        "backup:TagResource",
        VAULT,
        "tag_resource",
        {"ResourceArn": VAULT, "Tags": {"owner": "platform"}},
    ),
    (make_rule, "events", "events:DescribeRule", RULE, "describe_rule", {"Name": "failed-jobs"}),
    (
        make_rule,
        "events",
        "events:PutTargets",
        RULE,
        "put_targets",
        {"Rule": "failed-jobs", "Targets": [{"Id": "1", "Arn": TOPIC}]},
    ),
    (make_rule, "events", "events:ListTargetsByRule", RULE, "list_targets_by_rule", {"Rule": "failed-jobs"}),
    (make_rule, "events", "events:TagResource", RULE, "tag_resource", {"ResourceARN": RULE, "Tags": TAGS}),
    (make_topic, "sns", "sns:TagResource", TOPIC, "tag_resource", {"ResourceArn": TOPIC, "Tags": TAGS}),
    (make_topic, "sns", "sns:ListTagsForResource", TOPIC, "list_tags_for_resource", {"ResourceArn": TOPIC}),
    (nothing, "cloudwatch", "cloudwatch:PutMetricAlarm", ALARM_ARN, "put_metric_alarm", {"AlarmName": "late", **ALARM}),
    (make_alarm, "cloudwatch", "cloudwatch:DescribeAlarms", ALARM_ARN, "describe_alarms", {"AlarmNames": ["late"]}),
    (make_alarm, "cloudwatch", "cloudwatch:DeleteAlarms", ALARM_ARN, "delete_alarms", {"AlarmNames": ["late"]}),
    (
        make_alarm,
        "cloudwatch",
        "cloudwatch:ListTagsForResource",
        ALARM_ARN,
        "list_tags_for_resource",
        {"ResourceARN": ALARM_ARN},
    ),
    (
        make_role_with_path,
        "iam",
        "iam:GetRole",
        arn("iam", "role/strongroom/inner", ""),
        "get_role",
        {"RoleName": "inner"},
    ),
    (
        nothing,
        "iam",
        "iam:CreateRole",
        arn("iam", "role/strongroom/made", ""),
        "create_role",
        {"RoleName": "made", "Path": "/strongroom/", "AssumeRolePolicyDocument": trust({"AWS": PROD})},
    ),
    (
        nothing,
        "iam",
        "iam:CreatePolicy",
        arn("iam", "policy/strongroom/made", ""),
        "create_policy",
        {
            "PolicyName": "made",
            "Path": "/strongroom/",
            "PolicyDocument": '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}',
        },
    ),
    (
        nothing,
        "iam",
        "iam:CreateOpenIDConnectProvider",
        PROVIDER,
        "create_open_id_connect_provider",
        {"Url": "https://token.example.com"},
    ),
]
DENIED = {"sns": "AuthorizationError", "iam": "AccessDenied"}
"""Error code of a denial; AccessDeniedException elsewhere."""
BY_ACTION = pytest.mark.parametrize("case", CASES, ids=[case[2] for case in CASES])


@BY_ACTION
def test_an_action_is_allowed_by_the_arn_of_its_resource(emulator: Emulator, case: Case) -> None:
    make, service, action, resource, operation, parameters = case
    make(emulator)
    role = make_role(emulator, "scoped", allow(action, resource))
    getattr(emulator.client(service, role_arn=role), operation)(**parameters)


@BY_ACTION
def test_fails_when_an_action_is_allowed_on_another_resource(emulator: Emulator, case: Case) -> None:
    make, service, action, resource, operation, parameters = case
    make(emulator)
    role = make_role(emulator, "scoped", allow(action, f"{resource}-other"))
    with refuses(DENIED.get(service, "AccessDeniedException")):
        getattr(emulator.client(service, role_arn=role), operation)(**parameters)


@BY_ACTION
def test_fails_when_an_action_is_denied_on_its_resource(emulator: Emulator, case: Case) -> None:
    make, service, action, resource, operation, parameters = case
    make(emulator)
    role = make_role(emulator, "scoped", allow("*"), deny(action, resource))
    with refuses(DENIED.get(service, "AccessDeniedException")):
        getattr(emulator.client(service, role_arn=role), operation)(**parameters)


@pytest.fixture
def key(emulator: Emulator) -> str:
    kms = emulator.client("kms")
    made: str = kms.create_key()["KeyMetadata"]["Arn"]
    kms.create_alias(AliasName="alias/known", TargetKeyId=made)
    return made


def test_a_key_named_by_its_alias_is_judged_by_the_keys_arn(emulator: Emulator, key: str) -> None:
    role = make_role(emulator, "encrypter", allow("kms:Encrypt", key))
    assert emulator.client("kms", role_arn=role).encrypt(KeyId="alias/known", Plaintext=b"x")["KeyId"] == key


def test_fails_when_only_the_alias_is_allowed(emulator: Emulator, key: str) -> None:
    role = make_role(emulator, "encrypter", allow("kms:Encrypt", arn("kms", "alias/known")))
    with refuses("AccessDeniedException"):
        emulator.client("kms", role_arn=role).encrypt(KeyId="alias/known", Plaintext=b"x")
    assert key


def test_an_alias_needs_both_the_alias_and_its_key(emulator: Emulator, key: str) -> None:
    alias = arn("kms", "alias/new")
    both = make_role(emulator, "both", allow("kms:CreateAlias", [alias, key]))
    emulator.client("kms", role_arn=both).create_alias(AliasName="alias/new", TargetKeyId=key)
    for name, only in (("alias-only", alias), ("key-only", key)):
        role = make_role(emulator, name, allow("kms:DeleteAlias", only))
        with refuses("AccessDeniedException"):
            emulator.client("kms", role_arn=role).delete_alias(AliasName="alias/new")


def test_a_plan_is_named_by_its_id(emulator: Emulator) -> None:
    backup = emulator.client("backup")
    make_vault(emulator)
    rule = {"RuleName": "daily", "TargetBackupVaultName": "strongroom-prod"}
    made = backup.create_backup_plan(BackupPlan={"BackupPlanName": "daily", "Rules": [rule]})
    role = make_role(emulator, "reader", allow("backup:GetBackupPlan", made["BackupPlanArn"]))
    assert emulator.client("backup", role_arn=role).get_backup_plan(BackupPlanId=made["BackupPlanId"])
    other = make_role(emulator, "other", allow("backup:GetBackupPlan", arn("backup", "backup-plan:other")))
    with refuses("AccessDeniedException"):
        emulator.client("backup", role_arn=other).get_backup_plan(BackupPlanId=made["BackupPlanId"])


def test_a_restore_needs_the_backup_and_the_new_table(emulator: Emulator) -> None:
    make_table(emulator)
    made = emulator.client("dynamodb").create_backup(TableName="receipts", BackupName="nightly")
    backup = made["BackupDetails"]["BackupArn"]
    parameters = {"BackupArn": backup, "TargetTableName": "restored"}
    action, target = "dynamodb:RestoreTableFromBackup", arn("dynamodb", "table/restored")
    half = make_role(emulator, "half", allow(action, backup))
    with refuses("AccessDeniedException"):
        emulator.client("dynamodb", role_arn=half).restore_table_from_backup(**parameters)
    filling = ["BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem"]
    fills = allow([f"dynamodb:{name}" for name in filling], target)
    whole = make_role(emulator, "whole", allow(action, [backup, target]), fills)
    emulator.client("dynamodb", role_arn=whole).restore_table_from_backup(**parameters)
