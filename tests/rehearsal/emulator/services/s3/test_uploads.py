import base64
import hashlib
from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.asking import BUCKET, make_bucket
from tests.rehearsal.emulator.services.backup.asking import refusal
from tests.rehearsal.emulator.services.s3.uploading import upload, without_checksums

pytestmark = pytest.mark.emulator

_NAMED: dict[str, Any] = {"Bucket": BUCKET, "Key": "receipts"}
_LOCK: dict[str, Any] = {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": "2099-01-01T00:00:00Z"}
_DEFAULT: Any = {
    "ObjectLockEnabled": "Enabled",
    "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 30}},
}
_MIB: bytes = b"x" * 5 * 2**20


@pytest.fixture
def s3(emulator: Emulator) -> Any:
    """S3 of prod with a bucket with Object Lock."""
    client = emulator.client("s3")
    make_bucket(client, ObjectLockEnabledForBucket=True)
    return client


@pytest.mark.parametrize("by_default", [True, False])
def test_fails_when_a_locked_upload_has_no_checksum(emulator: Emulator, s3: Any, by_default: bool) -> None:
    if by_default:
        s3.put_object_lock_configuration(Bucket=BUCKET, ObjectLockConfiguration=_DEFAULT)
    asked = {**_NAMED, **({} if by_default else _LOCK)}
    bare = without_checksums(emulator)
    assert refusal(bare.put_object, **asked, Body=b"1") == "InvalidRequest"
    bare.put_object(**asked, Body=b"1", ContentMD5=base64.b64encode(hashlib.md5(b"1").digest()).decode())  # noqa: S324
    bare.put_object(**asked, Body=b"1", ChecksumAlgorithm="SHA256")


def test_an_upload_that_is_not_locked_needs_no_checksum(emulator: Emulator, s3: Any) -> None:
    without_checksums(emulator).put_object(**_NAMED, Body=b"1")
    assert s3.head_object(**_NAMED)["ContentLength"] == 1


def test_fails_when_a_part_of_a_locked_upload_has_no_checksum(emulator: Emulator, s3: Any) -> None:
    begun = s3.create_multipart_upload(**_NAMED, **_LOCK)
    part = {**_NAMED, "UploadId": begun["UploadId"], "PartNumber": 1, "Body": b"1"}
    assert refusal(without_checksums(emulator).upload_part, **part) == "InvalidRequest"
    s3.upload_part(**part)


def test_an_object_made_of_parts_has_the_lock_and_the_tags_that_its_upload_began_with(s3: Any) -> None:
    upload(s3, BUCKET, "receipts", _MIB, b"1", **_LOCK, ObjectLockLegalHoldStatus="ON", Tagging="tier=gold")
    found = s3.head_object(**_NAMED)
    assert (found["ObjectLockMode"], found["ObjectLockLegalHoldStatus"]) == ("COMPLIANCE", "ON")
    assert s3.get_object_tagging(**_NAMED)["TagSet"] == [{"Key": "tier", "Value": "gold"}]


def test_an_object_made_of_parts_gets_the_default_retention(s3: Any) -> None:
    s3.put_object_lock_configuration(Bucket=BUCKET, ObjectLockConfiguration=_DEFAULT)
    upload(s3, BUCKET, "receipts", b"1")
    assert s3.get_object_retention(**_NAMED)["Retention"]["Mode"] == "GOVERNANCE"


def test_a_copy_has_the_lock_of_its_own_request_or_bucket_never_that_of_its_source(s3: Any) -> None:
    s3.put_object(**_NAMED, Body=b"1", **_LOCK)
    source = {"CopySource": _NAMED}
    s3.copy_object(Bucket=BUCKET, Key="plain", **source)
    assert "ObjectLockMode" not in s3.head_object(Bucket=BUCKET, Key="plain")
    s3.copy_object(Bucket=BUCKET, Key="held", **source, ObjectLockLegalHoldStatus="ON")
    assert s3.head_object(Bucket=BUCKET, Key="held")["ObjectLockLegalHoldStatus"] == "ON"
    s3.put_object_lock_configuration(Bucket=BUCKET, ObjectLockConfiguration=_DEFAULT)
    s3.copy_object(Bucket=BUCKET, Key="default", **source)
    assert s3.head_object(Bucket=BUCKET, Key="default")["ObjectLockMode"] == "GOVERNANCE"


@pytest.mark.parametrize(
    ("member", "checksum"),
    [
        ("ChecksumSHA256", hashlib.sha256(b"123456789").digest()),
        ("ChecksumCRC64NVME", 0xAE8B14860A799888.to_bytes(8)),
    ],
)
def test_a_checksum_is_kept_and_handed_back(s3: Any, member: str, checksum: bytes) -> None:
    given = {member: base64.b64encode(checksum).decode()}
    version_id = s3.put_object(**_NAMED, Body=b"123456789", **given)["VersionId"]
    for named in (_NAMED, {**_NAMED, "VersionId": version_id}):
        found = s3.head_object(**named, ChecksumMode="ENABLED")
        assert (found[member], found["ChecksumType"]) == (given[member], "FULL_OBJECT")
    read = s3.get_object_attributes(**_NAMED, ObjectAttributes=["Checksum", "ObjectSize", "ETag"])
    assert (read["Checksum"][member], read["ObjectSize"]) == (given[member], 9)


def test_fails_when_a_checksum_is_of_something_else(s3: Any) -> None:
    wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    assert refusal(s3.put_object, **_NAMED, Body=b"receipts", ChecksumSHA256=wrong) == "BadDigest"


def test_the_checksum_of_an_object_made_of_parts_is_of_the_parts_or_of_the_whole(s3: Any) -> None:
    answer = upload(s3, BUCKET, "parts", _MIB, b"1", ChecksumAlgorithm="SHA256")
    assert (answer["ChecksumSHA256"].endswith("-2"), answer["ChecksumType"]) == (True, "COMPOSITE")
    answer = upload(s3, BUCKET, "whole", _MIB, b"1", ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
    s3.put_object(**_NAMED, Body=_MIB + b"1", ChecksumAlgorithm="CRC32")
    same = s3.head_object(**_NAMED, ChecksumMode="ENABLED")["ChecksumCRC32"]
    assert (answer["ChecksumCRC32"], answer["ChecksumType"]) == (same, "FULL_OBJECT")
    version = {"Bucket": BUCKET, "Key": "whole", "VersionId": answer["VersionId"]}
    found = s3.head_object(**version, ChecksumMode="ENABLED")
    assert (found["ChecksumCRC32"], found["ChecksumType"]) == (same, "FULL_OBJECT")


def test_fails_when_a_key_is_written_once_and_again(s3: Any) -> None:
    s3.put_object(**_NAMED, Body=b"1", IfNoneMatch="*")
    assert refusal(s3.put_object, **_NAMED, Body=b"2", IfNoneMatch="*") == "PreconditionFailed"
    begun = s3.create_multipart_upload(**_NAMED)
    part = s3.upload_part(**_NAMED, UploadId=begun["UploadId"], PartNumber=1, Body=b"1")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    asked = {**_NAMED, "UploadId": begun["UploadId"], "MultipartUpload": parts}
    assert refusal(s3.complete_multipart_upload, **asked, IfNoneMatch="*") == "PreconditionFailed"
    s3.delete_object(**_NAMED)
    s3.complete_multipart_upload(**asked, IfNoneMatch="*")


def test_objects_are_made_on_the_emulators_clock(emulator: Emulator, s3: Any) -> None:
    emulator.advance(400 * 86400)
    now = emulator.control("GET", "clock")["now"]
    s3.put_object(**_NAMED, Body=b"1")
    assert s3.head_object(**_NAMED)["LastModified"].isoformat()[:10] == now[:10]
