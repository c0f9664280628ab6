"""A table that is being restored or imported: it is shown, and takes no request for its items and none that changes it.

https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html (read 2026-11-22).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.objects import json_object
from rehearsal.emulator.patching import replaces
from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.dynamodb.naming import named_tables
from rehearsal.emulator.timeline import AGENDAS

_API: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference"
_DYNAMODB: Final[Any] = door.module("services.dynamodb")
_SHOWN: Final = {"DescribeTable", "ListTables", "DescribeTimeToLive", "DescribeContinuousBackups", "ListTagsOfResource"}
_CHANGES: Final = {
    "UpdateTable",
    "DeleteTable",
    "UpdateTimeToLive",
    "TagResource",
    "UntagResource",
    "PutResourcePolicy",
}
_BACKUPS: Final = {
    "CreateBackup": "TableInUseException",
    "UpdateContinuousBackups": "ContinuousBackupsUnavailableException",
}


@rule(f"{_API}/API_PutItem.html", read="2026-11-22")
def refuse_items_of_a_table_that_is_not_active(name: str, status: str) -> None:
    """A table takes no request for its items before it is ACTIVE."""
    if status != "ACTIVE":
        raise Refused("ResourceNotFoundException", f"Requested resource not found: Table: {name} not found")


@rule(f"{_API}/API_UpdateTable.html", read="2026-11-22")
def refuse_to_change_a_table_that_is_not_active(name: str, status: str) -> None:
    """A table that is being created can be neither changed nor deleted."""
    if status != "ACTIVE":
        raise Refused(
            "ResourceInUseException",
            f"Attempt to change a resource which is still in use: Table is being created: {name}",
        )


@rule(f"{_API}/API_CreateBackup.html", read="2026-11-22")
def refuse_to_back_up_a_table_that_is_not_active(operation: str, name: str, status: str) -> None:
    """A table that is being created can be neither backed up nor switched to point-in-time recovery."""
    if status != "ACTIVE":
        raise Refused(_BACKUPS[operation], f"Table is being created: {name}")


def check(operation: str, body: bytes) -> None:
    """Refuse a request for a table that is not ACTIVE; quick while there is none.

    Raises:
        Refused: There is one and the request is not one that only shows it.
    """
    if not _CREATING.names or operation in _SHOWN:
        return
    for named in named_tables(json_object(body)):
        name = _DYNAMODB._normalize_table_name(named)  # noqa: SLF001
        table = _DYNAMODB._tables.get(name)  # noqa: SLF001
        if table:
            _check(operation, name, table["TableStatus"])


def creating(table: door.Record) -> None:
    """Make a table CREATING."""
    table["TableStatus"] = "CREATING"
    _CREATING.names.add(table["TableArn"])


def active(table: door.Record) -> None:
    """Make a table ACTIVE."""
    table["TableStatus"] = "ACTIVE"
    _CREATING.names.discard(table["TableArn"])


def all_creating() -> Iterator[tuple[str, str, door.Record]]:
    """Return the account, the region and the record of every table that is being created."""
    for (account, region, _), table in list(_DYNAMODB._tables.all_items()):  # noqa: SLF001
        if table["TableStatus"] == "CREATING":
            yield account, region, table


@replaces("services.dynamodb:_table_description", read="e6f5cce379b8a883")
def table_description(original: Any, name: str) -> Any:
    """Show where a restored table comes from."""
    summary = _DYNAMODB._tables[name].get("RestoreSummary")  # noqa: SLF001
    return {**original(name), **({"RestoreSummary": summary} if summary else {})}


def _check(operation: str, name: str, status: str) -> None:
    if operation in _CHANGES:
        refuse_to_change_a_table_that_is_not_active(name, status)
    elif operation in _BACKUPS:
        refuse_to_back_up_a_table_that_is_not_active(operation, name, status)
    else:
        refuse_items_of_a_table_that_is_not_active(name, status)


class _Creating:
    """The ARNs of the tables that are not ACTIVE, so that no request has to look while there is none."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def next_due(self) -> datetime | None:
        return None

    def run_due(self, now: datetime) -> None:
        del now

    def renew(self) -> None:
        self.names = {table["TableArn"] for _, _, table in all_creating()}


_CREATING: Final = _Creating()
AGENDAS["dynamodb tables"] = _CREATING
