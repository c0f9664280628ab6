"""Reads members of requests and records that may be absent."""

from collections.abc import Mapping
from typing import Any


def part(record: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the object that a record has under a name; an empty one when it has none."""
    found: dict[str, Any] | None = record.get(name)
    return found or {}


def listed(record: Mapping[str, Any], name: str) -> list[Any]:
    """Return the list that a record has under a name; an empty one when it has none."""
    found: list[Any] | None = record.get(name)
    return found or []
