"""Whether two policy documents say the same, however AWS has rewritten one of them."""

import json
from typing import cast

from strongroom.documents.policy import Document, Statement


def same(first: Document, second: Document) -> bool:
    """Whether two documents say the same: order, and one value or a list of one, do not matter."""
    return _document(first) == _document(second)


def holds(document: Document, statement: Statement) -> bool:
    """Whether a document has a statement that says the same, whatever its name."""
    return _statement(statement) in _document(document)


def _document(document: Document) -> list[str]:
    said = cast("object", document.get("Statement", []))
    statements = cast("list[Statement]", said if isinstance(said, list) else [said])
    return sorted(_statement(statement) for statement in statements)


def _statement(statement: Statement) -> str:
    unnamed = {key: value for key, value in statement.items() if key != "Sid"}
    return json.dumps({key: _plain(value) for key, value in unnamed.items()}, sort_keys=True)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in cast("dict[str, object]", value).items()}
    values = cast("list[object]", value) if isinstance(value, list) else [value]
    return sorted(_account(str(one)) for one in values)


def _account(value: str) -> str:
    """AWS writes an account's id as the ARN of its root."""
    return f"arn:aws:iam::{value}:root" if len(value) == 12 and value.isdigit() else value
