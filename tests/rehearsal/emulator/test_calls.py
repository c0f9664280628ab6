from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.emulator_people import allow, make_role, refuses
from tests.emulator_process import BACKUP, MANAGEMENT, PROD, REGION, ControlError, Emulator, anonymous

pytestmark = pytest.mark.emulator


def calls_of(emulator: Emulator, since: int) -> list[dict[str, Any]]:
    return emulator.control("GET", f"calls?since={since}")["calls"]


def newest(emulator: Emulator) -> int:
    return emulator.control("GET", "calls")["next"]


def test_a_call_is_recorded_with_who_what_and_how_it_ended(emulator: Emulator) -> None:
    role = make_role(emulator, "reader", allow("sns:ListTopics"))
    sns = emulator.client("sns", role_arn=role)
    start = newest(emulator)
    sns.list_topics()
    with refuses("AuthorizationError"):
        sns.create_topic(Name="topic")
    session = f"arn:aws:sts::{PROD}:assumed-role/reader/test"
    common = {
        "kind": "role",
        "principal": session,
        "account": PROD,
        "region": REGION,
        "service": "sns",
        "sealed": True,
    }
    assert calls_of(emulator, start) == [
        {**common, "n": start + 1, "operation": "ListTopics", "status": 200, "error": None},
        {**common, "n": start + 2, "operation": "CreateTopic", "status": 403, "error": "AuthorizationError"},
    ]


def test_roots_users_and_the_anonymous_are_told_apart(emulator: Emulator) -> None:
    clients = [
        emulator.root("iam", BACKUP),
        emulator.client("iam", account=MANAGEMENT),
    ]
    nobody = anonymous(emulator, "s3")
    start = newest(emulator)
    for client in clients:
        client.list_roles()
    with pytest.raises(ClientError):
        nobody.get_object(Bucket="no-bucket-of-ours", Key="k")
    found = [(call["kind"], call["principal"], call["operation"]) for call in calls_of(emulator, start)]
    assert found == [
        ("root", f"arn:aws:iam::{BACKUP}:root", "ListRoles"),
        ("user", f"arn:aws:iam::{MANAGEMENT}:user/administrator", "ListRoles"),
        ("anonymous", "", "GetObject"),
    ]


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "recorded"),
    [
        ("s3", "list_buckets", {}, "ListAllMyBuckets"),
        ("sts", "get_caller_identity", {}, "GetCallerIdentity"),
        ("backup", "list_backup_plans", {}, "ListBackupPlans"),
        ("cloudwatch", "describe_alarms", {}, "DescribeAlarms"),
        ("events", "list_rules", {}, "ListRules"),
    ],
)
def test_each_protocol_tells_its_operation(
    emulator: Emulator, service: str, operation: str, parameters: dict[str, Any], recorded: str
) -> None:
    client = emulator.client(service)
    start = newest(emulator)
    getattr(client, operation)(**parameters)
    assert [call["operation"] for call in calls_of(emulator, start)] == [recorded]


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "code"),
    [
        ("s3", "get_object", {"Bucket": "no-bucket-of-ours", "Key": "k"}, "NoSuchBucket"),
        ("iam", "get_role", {"RoleName": "absent"}, "NoSuchEntity"),
        ("kms", "describe_key", {"KeyId": "alias/absent"}, "NotFoundException"),
        ("dynamodb", "describe_table", {"TableName": "absent"}, "ResourceNotFoundException"),
    ],
)
def test_each_protocol_tells_its_error(
    emulator: Emulator, service: str, operation: str, parameters: dict[str, Any], code: str
) -> None:
    client = emulator.client(service)
    start = newest(emulator)
    with refuses(code):
        getattr(client, operation)(**parameters)
    assert [call["error"] for call in calls_of(emulator, start)] == [code]


def test_fails_when_since_is_no_number(emulator: Emulator) -> None:
    with pytest.raises(ControlError, match="since must be a number of a call, got 'x'"):
        emulator.control("GET", "calls?since=x")
