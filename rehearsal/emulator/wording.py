"""Puts the parameters of AWS's SDKs, which write every name with a capital, into the words of the API and back."""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast


def worded(value: Any, shape: Any) -> Any:
    """Return a value with the names of a botocore shape.

    Args:
        value: What JSON holds.
        shape: What the API takes; a name that it does not have stays as it is, and is refused with it.
    """
    members, elements = _object(value), _list(value)
    if shape.type_name == "structure" and members is not None:
        names: dict[str, str] = {name.lower(): name for name in shape.members}
        given = {names.get(name.lower(), name): one for name, one in members.items()}
        return {name: worded(one, shape.members[name]) if name in shape.members else one for name, one in given.items()}
    if shape.type_name == "list" and elements is not None:
        return [worded(one, shape.member) for one in elements]
    if shape.type_name == "map" and members is not None:
        return {name: worded(one, shape.value) for name, one in members.items()}
    if shape.type_name == "blob" and isinstance(value, str):
        return base64.b64decode(value)
    return value


def jsonable(value: Any) -> Any:
    """Return an answer of botocore's as what JSON holds: times as ISO texts, bytes as base64."""
    members, elements = _object(value), _list(value)
    if members is not None:
        return {name: jsonable(one) for name, one in members.items()}
    if elements is not None:
        return [jsonable(one) for one in elements]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def capitalized(value: Any, shape: Any) -> Any:
    """Return an answer with the names that the SDKs give to its members: each begins with a capital."""
    members, elements = _object(value), _list(value)
    if shape is not None and shape.type_name == "structure" and members is not None:
        return {name[:1].upper() + name[1:]: capitalized(one, shape.members.get(name)) for name, one in members.items()}
    if shape is not None and shape.type_name == "list" and elements is not None:
        return [capitalized(one, shape.member) for one in elements]
    if shape is not None and shape.type_name == "map" and members is not None:
        return {name: capitalized(one, shape.value) for name, one in members.items()}
    return jsonable(value)


def _object(value: Any) -> Mapping[str, Any] | None:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else None


def _list(value: Any) -> list[Any] | None:
    return cast("list[Any]", value) if isinstance(value, list) else None
