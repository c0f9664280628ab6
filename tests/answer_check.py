"""Holds every answer of the local AWS against botocore's model: nothing is missing, and nothing is there besides."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, cast

from botocore.exceptions import IncompleteReadError

Shape = Any
"""A shape of botocore's model; botocore carries no types."""

_RAW: Final = frozenset({"json", "rest-json"})
"""Protocols whose answers name their members as the model does, so that surplus ones are seen, too."""
_MANY: Final = frozenset({"list", "map"})
_READ_ON: Final = frozenset({"policyDocumentType", "Body", "StreamingBody"})
"""What botocore itself makes something else of: policies become objects, bodies readers."""
_TYPES: Final[dict[str, type | tuple[type, ...]]] = {
    "string": str,
    "integer": int,
    "long": int,
    "float": (int, float),
    "double": (int, float),
    "boolean": bool,
    "timestamp": datetime,
    # Text where items are read apart, as strongroom.aws.tables does.
    "blob": (bytes, str),
}


def checked(client: Any) -> Any:
    """Return the client, which from now on fails on an answer that its model does not describe."""
    client.meta.events.register("before-parse", _check_raw)
    client.meta.events.register("after-call", _check_parsed)
    return client


def _check_raw(operation_model: Any, response_dict: dict[str, Any], **_more: object) -> None:
    shape = operation_model.output_shape
    if response_dict["status_code"] >= 300 or shape is None or _protocol(operation_model) not in _RAW:
        return
    _refuse_a_part(response_dict)
    payload = shape.serialization.get("payload")
    if payload:
        shape = shape.members[payload]
    if shape.type_name == "structure":
        faults = list(_surplus(shape, json.loads(response_dict["body"] or b"{}"), operation_model.name))
        assert not faults, faults


def _refuse_a_part(response: dict[str, Any]) -> None:
    """Take an answer that was cut short for none: where the head alone arrived, botocore reads an empty answer."""
    told = int(response["headers"].get("content-length", 0))
    # Where a part of the body arrived, it is no JSON; and who reads items apart has shortened it on purpose.
    if told and not response["body"]:
        raise IncompleteReadError(actual_bytes=0, expected_bytes=told)


def _check_parsed(parsed: dict[str, Any], model: Any, **_more: object) -> None:
    if parsed["ResponseMetadata"]["HTTPStatusCode"] < 300 and model.output_shape is not None:
        answer = {name: value for name, value in parsed.items() if name != "ResponseMetadata"}
        faults = list(_faults(model.output_shape, answer, model.name))
        assert not faults, faults


def _protocol(model: Any) -> str:
    return str(model.service_model.resolved_protocol)


def _surplus(shape: Shape, value: Any, where: str) -> Iterator[str]:
    if shape.type_name == "structure" and isinstance(value, dict):
        names = {member.serialization.get("name", name): member for name, member in shape.members.items()}
        for name, one in cast("dict[str, Any]", value).items():
            if name not in names:
                yield f"{where} has {name}"
            else:
                yield from _surplus(names[name], one, f"{where}.{name}")
    elif shape.type_name in _MANY:
        for part, name, one in _inside(shape, value, where):
            yield from _surplus(part, one, name)


def _faults(shape: Shape, value: Any, where: str) -> Iterator[str]:
    if shape.type_name == "structure":
        members = cast("dict[str, Any]", value)
        yield from (f"{where} lacks {name}" for name in shape.required_members if name not in members)
        for name, one in members.items():
            if name in shape.members:
                yield from _faults(shape.members[name], one, f"{where}.{name}")
    elif shape.type_name in _MANY:
        for part, name, one in _inside(shape, value, where):
            yield from _faults(part, one, name)
    elif shape.name not in _READ_ON and not isinstance(value, _TYPES[shape.type_name]):
        yield f"{where} is {value!r}, no {shape.type_name}"


def _inside(shape: Shape, value: Any, where: str) -> Iterator[tuple[Shape, str, Any]]:
    if shape.type_name == "list":
        yield from ((shape.member, where, one) for one in value)
    else:
        yield from ((shape.value, f"{where}.{key}", one) for key, one in value.items())
