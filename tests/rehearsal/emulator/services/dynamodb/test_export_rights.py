import json
from typing import Any

import pytest

from tests.emulator_people import allow, deny, document, make_role
from tests.emulator_process import PROD, Emulator
from tests.rehearsal.emulator.services.dynamodb.exporting import (
    BUCKET,
    CENTRAL,
    export,
    keys,
    let_in,
    lines,
    make_bucket,
)
from tests.rehearsal.emulator.services.dynamodb.holding import item, put, switch_on

pytestmark = pytest.mark.emulator

_WRITING = ("s3:PutObject", "s3:PutObjectAcl", "s3:AbortMultipartUpload")
_EXPORTING = allow(["dynamodb:ExportTableToPointInTime", "dynamodb:DescribeExport"])


@pytest.fixture
def s3(emulator: Emulator, dynamodb: Any) -> Any:
    """S3 of the central account with a bucket in it; prod's table has an item and a history."""
    put(dynamodb, item("a"))
    switch_on(dynamodb)
    return make_bucket(emulator, CENTRAL)


def _exporter(emulator: Emulator, *statements: dict[str, Any]) -> tuple[Any, str]:
    """Return DynamoDB as a role of prod that may export, and the role."""
    role = make_role(emulator, "exporter", _EXPORTING, *statements)
    return emulator.client("dynamodb", role_arn=role), role


def test_a_bucket_of_another_account_takes_the_export_of_a_caller_that_both_sides_allow(
    emulator: Emulator, s3: Any
) -> None:
    exporter, role = _exporter(emulator, allow([*_WRITING]))
    let_in(s3, role, *_WRITING)
    ended = export(exporter, S3BucketOwner=CENTRAL)
    assert ended["ExportStatus"] == "COMPLETED"
    assert lines(s3, ended) == [{"Item": item("a")}]


def test_fails_when_the_owner_of_another_accounts_bucket_is_not_named_or_is_another(
    emulator: Emulator, s3: Any
) -> None:
    exporter, role = _exporter(emulator, allow([*_WRITING]))
    let_in(s3, role, *_WRITING)
    for asked in ({}, {"S3BucketOwner": PROD}):
        ended = export(exporter, **asked)
        assert (ended["ExportStatus"], ended["FailureCode"]) == ("FAILED", "S3AccessDenied")
    assert keys(s3) == []


def test_fails_when_the_policy_of_the_bucket_does_not_name_the_caller(emulator: Emulator, s3: Any) -> None:
    exporter, _ = _exporter(emulator, allow([*_WRITING]))
    let_in(s3, make_role(emulator, "other"), *_WRITING)
    ended = export(exporter, S3BucketOwner=CENTRAL)
    assert (ended["ExportStatus"], ended["FailureCode"]) == ("FAILED", "S3AccessDenied")


@pytest.mark.parametrize("missing", _WRITING)
def test_fails_when_the_caller_lacks_a_right_to_write(emulator: Emulator, s3: Any, missing: str) -> None:
    exporter, role = _exporter(emulator, allow([action for action in _WRITING if action != missing]))
    let_in(s3, role, *_WRITING)
    assert export(exporter, S3BucketOwner=CENTRAL)["FailureCode"] == "S3AccessDenied"


def test_fails_when_the_bucket_is_absent(dynamodb: Any) -> None:
    switch_on(dynamodb)
    ended = export(dynamodb)
    assert (ended["ExportStatus"], ended["FailureCode"]) == ("FAILED", "S3NoSuchBucket")


def test_fails_when_a_policy_denies_the_callers_own_bucket(emulator: Emulator, dynamodb: Any) -> None:
    switch_on(dynamodb)
    s3 = make_bucket(emulator, PROD)
    assert export(dynamodb)["ExportStatus"] == "COMPLETED"
    shut = deny("s3:PutObject", f"arn:aws:s3:::{BUCKET}/*", Principal="*")
    s3.put_bucket_policy(Bucket=BUCKET, Policy=document(shut))
    assert export(dynamodb)["FailureCode"] == "S3AccessDenied"


def test_what_was_written_before_the_rights_went_stays(emulator: Emulator, s3: Any) -> None:
    exporter, role = _exporter(emulator, allow([*_WRITING]))
    let_in(s3, role, *_WRITING)
    emulator.control("PUT", "durations", {"export": {"seconds": 600}})
    begun = export(exporter, S3BucketOwner=CENTRAL)
    s3.delete_bucket_policy(Bucket=BUCKET)
    emulator.advance(601)
    ended = exporter.describe_export(ExportArn=begun["ExportArn"])["ExportDescription"]
    assert (ended["ExportStatus"], ended["FailureCode"]) == ("FAILED", "S3AccessDenied")
    assert [key.rpartition("/")[2] for key in keys(s3)] == ["_started"]


def _key(emulator: Emulator, role: str, *actions: str) -> str:
    """Make a key of the central account that its account administers and a role may use."""
    kms = emulator.client("kms", account=CENTRAL)
    policy = document(
        allow("kms:*", Principal={"AWS": f"arn:aws:iam::{CENTRAL}:root"}),
        allow([*actions], Principal={"AWS": role}),
    )
    return kms.create_key(Policy=policy)["KeyMetadata"]["Arn"]


def test_a_key_of_another_account_encrypts_when_the_caller_may_use_it(emulator: Emulator, s3: Any) -> None:
    exporter, role = _exporter(emulator, allow([*_WRITING, "kms:GenerateDataKey", "kms:Decrypt"]))
    let_in(s3, role, *_WRITING)
    key = _key(emulator, role, "kms:GenerateDataKey", "kms:Decrypt")
    ended = export(exporter, S3BucketOwner=CENTRAL, S3SseAlgorithm="KMS", S3SseKmsKeyId=key)
    assert ended["ExportStatus"] == "COMPLETED"
    head = s3.head_object(Bucket=BUCKET, Key=ended["ExportManifest"])
    assert head["SSEKMSKeyId"] == key
    assert json.loads(s3.get_object(Bucket=BUCKET, Key=ended["ExportManifest"])["Body"].read())["s3SseKmsKeyId"] == key


def test_fails_when_the_caller_may_not_use_the_key(emulator: Emulator, s3: Any) -> None:
    exporter, role = _exporter(emulator, allow([*_WRITING, "kms:GenerateDataKey", "kms:Decrypt"]))
    let_in(s3, role, *_WRITING)
    key = _key(emulator, role, "kms:Decrypt")
    ended = export(exporter, S3BucketOwner=CENTRAL, S3SseAlgorithm="KMS", S3SseKmsKeyId=key)
    assert (ended["ExportStatus"], ended["FailureCode"]) == ("FAILED", "S3AccessDenied")


def test_fails_when_the_key_is_disabled(emulator: Emulator, s3: Any) -> None:
    exporter, role = _exporter(emulator, allow([*_WRITING, "kms:GenerateDataKey", "kms:Decrypt"]))
    let_in(s3, role, *_WRITING)
    key = _key(emulator, role, "kms:GenerateDataKey", "kms:Decrypt")
    emulator.client("kms", account=CENTRAL).disable_key(KeyId=key)
    ended = export(exporter, S3BucketOwner=CENTRAL, S3SseAlgorithm="KMS", S3SseKmsKeyId=key)
    assert (ended["ExportStatus"], ended["FailureCode"]) == ("FAILED", "S3KMS.DisabledException")
