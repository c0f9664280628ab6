"""Holds every answer that a boto3 client gets against botocore's model of the operation."""

from datetime import datetime
from typing import Any, Final

Shape = Any
"""A shape of botocore's model; botocore carries no types."""

_TYPES: Final[dict[str, type | tuple[type, ...]]] = {
    "string": str,
    "integer": int,
    "long": int,
    "float": float,
    "double": (int, float),
    "boolean": bool,
    "timestamp": datetime,
    "blob": bytes,
}


def checked(client: Any) -> Any:
    """Return the client, which from now on fails on an answer that its model does not describe."""
    client.meta.events.register("after-call", _check)
    return client


def _check(parsed: dict[str, Any], model: Any, **_more: object) -> None:
    if parsed["ResponseMetadata"]["HTTPStatusCode"] < 300 and model.output_shape is not None:
        answer = {name: value for name, value in parsed.items() if name != "ResponseMetadata"}
        faults = list(_faults(model.output_shape, answer, model.name))
        assert not faults, faults


def _faults(shape: Shape, value: Any, where: str) -> list[str]:
    if shape.type_name == "structure":
        missing = [f"{where} lacks {name}" for name in shape.required_members if name not in value]
        unknown = [f"{where} has {name}" for name in value if name not in shape.members]
        inner = [
            fault
            for name, one in value.items()
            if name in shape.members
            for fault in _faults(shape.members[name], one, f"{where}.{name}")
        ]
        return missing + unknown + inner
    if shape.type_name == "list":
        return [fault for one in value for fault in _faults(shape.member, one, where)]
    if shape.type_name == "map":
        return [fault for key, one in value.items() for fault in _faults(shape.value, one, f"{where}.{key}")]
    return [] if isinstance(value, _TYPES[shape.type_name]) else [f"{where} is {value!r}, no {shape.type_name}"]
