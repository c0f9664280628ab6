"""Reads the objects of an import: items one by one, and what is wrong with those that are none. Pure.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.Format.html (read 2026-11-22).
"""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from rehearsal.emulator.objects import json_object


class UnreadableObjectError(Exception):
    """A whole object that cannot be read; the import goes on with the next."""


class Found(NamedTuple):
    """An item of an object, or what stands in its place."""

    number: int
    """Of the line, from 0."""
    item: dict[str, Any] | None
    fault: str = ""
    """Why there is no item."""


@dataclass(frozen=True)
class Format:
    """How the objects are written."""

    name: str
    """DYNAMODB_JSON or CSV."""
    compression: str = "NONE"
    """GZIP or NONE."""
    delimiter: str = ","
    header: list[str] | None = None
    """Names of the columns; None: the first line of each object has them."""
    key_types: Mapping[str, str] = field(default_factory=dict[str, str])
    """Types of key attributes; any other column of CSV is text."""


def plain(content: bytes, compression: str) -> bytes:
    """Return the content of an object as it was before it was compressed.

    Raises:
        UnreadableObjectError: It was not compressed that way.
    """
    if compression == "NONE":
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableObjectError(f"not valid GZIP data: {error}") from error


def items_of(content: bytes, written: Format) -> Iterator[Found]:
    """Return what is in an object that is no longer compressed.

    Raises:
        UnreadableObjectError: It is no text.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableObjectError(f"not valid UTF-8: {error}") from error
    return _of_csv(text, written) if written.name == "CSV" else _of_json(text)


def _of_json(text: str) -> Iterator[Found]:
    # Only a newline ends a line: other separators can be part of an item's text.
    for number, line in enumerate(text.split("\n")):
        if not line.strip():
            continue
        item: Any = json_object(line).get("Item")
        if isinstance(item, dict):
            yield Found(number, cast("dict[str, Any]", item))
        else:
            yield Found(number, None, "The item is not in DYNAMODB_JSON format")


def _of_csv(text: str, written: Format) -> Iterator[Found]:
    rows = csv.reader(io.StringIO(text), delimiter=written.delimiter)
    header = written.header or next(rows, list[str]())
    for number, row in enumerate(rows):
        if not row:
            continue
        if len(row) != len(header):
            yield Found(number, None, f"the row has {len(row)} columns, the header {len(header)}")
            continue
        cells = zip(header, row, strict=True)
        yield Found(number, {name: {written.key_types.get(name, "S"): value} for name, value in cells if value})
