"""What an export holds: a table at a second, or what became of its items between two."""

import math
import pickle
from dataclasses import dataclass
from typing import Any, Final

from rehearsal.emulator import clock, door
from rehearsal.emulator.services.dynamodb import export_rules as rules
from rehearsal.emulator.services.dynamodb.export_files import Data, full_data, incremental_data
from rehearsal.emulator.services.dynamodb.journal import Items, Net, net_changes
from rehearsal.emulator.services.dynamodb.journals import JOURNALS
from rehearsal.emulator.services.dynamodb.pitr import frozen_at, window_of

_DYNAMODB: Final[Any] = door.module("services.dynamodb")
_LEAST_BILLED: Final = 10 * 2**20
"""An incremental export is billed for 10 MB at least: S3DataExport.HowItWorks.html, read 2026-11-22."""


@dataclass(frozen=True)
class Content:
    """What is written, and how it is described."""

    data: list[Data]
    times: door.Record
    """ExportTime or IncrementalExportSpecification, as the description shows it."""
    billed_bytes: int


def content_of(table: str, asked: door.Record) -> Content:
    """Return what an export of a table of the request's account and region holds.

    Raises:
        Refused: The table has no history, or none of the times asked for.
    """
    earliest = window_of(table).earliest
    # A history that began this very second has a beginning that is still to come.
    now = max(float(earliest), clock.now().timestamp())
    if asked.get("ExportType") == "INCREMENTAL_EXPORT":
        return _incremental(table, asked, earliest, now)
    instant = _second(asked.get("ExportTime", now), now)
    rules.refuse_an_export_time_outside_the_window(instant, earliest, now)
    return _full(table, asked, instant)


def _full(table: str, asked: door.Record, instant: float) -> Content:
    frozen = frozen_at(table, instant)
    items: Items = pickle.loads(frozen.content)  # noqa: S301 - made by us
    wanted = asked.get("FilterSpecification")
    if wanted:
        items = _filtered(items, wanted)
    return Content(full_data(items), {"ExportTime": instant}, frozen.size_bytes)


def _incremental(table: str, asked: door.Record, earliest: int, now: float) -> Content:
    specification: door.Record = asked["IncrementalExportSpecification"]
    start, end = (_second(specification.get(name, now), now) for name in ("ExportFromTime", "ExportToTime"))
    view: str = specification.get("ExportViewType", "NEW_AND_OLD_IMAGES")
    rules.refuse_an_export_period_that_is_too_short_or_too_long(start, end)
    for instant in (start, end):
        rules.refuse_an_export_time_outside_the_window(instant, earliest, now)
    record = _DYNAMODB._tables[table]  # noqa: SLF001
    changes = list(net_changes(dict(record["items"]), JOURNALS.changes(record), start, end))
    wanted = asked.get("FilterSpecification")
    if wanted:
        changes = [change for change in changes if _meets(_image(change), wanted)]
    keys = [key["AttributeName"] for key in record["KeySchema"]]
    data = incremental_data(changes, keys, with_old=view == "NEW_AND_OLD_IMAGES")
    times = {"ExportFromTime": start, "ExportToTime": end, "ExportViewType": view}
    size = max(_LEAST_BILLED, sum(len(file.lines) for file in data))
    return Content(data, {"IncrementalExportSpecification": times}, size)


def _second(asked: float, now: float) -> float:
    """Return the second that is meant by a time; only the present is meant to the fraction."""
    return asked if asked == now else math.floor(asked)


def _image(change: Net) -> door.Record:
    return change.after or change.before or {}


def _filtered(items: Items, wanted: door.Record) -> Items:
    projection: str | None = wanted.get("ProjectionExpression")
    names: door.Record = wanted.get("ExpressionAttributeNames", {})
    return {
        partition: {
            sort: _DYNAMODB._project_item(item, projection, names) if projection else item  # noqa: SLF001
            for sort, item in held.items()
            if _meets(item, wanted)
        }
        for partition, held in items.items()
    }


def _meets(item: door.Record, wanted: door.Record) -> bool:
    names, values = wanted.get("ExpressionAttributeNames", {}), wanted.get("ExpressionAttributeValues", {})
    conditions = [wanted[name] for name in ("KeyConditionExpression", "FilterExpression") if name in wanted]
    return all(_DYNAMODB._evaluate_condition(one, item, values, names) for one in conditions)  # noqa: SLF001
