from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.asking import BUCKET, make_bucket, make_key

pytestmark = pytest.mark.emulator


@pytest.fixture
def key(emulator: Emulator) -> str:
    """A key of prod."""
    return make_key(emulator)


@pytest.fixture
def s3(emulator: Emulator) -> Any:
    """S3 of prod with a bucket."""
    client = emulator.client("s3")
    make_bucket(client)
    return client


def _encrypt(s3: Any, switched_on: bool, **default: str) -> None:
    rule = {"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": switched_on}
    s3.put_bucket_encryption(Bucket=BUCKET, ServerSideEncryptionConfiguration={"Rules": [rule]})


def _is_under_a_bucket_key(s3: Any, name: str = "a") -> bool:
    return s3.head_object(Bucket=BUCKET, Key=name).get("BucketKeyEnabled", False)


@pytest.mark.parametrize("switched_on", [True, False])
def test_an_object_follows_the_setting_of_its_bucket(s3: Any, key: str, switched_on: bool) -> None:
    _encrypt(s3, switched_on, SSEAlgorithm="aws:kms", KMSMasterKeyID=key)
    put = s3.put_object(Bucket=BUCKET, Key="a", Body=b"1")
    assert put.get("BucketKeyEnabled", False) is switched_on
    assert _is_under_a_bucket_key(s3) is switched_on


@pytest.mark.parametrize("own", [True, False])
def test_the_word_of_an_object_comes_before_its_buckets(s3: Any, key: str, own: bool) -> None:
    kms = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key}
    _encrypt(s3, not own, SSEAlgorithm="aws:kms", KMSMasterKeyID=key)
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"1", BucketKeyEnabled=own, **kms)
    assert _is_under_a_bucket_key(s3) is own


def test_an_object_under_no_kms_key_has_no_bucket_key(s3: Any) -> None:
    _encrypt(s3, True, SSEAlgorithm="AES256")
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"1")
    assert not _is_under_a_bucket_key(s3)


def test_a_copy_has_no_bucket_key_because_its_source_had_one(s3: Any, key: str) -> None:
    _encrypt(s3, True, SSEAlgorithm="aws:kms", KMSMasterKeyID=key)
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"1")
    _encrypt(s3, False, SSEAlgorithm="aws:kms", KMSMasterKeyID=key)
    s3.copy_object(Bucket=BUCKET, Key="b", CopySource={"Bucket": BUCKET, "Key": "a"})
    assert (_is_under_a_bucket_key(s3, "a"), _is_under_a_bucket_key(s3, "b")) == (True, False)
