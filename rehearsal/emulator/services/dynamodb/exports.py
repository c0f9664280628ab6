"""Exports of DynamoDB tables to S3: taken at once, written when their time has come."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any, Final
from uuid import uuid4

from rehearsal.emulator import clock, door, durations, orders
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, differs
from rehearsal.emulator.services.dynamodb import export_rules as rules
from rehearsal.emulator.services.dynamodb.callers import caller
from rehearsal.emulator.services.dynamodb.export_contents import content_of
from rehearsal.emulator.services.dynamodb.export_writing import begin_writing, write_all
from rehearsal.emulator.services.dynamodb.naming import table_of
from rehearsal.emulator.services.dynamodb.paging import page
from rehearsal.emulator.services.dynamodb.work import Task, Work
from rehearsal.emulator.services.refusing import refusing

_DYNAMODB: Final[Any] = door.module("services.dynamodb")
_EXPORT_ARN: Final = re.compile(r".+:table/[^/]+/export/.+")
_TOKEN_VALID: Final = timedelta(hours=8)
_SHOWN: Final = timedelta(days=90)
"""How long an export is listed: S3DataExport.HowItWorks.html, read 2026-11-22."""
_ECHOED: Final = ("S3Bucket", "S3BucketOwner", "S3Prefix", "S3SseKmsKeyId", "ExportType", "FilterSpecification")


differs(
    "DynamoDB",
    "ExportTableToPointInTime writes DYNAMODB_JSON; ION is refused with ValidationException.",
    "An export has four data files; AWS writes one for each partition of the table.",
    "The filter of an incremental export looks at an item as it is after the change, or as it was when it is gone, and "
    "its ProjectionExpression is not applied.",
    "The codes and messages of exports that end FAILED are S3's own with S3 in front (S3NoSuchBucket, S3AccessDenied); "
    "AWS documents no list of them.",
)


@replaces("services.dynamodb:_export_table_to_point_in_time", read="7de9a0bcce549037")
@refusing("dynamodb")
def export_table_to_point_in_time(_original: Any, data: door.Record) -> Any:
    """Take an export."""
    rules.refuse_ion(data.get("ExportFormat", ""))
    known = _same_request(data)
    return _described(_exports()[known] if known else _begin(data))


@replaces("services.dynamodb:_describe_export", read="28915d45df50e6ae")
@refusing("dynamodb")
def describe_export(_original: Any, data: door.Record) -> Any:
    """Show an export."""
    arn: str = data["ExportArn"]
    shown = arn in _listed()
    rules.refuse_what_is_no_export(arn, is_export=bool(_EXPORT_ARN.fullmatch(arn)), exists=shown)
    return _described(_exports()[arn])


@replaces("services.dynamodb:_list_exports", read="90853a7992a00f28")
@refusing("dynamodb")
def list_exports(_original: Any, data: door.Record) -> Any:
    """List the exports of the account and region, or of a table."""
    table: str | None = data.get("TableArn")
    arns = [arn for arn in _listed() if table in (None, _exports()[arn]["TableArn"])]
    chosen, token = page(arns, data.get("NextToken"), data.get("MaxResults"))
    answer: door.Record = {"ExportSummaries": [_summary(_exports()[arn]) for arn in chosen]}
    return door.responses.json_response(answer | ({"NextToken": token} if token else {}))


def _begin(data: door.Record) -> door.Record:
    arn: str = data["TableArn"]
    account, region, name = table_of(arn) or ("", "", "")
    here = (account, region) == (door.account(), door.region())
    rules.refuse_to_export_an_absent_table(arn, exists=here and name in _DYNAMODB._tables)  # noqa: SLF001
    rules.refuse_members_of_the_other_export_type(data)
    rules.refuse_a_key_without_its_algorithm(data)
    running = [one for one in _exports().values() if one["ExportStatus"] == "IN_PROGRESS"]
    rules.refuse_more_exports_at_once(len(running))
    content = content_of(name, data)
    now = clock.now()
    export: door.Record = {
        "ExportArn": f"{arn}/export/{int(now.timestamp() * 1000):014d}-{token_hex(4)}",
        "ExportStatus": "IN_PROGRESS",
        "StartTime": now.timestamp(),
        "TableArn": arn,
        "TableId": _DYNAMODB._tables[name]["TableId"],  # noqa: SLF001
        **content.times,
        "ClientToken": data.get("ClientToken") or str(uuid4()),
        "S3SseAlgorithm": data.get("S3SseAlgorithm", "AES256"),
        "ExportFormat": "DYNAMODB_JSON",
        **{member: data[member] for member in _ECHOED if member in data},
        "_asked": dict(data),
        "_caller": caller(),
        "_data": content.data,
        "_size": content.billed_bytes,
    }
    _schedule(export, name, content.billed_bytes)
    return export


def _schedule(export: door.Record, name: str, size: int) -> None:
    """Set when an export ends and how; what is ordered comes before what follows from bucket and rights."""
    ordered = orders.outcome("export", export["TableArn"]) or orders.outcome("export", name)
    due = clock.now() + durations.of("export", name, size)
    if ordered:
        export["_ordered"] = (ordered.state, ordered.message)
        due = clock.now() + ordered.after if ordered.after is not None else due
    try:
        begin_writing(export)
    except Refused as refused:
        export["_refused"] = (refused.code, str(refused))
    _exports()[export["ExportArn"]] = {**export, "_due": due.timestamp()}
    if not ordered or ordered.state != "NEVER":
        _WORK.at(export["ExportArn"], due)


def _finish(task: Task) -> None:
    export = {**_exports()[task.name]}
    try:
        _refuse_what_was_decided(export)
        export["EndTime"] = clock.now().timestamp()
        export |= write_all(export)
        export["ExportStatus"] = "COMPLETED"
    except Refused as refused:
        ended = {"EndTime": clock.now().timestamp(), "FailureCode": refused.code, "FailureMessage": str(refused)}
        export |= {"ExportStatus": "FAILED", **ended}
    del export["_data"]
    _exports()[task.name] = export


def _refuse_what_was_decided(export: door.Record) -> None:
    """End an export as it was ordered, or as it had to end from the beginning."""
    state, message = export.pop("_ordered", ("COMPLETED", ""))
    if state != "COMPLETED":
        raise Refused("UNKNOWN", message)
    if "_refused" in export:
        raise Refused(*export.pop("_refused"))


def _same_request(data: door.Record) -> str | None:
    """Return the export that a request with the same token began.

    Raises:
        Refused: It was another request.
    """
    token: str | None = data.get("ClientToken")
    oldest = (clock.now() - _TOKEN_VALID).timestamp()
    for arn, export in _exports().items():
        if token and export["ClientToken"] == token and export["StartTime"] > oldest:
            rules.refuse_a_token_of_another_export(export["_asked"], data)
            return arn
    return None


def _listed() -> list[str]:
    oldest = (clock.now() - _SHOWN).timestamp()
    return sorted(arn for arn, export in _exports().items() if export["StartTime"] > oldest)


def _described(export: door.Record) -> Any:
    shown = {name: value for name, value in export.items() if not name.startswith("_")}
    return door.responses.json_response({"ExportDescription": shown})


def _summary(export: door.Record) -> door.Record:
    kind: str = export.get("ExportType", "FULL_EXPORT")
    return {"ExportArn": export["ExportArn"], "ExportStatus": export["ExportStatus"], "ExportType": kind}


def _pending() -> Iterator[tuple[Task, datetime]]:
    for (account, region, arn), export in _exports().all_items():
        never = export.get("_ordered", ("",))[0] == "NEVER"
        if export["ExportStatus"] == "IN_PROGRESS" and not never:
            yield Task(account, region, arn), datetime.fromtimestamp(export["_due"], UTC)


def _exports() -> Any:
    return _DYNAMODB._exports  # noqa: SLF001 - where MiniStack keeps them


_WORK: Final = Work("dynamodb exports", _finish, _pending)
