"""The tables that AWS Backup finds in an account and region, with their tags and keys."""

from dataclasses import dataclass
from typing import Any, Final

from rehearsal.emulator import door
from rehearsal.emulator.services.backup.store import Place

_DYNAMODB: Final[Any] = door.module("services.dynamodb")
# Past what the emulator notes of reading: nothing here is changed.
_get = dict[Any, Any].get
_items = dict[Any, Any].items


@dataclass(frozen=True)
class Table:
    """A table as far as plans and jobs look at it."""

    arn: str
    tags: dict[str, str]
    key_arn: str | None
    """The customer's key that encrypts it; None for a key of AWS's."""


def tables_of(place: Place) -> list[Table]:
    """Return the tables of an account and region, oldest first."""
    here = (place.account, place.region)
    found = [table for key, table in _items(_DYNAMODB._tables._data) if key[:2] == here]  # noqa: SLF001
    return [_table(place, table) for table in found]


def table_of(place: Place, name: str) -> Table | None:
    """Return a table by its name; None when there is none."""
    table = _get(_DYNAMODB._tables._data, (place.account, place.region, name))  # noqa: SLF001
    return _table(place, table) if table else None


def _table(place: Place, table: door.Record) -> Table:
    arn = table["TableArn"]
    tags: list[dict[str, str]] = _get(_DYNAMODB._tags._data, (place.account, place.region, arn)) or []  # noqa: SLF001
    encryption: door.Record = table.get("SSEDescription") or {}
    key = encryption.get("KMSMasterKeyArn") if encryption.get("SSEType") == "KMS" else None
    return Table(arn, {tag["Key"]: tag["Value"] for tag in tags}, key)
