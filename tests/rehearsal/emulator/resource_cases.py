"""One call for each way in which a service names its resources: what it needs, and the ARN that it is judged by."""

from collections.abc import Callable
from typing import Any, Final

from tests.emulator_people import make_role, trust
from tests.emulator_process import PROD, REGION, Emulator


def arn(service: str, resource: str, region: str = REGION) -> str:
    return f"arn:aws:{service}:{region}:{PROD}:{resource}"


def make_table(emulator: Emulator, name: str = "receipts") -> None:
    emulator.client("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )


def make_vault(emulator: Emulator) -> None:
    emulator.client("backup").create_backup_vault(BackupVaultName="strongroom-prod")


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


ALARM: Final[dict[str, Any]] = {
    "Namespace": "n",
    "MetricName": "m",
    "Statistic": "Sum",
    "Period": 60,
    "EvaluationPeriods": 1,
    "Threshold": 1,
    "ComparisonOperator": "GreaterThanThreshold",
}
TAGS: Final = [{"Key": "owner", "Value": "platform"}]
TABLE: Final = arn("dynamodb", "table/receipts")
TOPIC: Final = arn("sns", "alarms")
RULE: Final = arn("events", "rule/failed-jobs")
ALARM_ARN: Final = arn("cloudwatch", "alarm:late")
PROVIDER: Final = arn("iam", "oidc-provider/token.example.com", "")
VAULT: Final = arn("backup", "backup-vault:strongroom-prod")

Case = tuple[Callable[[Emulator], None], str, str, str, str, dict[str, Any]]
CASES: Final[tuple[Case, ...]] = (
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
)
