"""Writes an export into its bucket: the sign that it began, the data, and the manifests at the very end."""

from base64 import b32encode
from datetime import UTC, datetime
from secrets import token_bytes
from typing import Final

from rehearsal.emulator import door
from rehearsal.emulator.services.dynamodb.buckets import Bucket, Encryption, write
from rehearsal.emulator.services.dynamodb.export_files import (
    Data,
    Written,
    checksum,
    compressed,
    files_manifest,
    summary_manifest,
)
from rehearsal.emulator.services.dynamodb.naming import table_of

_TIMES: Final = ("StartTime", "EndTime", "ExportTime")


def begin_writing(export: door.Record) -> None:
    """Write the empty file that shows that an export has begun.

    Raises:
        Refused: The bucket, the rights of the caller or the key do not let it.
    """
    write(_bucket(export), f"{_folder(export)}/_started", b"", _encryption(export))


def write_all(export: door.Record) -> door.Record:
    """Write the data, then the manifests, and return what the description shows of it.

    Raises:
        Refused: As `begin_writing`; what was written stays.
    """
    files: list[Data] = export["_data"]
    written = [_write_data(export, file) for file in files]
    counted = {"ItemCount": sum(file.items for file in files), "BilledSizeBytes": export["_size"]}
    files_key, summary_key = (f"{_folder(export)}/manifest-{name}.json" for name in ("files", "summary"))
    _write_with_checksum(export, files_key, files_manifest(written))
    _write_with_checksum(export, summary_key, summary_manifest(_spelled({**export, **counted}), files_key))
    return {**counted, "ExportManifest": summary_key}


def _write_data(export: door.Record, file: Data) -> Written:
    incremental = "IncrementalExportSpecification" in export
    folder = f"{_root(export)}/data" if incremental else f"{_folder(export)}/data"
    name = b32encode(token_bytes(16)).decode().rstrip("=").lower()
    key, content = f"{folder}/{name}.json.gz", compressed(file)
    return Written(key, file.items, content, write(_bucket(export), key, content, _encryption(export)))


def _write_with_checksum(export: door.Record, key: str, content: bytes) -> None:
    write(_bucket(export), key, content, _encryption(export))
    checksum_key = f"{key.removesuffix('.json')}.md5"
    write(_bucket(export), checksum_key, checksum(content).encode(), _encryption(export))


def _spelled(export: door.Record) -> door.Record:
    """Return a description with its times as a manifest has them."""
    spelled = {**export, **{name: _iso(export[name]) for name in _TIMES if name in export}}
    incremental = export.get("IncrementalExportSpecification")
    if incremental:
        times = {name: _iso(incremental[name]) for name in ("ExportFromTime", "ExportToTime")}
        spelled["IncrementalExportSpecification"] = {**incremental, **times}
    return spelled


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _root(export: door.Record) -> str:
    prefix: str = export.get("S3Prefix", "")
    return f"{prefix.rstrip('/')}/AWSDynamoDB" if prefix else "AWSDynamoDB"


def _folder(export: door.Record) -> str:
    return f"{_root(export)}/{export['ExportArn'].rpartition('/')[2]}"


def _bucket(export: door.Record) -> Bucket:
    account = (table_of(export["TableArn"]) or ("",))[0]
    return Bucket(export["S3Bucket"], export.get("S3BucketOwner"), export["_caller"], account)


def _encryption(export: door.Record) -> Encryption:
    asked: str | None = export["_asked"].get("S3SseAlgorithm")
    return Encryption(asked, export.get("S3SseKmsKeyId"))
