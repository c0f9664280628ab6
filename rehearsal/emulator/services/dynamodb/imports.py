"""Imports from S3 into a new table: taken at once, and done when their time has come."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any, Final
from uuid import uuid4

from rehearsal.emulator import clock, door, durations, orders
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, differs
from rehearsal.emulator.services.dynamodb import import_rules as rules
from rehearsal.emulator.services.dynamodb import states
from rehearsal.emulator.services.dynamodb.callers import caller
from rehearsal.emulator.services.dynamodb.import_loading import load, source_of
from rehearsal.emulator.services.dynamodb.paging import page
from rehearsal.emulator.services.dynamodb.work import Task, Work
from rehearsal.emulator.services.refusing import refusing

_DYNAMODB: Final[Any] = door.module("services.dynamodb")
_TOKEN_VALID: Final = timedelta(hours=8)
_SHOWN: Final = timedelta(days=90)
"""How long an import is listed: S3DataImport.HowItWorks.html, read 2026-11-22."""
_OK: Final = 200
_ECHOED: Final = ("S3BucketSource", "InputFormat", "InputFormatOptions", "TableCreationParameters")
_SUMMARISED: Final = ("ImportArn", "ImportStatus", "TableArn", "S3BucketSource", "CloudWatchLogGroupArn")
_LISTED: Final = (*_SUMMARISED, "InputFormat", "StartTime", "EndTime")


differs(
    "DynamoDB",
    "ImportTable reads DYNAMODB_JSON and CSV, plain or GZIP; ION and ZSTD are refused with ValidationException.",
    "An import reads all of its source when it ends, and its caller needs no rights on CloudWatch Logs.",
    "An import whose bucket, objects or rights fail leaves no table.",
)


@replaces("services.dynamodb:_import_table", read="d8e136d7315af6d8")
@refusing("dynamodb")
def import_table(_original: Any, data: door.Record) -> Any:
    """Take an import."""
    rules.refuse_what_is_not_read_here(data)
    known = _same_request(data)
    return _described(_imports()[known] if known else _begin(data))


@replaces("services.dynamodb:_describe_import", read="dfbe3accaba13021")
@refusing("dynamodb")
def describe_import(_original: Any, data: door.Record) -> Any:
    """Show an import."""
    arn: str = data["ImportArn"]
    rules.refuse_an_absent_import(arn, exists=arn in _listed())
    return _described(_imports()[arn])


@replaces("services.dynamodb:_list_imports", read="9b72e4489e0fdf5d")
@refusing("dynamodb")
def list_imports(_original: Any, data: door.Record) -> Any:
    """List the imports of the account and region, or into a table."""
    table: str | None = data.get("TableArn")
    arns = [arn for arn in _listed() if table in (None, _imports()[arn]["TableArn"])]
    chosen, token = page(arns, data.get("NextToken"), data.get("PageSize"))
    shown = [{name: _imports()[arn][name] for name in _LISTED if name in _imports()[arn]} for arn in chosen]
    return door.responses.json_response({"ImportSummaryList": shown} | ({"NextToken": token} if token else {}))


def _begin(data: door.Record) -> door.Record:
    wanted: door.Record = data["TableCreationParameters"]
    name: str = wanted["TableName"]
    rules.refuse_local_indexes(wanted)
    rules.refuse_options_that_are_no_csv(data)
    running = [one for one in _imports().values() if one["ImportStatus"] == "IN_PROGRESS"]
    rules.refuse_more_imports_at_once(len(running))
    status, _, body = _DYNAMODB._create_table({**wanted})  # noqa: SLF001
    if status != _OK:
        refused = json.loads(body)
        raise Refused(refused["__type"].rpartition("#")[2], refused["message"])
    table = _DYNAMODB._tables[name]  # noqa: SLF001
    states.creating(table)
    now = clock.now()
    taken: door.Record = {
        "ImportArn": f"{table['TableArn']}/import/{int(now.timestamp() * 1000):014d}-{token_hex(4)}",
        "ImportStatus": "IN_PROGRESS",
        "TableArn": table["TableArn"],
        "TableId": table["TableId"],
        "ClientToken": data.get("ClientToken") or str(uuid4()),
        "ErrorCount": 0,
        "CloudWatchLogGroupArn": f"arn:aws:logs:{door.region()}:{door.account()}:log-group:/aws-dynamodb/imports:*",
        "InputCompressionType": data.get("InputCompressionType", "NONE"),
        **{member: data[member] for member in _ECHOED if member in data},
        "StartTime": now.timestamp(),
        "ProcessedSizeBytes": 0,
        "ProcessedItemCount": 0,
        "ImportedItemCount": 0,
        "_asked": dict(data),
        "_caller": caller(),
    }
    return _schedule(taken, name)


def _schedule(taken: door.Record, name: str) -> door.Record:
    """Set when an import ends, and how when that was ordered."""
    try:
        size = sum(len(content) for _, content in source_of(taken))
    except Refused:
        # It is refused again, and told, when it is due.
        size = 0
    due = clock.now() + durations.of("import", name, size)
    ordered = orders.outcome("import", taken["TableArn"]) or orders.outcome("import", name)
    if ordered:
        taken["_ordered"] = (ordered.state, ordered.message)
        due = clock.now() + ordered.after if ordered.after is not None else due
    _imports()[taken["ImportArn"]] = {**taken, "_due": due.timestamp()}
    if not ordered or ordered.state != "NEVER":
        _WORK.at(taken["ImportArn"], due)
    return taken


def _finish(task: Task) -> None:
    taken = {**_imports()[task.name]}
    name: str = taken["TableCreationParameters"]["TableName"]
    state, message = taken.pop("_ordered", ("COMPLETED", ""))
    try:
        _refuse_what_was_ordered(state, message)
        objects = source_of(taken)
    except Refused as refused:
        # What ends before the first item leaves no table.
        _DYNAMODB._tables.pop(name, None)  # noqa: SLF001
        taken |= _failed(refused, "CANCELLED" if state == "CANCELLED" else "FAILED")
    else:
        taken |= load(taken, objects)
        states.active(_DYNAMODB._tables[name])  # noqa: SLF001
        try:
            rules.refuse_items_that_are_none(taken["ErrorCount"])
            taken["ImportStatus"] = "COMPLETED"
        except Refused as refused:
            taken |= _failed(refused, "FAILED")
    _imports()[task.name] = {**taken, "EndTime": clock.now().timestamp()}


def _refuse_what_was_ordered(state: str, message: str) -> None:
    if state != "COMPLETED":
        raise Refused("UNKNOWN", message)


def _failed(refused: Refused, state: str) -> door.Record:
    return {"ImportStatus": state, "FailureCode": refused.code, "FailureMessage": str(refused)}


def _same_request(data: door.Record) -> str | None:
    """Return the import that a request with the same token began.

    Raises:
        Refused: It was another request.
    """
    token: str | None = data.get("ClientToken")
    oldest = (clock.now() - _TOKEN_VALID).timestamp()
    for arn, taken in _imports().items():
        if token and taken["ClientToken"] == token and taken["StartTime"] > oldest:
            rules.refuse_a_token_of_another_import(taken["_asked"], data)
            return arn
    return None


def _listed() -> list[str]:
    oldest = (clock.now() - _SHOWN).timestamp()
    return sorted(arn for arn, taken in _imports().items() if taken["StartTime"] > oldest)


def _described(taken: door.Record) -> Any:
    shown = {name: value for name, value in taken.items() if not name.startswith("_")}
    return door.responses.json_response({"ImportTableDescription": shown})


def _pending() -> Iterator[tuple[Task, datetime]]:
    for (account, region, arn), taken in _imports().all_items():
        never = taken.get("_ordered", ("",))[0] == "NEVER"
        if taken["ImportStatus"] == "IN_PROGRESS" and not never:
            yield Task(account, region, arn), datetime.fromtimestamp(taken["_due"], UTC)


def _imports() -> Any:
    return _DYNAMODB._imports  # noqa: SLF001 - where MiniStack keeps them


_WORK: Final = Work("dynamodb imports", _finish, _pending)
