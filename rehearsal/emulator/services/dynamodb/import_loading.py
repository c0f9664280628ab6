"""Loads the objects of an import into its table, item by item, each judged as PutItem judges it."""

import json
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.services.dynamodb.buckets import Bucket, read
from rehearsal.emulator.services.dynamodb.import_rules import refuse_a_source_of_nothing_or_too_much
from rehearsal.emulator.services.dynamodb.import_sources import Format, Found, UnreadableObjectError, items_of, plain
from rehearsal.emulator.services.dynamodb.naming import table_of

_DYNAMODB: Final[Any] = door.module("services.dynamodb")
_OK: Final = 200


def source_of(taken: door.Record) -> list[tuple[str, bytes]]:
    """Return the objects of an import by their keys.

    Raises:
        Refused: The bucket, or the rights of the caller, do not let them be read, or there are none.
    """
    source: door.Record = taken["S3BucketSource"]
    account = (table_of(taken["TableArn"]) or ("",))[0]
    bucket = Bucket(source["S3Bucket"], source.get("S3BucketOwner"), taken["_caller"], account)
    prefix: str = source.get("S3KeyPrefix", "")
    objects = read(bucket, prefix)
    refuse_a_source_of_nothing_or_too_much(f"s3://{bucket.name}/{prefix}", len(objects))
    return objects


def load(taken: door.Record, objects: list[tuple[str, bytes]]) -> door.Record:
    """Put the items of all objects into the table and return the counts of the description."""
    loading = _Loading(taken)
    for key, content in objects:
        loading.take(key, content)
    return {
        "ProcessedSizeBytes": loading.size,
        "ProcessedItemCount": loading.processed,
        "ImportedItemCount": loading.imported,
        "ErrorCount": loading.errors,
    }


class _Loading:
    def __init__(self, taken: door.Record) -> None:
        self._arn: str = taken["ImportArn"]
        self._bucket: str = taken["S3BucketSource"]["S3Bucket"]
        self._table: str = taken["TableCreationParameters"]["TableName"]
        self._format = _format(taken)
        self.size = self.processed = self.imported = self.errors = 0

    def take(self, key: str, content: bytes) -> None:
        try:
            text = plain(content, self._format.compression)
            self.size += len(text)
            for found in items_of(text, self._format):
                self.processed += 1
                self._put(key, found)
        except UnreadableObjectError as error:
            self._count_error(key, 0, str(error))

    def _put(self, key: str, found: Found) -> None:
        if found.item is None:
            self._count_error(key, found.number, found.fault)
            return
        status, _, body = _DYNAMODB._put_item({"TableName": self._table, "Item": found.item})  # noqa: SLF001
        if status == _OK:
            self.imported += 1
        else:
            self._count_error(key, found.number, json.loads(body).get("message", ""))

    def _count_error(self, key: str, number: int, message: str) -> None:
        self.errors += 1
        _DYNAMODB._log_import_error(self._arn, self._bucket, key, number, message)  # noqa: SLF001


def _format(taken: door.Record) -> Format:
    options: door.Record = taken.get("InputFormatOptions", {}).get("Csv", {})
    attributes = taken["TableCreationParameters"]["AttributeDefinitions"]
    return Format(
        taken["InputFormat"],
        taken["InputCompressionType"],
        options.get("Delimiter", ","),
        options.get("HeaderList"),
        {one["AttributeName"]: one["AttributeType"] for one in attributes},
    )
