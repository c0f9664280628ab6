"""S3: uploads that will be locked show that they arrived whole."""

from typing import Any, Final

from rehearsal.emulator.patching import replaces
from rehearsal.emulator.services.refusing import refusing
from rehearsal.emulator.services.s3.lock_rules import refuse_a_locked_upload_without_a_checksum
from rehearsal.emulator.services.s3.multipart_uploads import asked_of
from rehearsal.emulator.services.s3.object_locks import HEADERS
from rehearsal.emulator.services.s3.tables import LOCKS

_CHECKSUM: Final = "x-amz-checksum-"


@replaces("services.s3:_put_object", read="cf5861e4d9999243")
@refusing("s3")
def put_object(original: Any, bucket: str, key: str, body: bytes, headers: dict[str, str]) -> Any:
    """Ask for a checksum."""
    if bucket in LOCKS and _is_locked(bucket, headers):
        refuse_a_locked_upload_without_a_checksum(_has_checksum(headers), "Put Object")
    return original(bucket, key, body, headers)


@replaces("services.s3:_upload_part", read="e27ecd53f1de3dbd")
@refusing("s3")
def upload_part(original: Any, bucket: str, key: str, body: bytes, query: Any, headers: dict[str, str]) -> Any:
    """Ask for a checksum."""
    if bucket in LOCKS and _is_locked(bucket, asked_of(query).get("asked", {})):
        refuse_a_locked_upload_without_a_checksum(_has_checksum(headers), "Put Part")
    return original(bucket, key, body, query, headers)


def _is_locked(bucket: str, headers: dict[str, str]) -> bool:
    return bool(LOCKS[bucket].get("default_retention")) or any(headers.get(name) for name in HEADERS)


def _has_checksum(headers: dict[str, str]) -> bool:
    trailer = headers.get("x-amz-trailer", "")
    return "content-md5" in headers or _CHECKSUM in trailer or any(name.startswith(_CHECKSUM) for name in headers)
