from typing import Any

import pytest

from tests.emulator_people import allow, document, make_role, refuses
from tests.emulator_process import PROD, Emulator, anonymous
from tests.rehearsal.emulator.services.asking import BUCKET, make_bucket, make_key, policy
from tests.rehearsal.emulator.services.backup.asking import refusal
from tests.rehearsal.emulator.services.s3.uploading import upload

pytestmark = pytest.mark.emulator

_KEY = "receipts"
_NAMED: dict[str, Any] = {"Bucket": BUCKET, "Key": _KEY}


@pytest.fixture
def s3(emulator: Emulator) -> Any:
    """S3 of prod with a bucket."""
    client = emulator.client("s3")
    make_bucket(client)
    return client


def _under(key: str, **more: object) -> dict[str, Any]:
    return {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key, **more}


def _user(emulator: Emulator, *actions: str, **condition: object) -> Any:
    """S3 as a role that may do all in S3, and some of KMS."""
    allowed = [allow(list(actions), Condition={"StringEquals": condition})] if actions else []
    return emulator.client("s3", role_arn=make_role(emulator, "user", allow("s3:*"), *allowed))


def _bound(bound: str) -> dict[str, object]:
    return {"kms:ViaService": "s3.eu-west-2.amazonaws.com", "kms:EncryptionContext:aws:s3:arn": bound}


def test_who_may_generate_a_data_key_writes_and_who_may_decrypt_reads(emulator: Emulator, s3: Any) -> None:
    key = make_key(emulator)
    user = _user(emulator, "kms:GenerateDataKey", "kms:Decrypt", **_bound(f"arn:aws:s3:::{BUCKET}/{_KEY}"))
    user.put_object(**_NAMED, Body=b"1", **_under(key))
    assert user.get_object(**_NAMED)["Body"].read() == b"1"
    assert s3.head_object(**_NAMED)["SSEKMSKeyId"] == key


@pytest.mark.usefixtures("s3")
def test_fails_when_the_writer_may_not_generate_a_data_key(emulator: Emulator) -> None:
    user = _user(emulator, "kms:Decrypt")
    with refuses("AccessDenied") as refused:
        user.put_object(**_NAMED, Body=b"1", **_under(make_key(emulator)))
    assert "kms:GenerateDataKey" in str(refused.value)
    user.put_object(**_NAMED, Body=b"1")


def test_fails_when_the_reader_may_not_decrypt(emulator: Emulator, s3: Any) -> None:
    s3.put_object(**_NAMED, Body=b"1", **_under(make_key(emulator)))
    user = _user(emulator, "kms:GenerateDataKey")
    with refuses("AccessDenied") as refused:
        user.get_object(**_NAMED)
    assert "kms:Decrypt" in str(refused.value)
    assert user.head_object(**_NAMED)["ContentLength"] == 1


def test_fails_when_the_key_itself_denies(emulator: Emulator, s3: Any) -> None:
    root = f"arn:aws:iam::{PROD}:root"
    administrate = {"Principal": {"AWS": root}, "Action": ["kms:Put*", "kms:Describe*"], "Resource": "*"}
    kms = emulator.client("kms")
    key = kms.create_key(Policy=policy(**administrate), BypassPolicyLockoutSafetyCheck=True)["KeyMetadata"]["Arn"]
    assert refusal(s3.put_object, **_NAMED, Body=b"1", **_under(key)) == "AccessDenied"


@pytest.mark.usefixtures("s3")
@pytest.mark.parametrize(("bucket_key", "bound"), [(False, f"{BUCKET}/{_KEY}"), (True, BUCKET)])
def test_the_key_is_asked_for_the_object_or_with_a_bucket_key_for_the_bucket(
    emulator: Emulator, bucket_key: bool, bound: str
) -> None:
    user = _user(emulator, "kms:GenerateDataKey", "kms:Decrypt", **_bound(f"arn:aws:s3:::{bound}"))
    asked = {**_NAMED, "Body": b"1", **_under(make_key(emulator))}
    user.put_object(**asked, BucketKeyEnabled=bucket_key)
    assert user.get_object(**_NAMED).get("BucketKeyEnabled", False) is bucket_key
    assert refusal(user.put_object, **asked, BucketKeyEnabled=not bucket_key) == "AccessDenied"


@pytest.mark.parametrize(
    ("change", "code"),
    [("disable_key", "KMS.DisabledException"), ("schedule_key_deletion", "KMS.KMSInvalidStateException")],
)
def test_fails_when_the_key_cannot_be_used(emulator: Emulator, s3: Any, change: str, code: str) -> None:
    key = make_key(emulator)
    s3.put_object(**_NAMED, Body=b"1", **_under(key))
    getattr(emulator.client("kms"), change)(KeyId=key)
    assert refusal(s3.get_object, **_NAMED) == code
    assert refusal(s3.put_object, **_NAMED, Body=b"1", **_under(key)) == code


def test_fails_when_the_key_is_absent_or_of_another_region(emulator: Emulator, s3: Any) -> None:
    absent = make_key(emulator).rpartition("/")[0] + "/00000000-0000-0000-0000-000000000000"
    far = emulator.client("kms", region="eu-west-1").create_key()["KeyMetadata"]["Arn"]
    for key in (absent, far):
        assert refusal(s3.put_object, **_NAMED, Body=b"1", **_under(key)) == "KMS.NotFoundException"


def test_without_a_key_aws_manages_one(emulator: Emulator, s3: Any) -> None:
    s3.put_object(**_NAMED, Body=b"1", ServerSideEncryption="aws:kms")
    managed = emulator.client("kms").describe_key(KeyId="alias/aws/s3")["KeyMetadata"]["Arn"]
    found = s3.get_object(**_NAMED)
    assert (found["SSEKMSKeyId"], found["Body"].read()) == (managed, b"1")


@pytest.mark.parametrize("named", ["id", "alias", "arn"])
def test_a_key_is_shown_by_its_arn_however_it_is_named(emulator: Emulator, s3: Any, named: str) -> None:
    arn = make_key(emulator)
    emulator.client("kms").create_alias(AliasName="alias/exports", TargetKeyId=arn)
    name = {"id": arn.rpartition("/")[2], "alias": "alias/exports", "arn": arn}[named]
    assert s3.put_object(**_NAMED, Body=b"1", **_under(name))["SSEKMSKeyId"] == arn


def test_the_default_of_a_bucket_is_asked_too(emulator: Emulator, s3: Any) -> None:
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": make_key(emulator)}
    rules = {"Rules": [{"ApplyServerSideEncryptionByDefault": default}]}
    s3.put_bucket_encryption(Bucket=BUCKET, ServerSideEncryptionConfiguration=rules)
    s3.put_object(**_NAMED, Body=b"1")
    user = _user(emulator)
    assert refusal(user.put_object, **_NAMED, Body=b"1") == "AccessDenied"
    assert refusal(user.get_object, **_NAMED) == "AccessDenied"


@pytest.mark.usefixtures("s3")
def test_an_upload_of_parts_needs_both_rights(emulator: Emulator) -> None:
    under = _under(make_key(emulator))
    user = _user(emulator, "kms:GenerateDataKey", "kms:Decrypt")
    upload(user, BUCKET, _KEY, b"1", **under)
    iam = emulator.client("iam")
    for missing, rights in {"decrypt": ["kms:GenerateDataKey"], "generate": ["kms:Decrypt"]}.items():
        statements = document(allow("s3:*"), allow(rights))
        iam.put_role_policy(RoleName="user", PolicyName="test", PolicyDocument=statements)
        with refuses("AccessDenied") as refused:
            upload(user, BUCKET, missing, b"1", **under)
        assert refused.value.operation_name == ("UploadPart" if missing == "decrypt" else "CreateMultipartUpload")


def test_fails_when_what_is_copied_may_not_be_decrypted(emulator: Emulator, s3: Any) -> None:
    s3.put_object(**_NAMED, Body=b"1", **_under(make_key(emulator)))
    user = _user(emulator)
    copy = {"Bucket": BUCKET, "Key": "copy", "CopySource": _NAMED}
    assert refusal(user.copy_object, **copy) == "AccessDenied"
    s3.copy_object(**copy)
    assert user.get_object(Bucket=BUCKET, Key="copy")["Body"].read() == b"1"


def test_fails_when_who_does_not_sign_reads_what_a_key_encrypts(emulator: Emulator, s3: Any) -> None:
    s3.delete_public_access_block(Bucket=BUCKET)
    everybody = policy(Principal="*", Action="s3:GetObject", Resource=f"arn:aws:s3:::{BUCKET}/*")
    s3.put_bucket_policy(Bucket=BUCKET, Policy=everybody)
    s3.put_object(**_NAMED, Body=b"1")
    nobody = anonymous(emulator, "s3")
    assert nobody.get_object(**_NAMED)["Body"].read() == b"1"
    s3.put_object(**_NAMED, Body=b"1", **_under(make_key(emulator)))
    assert refusal(nobody.get_object, **_NAMED) == "InvalidArgument"
