"""Checks of single parameters as botocore's model states them: presence, type, pattern, range, list of words."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from rehearsal.emulator.rules import Refused, rule

Shape = Any
"""A shape of botocore's model; botocore carries no types."""

_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_CreateBackupVault.html"
_READ: Final = "2026-11-22"
_INVALID: Final = "InvalidParameterValueException"
_RESOURCE_TYPE: Final = "ResourceType"
"""The stated pattern has no space, yet `Storage Gateway` is a key of the region's settings; the list of supported
types decides there: https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_UpdateRegionSettings.html, read
2026-11-22."""


@rule("https://docs.aws.amazon.com/aws-backup/latest/APIReference/CommonErrors.html", read=_READ)
def refuse_a_body_that_is_no_json(is_object: bool) -> None:
    """The body of a request is empty or a JSON object."""
    if not is_object:
        raise Refused("SerializationException", "The body of the request is no JSON object.")


@rule(_API, read=_READ)
def refuse_a_missing_parameter(name: str, given: bool) -> None:
    """A required parameter that is absent is refused."""
    if not given:
        raise Refused("MissingParameterValueException", f"The parameter {name} is required.")


@rule(_API, read=_READ)
def refuse_a_value_of_another_type(name: str, allowed: str, fits: bool) -> None:
    """A value of another type than the parameter's is refused."""
    if not fits:
        raise Refused(_INVALID, f"Invalid value for {name}: must be a {allowed}.")


@rule(_API, read=_READ)
def refuse_text_outside_its_pattern(name: str, got: str, pattern: str) -> None:
    """A text that does not match the parameter's whole pattern is refused."""
    if pattern and not re.fullmatch(pattern, got):
        raise Refused(_INVALID, f"Invalid value for {name}: {got!r} must match {pattern}.")


@rule(_API, read=_READ)
def refuse_a_word_outside_its_list(name: str, got: str, allowed: Sequence[str]) -> None:
    """Where a parameter takes one of a list of words, any other is refused."""
    if allowed and got not in allowed:
        raise Refused(_INVALID, f"Invalid value for {name}: {got!r} must be one of {', '.join(allowed)}.")


@rule(_API, read=_READ)
def refuse_a_size_outside_its_range(name: str, got: int, low: int | None, high: int | None) -> None:
    """A number, or a length, outside the parameter's range is refused."""
    if (low is not None and got < low) or (high is not None and got > high):
        raise Refused(_INVALID, f"Invalid value for {name}: {got} must be {low} to {high}.")


def checked_structure(shape: Shape, asked: dict[str, Any], name: str) -> None:
    """Refuse a structure that lacks a required member.

    Raises:
        Refused: it does.
    """
    for required in shape.required_members:
        refuse_a_missing_parameter(f"{name}.{required}", required in asked)


def checked(shape: Shape, got: Any, name: str) -> Any:
    """Return a value whose every part the model accepts, without members that the model does not know.

    Raises:
        Refused: a part is missing or none that the model accepts.
    """
    return _CHECKS[shape.type_name](shape, got, name)


def from_text(shape: Shape, texts: list[str]) -> Any:
    """Return a value of the query string as JSON would bring it; what is none of its type is refused later."""
    text = texts[0]
    if shape.type_name in {"integer", "long"} and re.fullmatch(r"-?\d+", text):
        return int(text)
    if shape.type_name == "boolean" and text in {"true", "false"}:
        return text == "true"
    return texts if shape.type_name == "list" else text


def _structure(shape: Shape, got: Any, name: str) -> dict[str, Any]:
    refuse_a_value_of_another_type(name, "structure", isinstance(got, dict))
    kept = {
        member: checked(inner, got[key], f"{name}.{member}")
        for member, inner in shape.members.items()
        if got.get(key := inner.serialization.get("name", member)) is not None
    }
    checked_structure(shape, kept, name)
    return kept


def _list(shape: Shape, got: Any, name: str) -> list[Any]:
    refuse_a_value_of_another_type(name, "list", isinstance(got, list))
    refuse_a_size_outside_its_range(name, len(got), shape.metadata.get("min"), shape.metadata.get("max"))
    return [checked(shape.member, one, f"{name}[{index}]") for index, one in enumerate(got)]


def _map(shape: Shape, got: Any, name: str) -> dict[str, Any]:
    refuse_a_value_of_another_type(name, "map", isinstance(got, dict))
    refuse_a_size_outside_its_range(name, len(got), shape.metadata.get("min"), shape.metadata.get("max"))
    return {_key(shape.key, key, name): checked(shape.value, value, f"{name}.{key}") for key, value in got.items()}


def _key(shape: Shape, got: str, name: str) -> str:
    return got if shape.name == _RESOURCE_TYPE else checked(shape, got, name)


def _string(shape: Shape, got: Any, name: str) -> str:
    refuse_a_value_of_another_type(name, "string", isinstance(got, str))
    refuse_text_outside_its_pattern(name, got, shape.metadata.get("pattern", ""))
    refuse_a_word_outside_its_list(name, got, shape.enum)
    refuse_a_size_outside_its_range(name, len(got), shape.metadata.get("min"), shape.metadata.get("max"))
    return got


def _number(shape: Shape, got: Any, name: str) -> int:
    refuse_a_value_of_another_type(name, "whole number", isinstance(got, int) and not isinstance(got, bool))
    refuse_a_size_outside_its_range(name, got, shape.metadata.get("min"), shape.metadata.get("max"))
    return got


def _boolean(_shape: Shape, got: Any, name: str) -> bool:
    refuse_a_value_of_another_type(name, "boolean", isinstance(got, bool))
    return got


def _timestamp(_shape: Shape, got: Any, name: str) -> float:
    if isinstance(got, (int, float)):
        return float(got)
    try:
        return datetime.fromisoformat(str(got)).timestamp()
    except ValueError:
        raise Refused(_INVALID, f"Invalid value for {name}: must be a timestamp.") from None


_CHECKS: Final[dict[str, Callable[[Any, Any, str], Any]]] = {
    "structure": _structure,
    "list": _list,
    "map": _map,
    "string": _string,
    "integer": _number,
    "long": _number,
    "boolean": _boolean,
    "timestamp": _timestamp,
}
