from typing import Any

import pytest

from tests.emulator_people import allow, make_role, refuses, trust
from tests.emulator_process import PROD, REGION, Emulator

pytestmark = pytest.mark.emulator

TAGS = [{"Key": "owner", "Value": "platform"}]
TABLE: dict[str, Any] = {
    "TableName": "receipts",
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
    "BillingMode": "PAY_PER_REQUEST",
}
ROLE: dict[str, Any] = {"RoleName": "made", "AssumeRolePolicyDocument": trust({"AWS": PROD})}
BUCKET: dict[str, Any] = {"Bucket": "made", "CreateBucketConfiguration": {"LocationConstraint": REGION}}

Case = tuple[str, str, dict[str, Any], str, str | list[str], dict[str, Any]]
CASES: list[Case] = [
    ("dynamodb", "create_table", TABLE, "dynamodb:CreateTable", "dynamodb:TagResource", {"Tags": TAGS}),
    ("sns", "create_topic", {"Name": "made"}, "sns:CreateTopic", "sns:TagResource", {"Tags": TAGS}),
    ("iam", "create_role", ROLE, "iam:CreateRole", "iam:TagRole", {"Tags": TAGS}),
    (
        "events",
        "put_rule",
        {"Name": "made", "EventPattern": '{"source": ["a"]}'},
        "events:PutRule",
        "events:TagResource",
        {"Tags": TAGS},
    ),
    (
        "kms",
        "create_key",
        {},
        "kms:CreateKey",
        "kms:TagResource",
        {"Tags": [{"TagKey": "owner", "TagValue": "platform"}]},
    ),
    (
        "s3",
        "create_bucket",
        BUCKET,
        "s3:CreateBucket",
        ["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"],
        {"ObjectLockEnabledForBucket": True},
    ),
]
BY_OPERATION = pytest.mark.parametrize("case", CASES, ids=[case[1] for case in CASES])
DENIED = {"sns": "AuthorizationError", "iam": "AccessDenied", "s3": "AccessDenied"}
"""Error code of a denial; AccessDeniedException elsewhere."""


@BY_OPERATION
def test_making_without_more_needs_the_making_alone(emulator: Emulator, case: Case) -> None:
    service, operation, plain, making, _, _ = case
    role = make_role(emulator, "maker", allow(making))
    getattr(emulator.client(service, role_arn=role), operation)(**plain)


@BY_OPERATION
def test_making_with_more_needs_its_action_too(emulator: Emulator, case: Case) -> None:
    service, operation, plain, making, more, given = case
    role = make_role(emulator, "maker", allow([making, *([more] if isinstance(more, str) else more)]))
    getattr(emulator.client(service, role_arn=role), operation)(**plain, **given)


@BY_OPERATION
def test_fails_when_the_further_action_is_not_allowed(emulator: Emulator, case: Case) -> None:
    service, operation, plain, making, more, given = case
    role = make_role(emulator, "maker", allow(making))
    with refuses(DENIED.get(service, "AccessDeniedException")) as refused:
        getattr(emulator.client(service, role_arn=role), operation)(**plain, **given)
    assert service == "s3" or (more if isinstance(more, str) else more[0]) in str(refused.value)


@pytest.mark.parametrize(
    ("given", "action"),
    [
        ({"Tagging": "owner=platform"}, "s3:PutObjectTagging"),
        ({"ObjectLockLegalHoldStatus": "ON"}, "s3:PutObjectLegalHold"),
        ({"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": "2036-01-01"}, "s3:PutObjectRetention"),
    ],
)
def test_what_an_object_is_written_with_needs_its_own_action(
    emulator: Emulator, given: dict[str, Any], action: str
) -> None:
    emulator.client("s3").create_bucket(**BUCKET, ObjectLockEnabledForBucket=True)
    writer = make_role(emulator, "writer", allow("s3:PutObject"))
    with refuses("AccessDenied"):
        emulator.client("s3", role_arn=writer).put_object(Bucket="made", Key="k", Body=b"v", **given)
    able = make_role(emulator, "able", allow(["s3:PutObject", action]))
    emulator.client("s3", role_arn=able).put_object(Bucket="made", Key="k", Body=b"v", **given)


def test_the_key_an_object_is_encrypted_with_is_a_condition_key(emulator: Emulator) -> None:
    key = emulator.client("kms").create_key()["KeyMetadata"]["Arn"]
    emulator.client("s3").create_bucket(**BUCKET)
    condition = {"StringEquals": {"s3:x-amz-server-side-encryption-aws-kms-key-id": key}}
    role = make_role(emulator, "writer", allow("s3:PutObject", Condition=condition), allow("kms:*"))
    s3 = emulator.client("s3", role_arn=role)
    s3.put_object(Bucket="made", Key="k", Body=b"v", ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
    with refuses("AccessDenied"):
        s3.put_object(Bucket="made", Key="k", Body=b"v")
