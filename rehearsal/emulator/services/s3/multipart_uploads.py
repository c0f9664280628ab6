"""S3: what a multipart upload asked for when it began, which MiniStack forgets: its lock, its tags, its checksum."""

# ruff: noqa: SLF001 - MiniStack's functions have no public names
import re
from contextvars import ContextVar
from typing import Any, Final
from urllib.parse import parse_qsl

from rehearsal.emulator import door
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.services.refusing import refusing
from rehearsal.emulator.services.s3.encryption import ask_key, ask_key_to_write
from rehearsal.emulator.services.s3.object_locks import HEADERS, apply_lock
from rehearsal.emulator.services.s3.tables import BUCKETS, TAGS, UPLOADS
from rehearsal.emulator.services.s3.versions import mark

_ASKED: Final = "asked"
_TAGGING: Final = "x-amz-tagging"
_TYPE: Final = "x-amz-checksum-type"
_FULL: Final = "FULL_OBJECT"
_ID: Final = re.compile(rb"<UploadId>([^<]+)</UploadId>")
_COMPLETING: Final[ContextVar[door.Record | None]] = ContextVar("completing", default=None)
"""The upload that is being made into an object."""


@replaces("services.s3:_create_multipart_upload", read="3e8ca288f4801946")
@refusing("s3")
def create_multipart_upload(original: Any, bucket: str, key: str, headers: dict[str, str]) -> Any:
    """Remember what the object shall be, and ask its key for a data key."""
    ask_key_to_write(bucket, key, headers)
    status, answered, content = original(bucket, key, headers)
    found = _ID.search(content) if status == 200 else None
    if found is None:
        return status, answered, content
    upload: door.Record = UPLOADS[found[1].decode()]
    upload[_ASKED] = {name: headers[name] for name in (*HEADERS, _TAGGING) if headers.get(name)}
    full = headers.get(_TYPE) == _FULL or upload["checksum_algorithm"] == "CRC64NVME"
    upload[_TYPE] = _FULL if full and upload["checksum_algorithm"] else ""
    return status, {**answered, **({_TYPE: _FULL} if upload[_TYPE] else {})}, content


@replaces("services.s3:_upload_part", read="e27ecd53f1de3dbd")
@refusing("s3")
def upload_part(original: Any, bucket: str, key: str, body: bytes, query: Any, headers: dict[str, str]) -> Any:
    """Ask the key of the upload to decrypt its data key."""
    ask_key(bucket, key, asked_of(query).get("preserved_headers") or {}, "kms:Decrypt")
    return original(bucket, key, body, query, headers)


@replaces("services.s3:_complete_multipart_upload", read="9e2d6452dfe128a0")
@refusing("s3")
def complete_multipart_upload(
    original: Any, bucket: str, key: str, body: bytes, query: Any, headers: dict[str, str] | None = None
) -> Any:
    """Give the object its lock, its tags and its kind of checksum."""
    upload = asked_of(query)
    if not upload:
        return original(bucket, key, body, query, headers)
    ask_key(bucket, key, upload.get("preserved_headers") or {}, "kms:Decrypt")
    token = _COMPLETING.set(upload)
    try:
        status, answered, content = original(bucket, key, body, query, headers)
        if status == 200:
            _finish(bucket, key, upload)
    finally:
        _COMPLETING.reset(token)
    if upload.get(_TYPE):
        content = content.replace(b"<ChecksumType>COMPOSITE<", b"<ChecksumType>FULL_OBJECT<")
    return status, answered, content


@replaces("services.s3:_composite_checksum", read="f20a4d1c31a90110")
def composite_checksum(original: Any, algorithm: str, digests: list[str]) -> str | None:
    """Compute the checksum of the whole object where the upload asked for that one."""
    upload = _COMPLETING.get()
    if not algorithm or upload is None or not upload.get(_TYPE):
        return original(algorithm, digests)
    parts = [part for _, part in sorted(upload["parts"].items()) if part["checksums"].get(algorithm) in digests]
    return door.s3._compute_s3_checksum(algorithm, b"".join(part["body"] for part in parts))


def tags_of_upload() -> dict[str, str] | None:
    """Return the tags of the upload that is being made into an object; None when none is."""
    upload = _COMPLETING.get()
    return None if upload is None else _tags(upload)


def asked_of(query: Any) -> door.Record:
    """Return the upload that a request is about; empty when there is none."""
    return UPLOADS.get((query.get("uploadId") or [""])[0]) or {}


def _finish(bucket: str, key: str, upload: door.Record) -> None:
    made: door.Record = BUCKETS[bucket]["objects"][key]
    version_id: str | None = made.get("version_id")
    apply_lock(bucket, key, upload.get(_ASKED, {}), version_id)
    tags = _tags(upload)
    if tags:
        TAGS[bucket, key, version_id] = tags
    if upload.get(_TYPE):
        mark(bucket, key, version_id, checksum_type=_FULL)


def _tags(upload: door.Record) -> dict[str, str]:
    return dict(parse_qsl(upload.get(_ASKED, {}).get(_TAGGING, ""), keep_blank_values=True))
