"""Which tables a request names, by name or by ARN, wherever in it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

_PARTIQL_TABLE: Final = re.compile(r"""\b(?:from|into|update)\s+"?([A-Za-z0-9_.\-]+)""", re.IGNORECASE)
_TABLE_ARN: Final = re.compile(r"arn:aws:dynamodb:([a-z0-9-]+):(\d{12}):table/([A-Za-z0-9_.\-]+)")


def named_tables(content: Mapping[str, Any]) -> set[str]:
    """Return the names and ARNs by which a request names the tables that it is about.

    A table that is only a restore's or an export's source is not among them.
    """
    return {name for name in _named(content) if name}


def table_of(arn: str) -> tuple[str, str, str] | None:
    """Return account, region and name of the table that an ARN names, by itself or by what is below it; else None."""
    found = _TABLE_ARN.match(arn)
    return (found[2], found[1], found[3]) if found else None


def _named(content: Mapping[str, Any]) -> Iterator[str]:
    for member in ("TableName", "ResourceArn"):
        yield content.get(member) or ""
    yield from content.get("RequestItems") or ()
    for item in content.get("TransactItems") or ():
        yield from (what.get("TableName", "") for what in item.values())
    for holder in (content, *(content.get("Statements") or ()), *(content.get("TransactStatements") or ())):
        yield from _PARTIQL_TABLE.findall(holder.get("Statement") or "")
