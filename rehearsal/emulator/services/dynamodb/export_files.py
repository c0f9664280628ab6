"""The files of an export as DynamoDB writes them: data in gzip, and the two manifests with their checksums.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html (read 2026-11-22). That page
calls the checksums `.checksum`; what AWS writes is `.md5`, and its keys carry the prefix. Pure.
"""

import gzip
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import md5
from typing import Any, Final
from zlib import crc32

from rehearsal.emulator.services.dynamodb.journal import Net

PARTITIONS: Final = 4
"""How many data files an export has; of a small table some are empty, as AWS's are."""
_COMPRESSION: Final = 6


@dataclass(frozen=True)
class Data:
    """One data file before it is compressed."""

    items: int
    lines: bytes


@dataclass(frozen=True)
class Written:
    """One data file as it is in the bucket."""

    key: str
    items: int
    content: bytes
    etag: str


def full_data(items: Mapping[Any, Mapping[Any, Mapping[str, Any]]]) -> list[Data]:
    """Return the data files of a full export.

    Args:
        items: By partition key, then by sort key.
    """
    found = ((partition, {"Item": item}) for partition, held in items.items() for item in held.values())
    return _data(found)


def incremental_data(changes: Iterable[Net], keys: Iterable[str], *, with_old: bool) -> list[Data]:
    """Return the data files of an incremental export.

    Args:
        changes: What became of each item.
        keys: Names of the table's key attributes.
        with_old: Whether the images before the changes are wanted too.
    """
    names = list(keys)
    return _data((change.key[0], _record(change, names, with_old=with_old)) for change in changes)


def compressed(data: Data) -> bytes:
    """Return a data file as it is written."""
    return gzip.compress(data.lines, _COMPRESSION, mtime=0)


def files_manifest(written: Iterable[Written]) -> bytes:
    """Return `manifest-files.json`: one line for each data file."""
    lines = (
        {
            "itemCount": file.items,
            "md5Checksum": checksum(file.content),
            "etag": file.etag,
            "dataFileS3Key": file.key,
        }
        for file in written
    )
    return "".join(f"{_compact(line)}\n" for line in lines).encode()


def summary_manifest(description: Mapping[str, Any], files_key: str) -> bytes:
    """Return `manifest-summary.json`.

    Args:
        description: Of the export, completed; times in ISO 8601.
        files_key: Key of `manifest-files.json`.
    """
    incremental = description.get("IncrementalExportSpecification")
    head = {name: description[f"{name[0].upper()}{name[1:]}"] for name in ("exportArn", "startTime", "endTime")}
    table = {name: description[f"{name[0].upper()}{name[1:]}"] for name in ("tableArn", "tableId")}
    rest = {
        "s3Bucket": description["S3Bucket"],
        "s3Prefix": description.get("S3Prefix"),
        "s3SseAlgorithm": description["S3SseAlgorithm"],
        "s3SseKmsKeyId": description.get("S3SseKmsKeyId"),
        "manifestFilesS3Key": files_key,
        "billedSizeBytes": description["BilledSizeBytes"],
        "itemCount": description["ItemCount"],
        "outputFormat": description["ExportFormat"],
    }
    if incremental is None:
        span = {"version": "2020-06-30", "exportTime": description["ExportTime"]}
        kind = {"exportType": "FULL_EXPORT"}
    else:
        times = {"exportFromTime": incremental["ExportFromTime"], "exportToTime": incremental["ExportToTime"]}
        span = {"version": "2023-08-01", **times}
        kind = {"outputView": incremental["ExportViewType"], "exportType": "INCREMENTAL_EXPORT"}
    return _compact({"version": span.pop("version"), **head, **table, **span, **rest, **kind}).encode()


def checksum(content: bytes) -> str:
    """Return the MD5 of a content in base64."""
    return b64encode(md5(content, usedforsecurity=False).digest()).decode()


def _record(change: Net, keys: list[str], *, with_old: bool) -> dict[str, Any]:
    image = change.after or change.before or {}
    record: dict[str, Any] = {
        "Metadata": {"WriteTimestampMicros": {"N": str(round(change.at * 1_000_000))}},
        "Keys": {name: image[name] for name in keys},
    }
    if with_old and change.before is not None:
        record["OldImage"] = change.before
    if change.after is not None:
        record["NewImage"] = change.after
    return record


def _data(records: Iterable[tuple[Any, Mapping[str, Any]]]) -> list[Data]:
    lines = [list[str]() for _ in range(PARTITIONS)]
    for partition, record in records:
        lines[crc32(str(partition).encode()) % PARTITIONS].append(_compact(record))
    return [Data(len(part), "".join(_ended(part)).encode()) for part in lines]


def _ended(lines: Iterable[str]) -> Iterator[str]:
    return (f"{line}\n" for line in lines)


def _compact(content: Any) -> str:
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False)
