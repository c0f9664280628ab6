"""What is wrong with settings, in sentences that name file, key, value, what is allowed and the fix."""

import difflib
from collections.abc import Callable, Hashable, Sequence
from typing import Final, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

T = TypeVar("T")
NAMESPACE: Final = "strongroom"


class SettingsError(Exception):
    """Settings that cannot be used; its text is one line for each fault."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def twice(values: tuple[T, ...], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    """Return `values` when no two have the same key.

    Raises:
        ValueError: one occurs twice.
    """
    seen: set[Hashable] = set()
    for value in values:
        if key(value) in seen:
            raise ValueError(f"names {key(value)!r} twice; every name may stand once")
        seen.add(key(value))
    return values


def sentences(invalid: ValidationError, file: str, sections: type[BaseModel] | None) -> list[str]:
    """One sentence for each fault that pydantic found.

    Args:
        invalid: what pydantic raised.
        file: stack file that the values stand in.
        sections: model that was asked for, to suggest keys from; None when it could not be told.
    """
    faults = invalid.errors(include_url=False)
    return [_sentence(fault, file, sections) for fault in faults if not _follows(fault, faults)]


def _follows(fault: ErrorDetails, faults: Sequence[ErrorDetails]) -> bool:
    """Whether a list is only too short because its entries were refused."""
    where = fault["loc"]
    return fault["type"] == "too_short" and any(
        other["loc"][: len(where)] == where and other is not fault for other in faults
    )


def _sentence(fault: ErrorDetails, file: str, sections: type[BaseModel] | None) -> str:
    where = fault["loc"][1:] if sections else fault["loc"]
    if fault["type"] == "extra_forbidden":
        says = _unknown(str(where[-1]), _keys_at(sections, where[:-1]))
    else:
        says = _says(fault)
    return f"{file}: {_key(where)} {says}"


def _key(where: Sequence[int | str]) -> str:
    if not where:
        return f"{NAMESPACE}:*"
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in where]
    return f"{NAMESPACE}:{''.join(parts).lstrip('.')}"


def _says(fault: ErrorDetails) -> str:
    form = _FORMS.get(fault["type"])
    if form is None:
        return f"is wrong: {fault['msg'][0].lower()}{fault['msg'][1:]}, got {fault['input']!r}"
    return form.format(got=repr(fault["input"]), **fault.get("ctx", {}))


_ONE_OF: Final = "must be one of {expected}, got {got}"
_FORMS: Final = {
    "missing": "is missing; add it",
    "value_error": "{error}",
    "enum": _ONE_OF,
    "literal_error": _ONE_OF,
    "string_type": "must be text in quotes, got {got}",
    "bool_type": "must be true or false, got {got}",
    "int_type": "must be a whole number, got {got}",
    "too_short": "has {actual_length} entries; add at least {min_length}",
    "union_tag_not_found": "has no role; add strongroom:role with 'source' or 'central'",
    "union_tag_invalid": "has an unknown role; strongroom:role must be {expected_tags}, got '{tag}'",
}
"""Sentences by pydantic's error type; the names in braces are that type's context."""


def _unknown(key: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"allowed: {', '.join(known)}" if known else "remove it"
    return f"is not a key of these settings; {hint}"


def _keys_at(section: type[BaseModel] | None, where: Sequence[int | str]) -> list[str]:
    for part in where:
        if section and isinstance(part, str):
            section = _section_of(section, part)
    return [field.alias or name for name, field in section.model_fields.items()] if section else []


def _section_of(section: type[BaseModel], key: str) -> type[BaseModel] | None:
    for field in section.model_fields.values():
        if field.alias == key:
            return next((model for model in _models(field.annotation) if model), None)
    return None


def _models(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]
