"""The overrides file: who said beforehand that a backup may go, which one, why, and until when."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date, timedelta
from typing import Annotated, Final, Self, cast

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails

from strongroom.gate.errors import OverridesError
from strongroom.gate.operations import Operation
from strongroom.gate.plain import plain
from strongroom.gate.preview import Preview
from strongroom.gate.urns import Urn

DAYS_AHEAD: Final = 30
"""How far ahead an override may reach: longer than a review and a deployment take is for ever in practice."""
REASON_CHARACTERS: Final = 12
"""Shortest reason that can be one."""


def _operation(value: object) -> object:
    return Operation(value) if value in set(Operation) else value


class Override(BaseModel):
    """Leave to do one thing to one resource."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", hide_input_in_errors=True)

    urn: str
    """The exact URN."""
    operation: Annotated[Operation, BeforeValidator(_operation)]
    setting: str | None = None
    """Path as the gate prints it; with `weaken`, and only there."""
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=REASON_CHARACTERS)]
    expires: date
    """Last day on which it counts, in UTC."""

    @field_validator("urn")
    @classmethod
    def _is_exact(cls, urn: str) -> str:
        Urn.parse(urn)
        return urn

    @model_validator(mode="after")
    def _names_a_setting(self) -> Self:
        if (self.operation is Operation.WEAKEN) != (self.setting is not None):
            raise ValueError("must name a setting with operation weaken, and only with it")
        return self

    @property
    def key(self) -> tuple[str, Operation, str | None]:
        """What it gives leave to."""
        return self.urn, self.operation, self.setting


class _File(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    overrides: list[Override] = Field(default_factory=list[Override])


def read(text: str, file: str, today: date) -> list[Override]:
    """Read an overrides file.

    Args:
        text: All of it; empty means no overrides.
        file: What to call it in sentences.
        today: The day in UTC.

    Raises:
        OverridesError: it cannot be used; a sentence for each fault.
    """
    found = parse(text, file)
    faults = [f"{file}: {fault}" for fault in (*_twice(found), *_out_of_time(found, today))]
    if faults:
        raise OverridesError(faults)
    return found


def parse(text: str, file: str) -> list[Override]:
    """Read an overrides file as it was once, whatever has become of its dates.

    Raises:
        OverridesError: it is none; a sentence for each fault.
    """
    try:
        return _File.model_validate(_document(text, file)).overrides
    except ValidationError as invalid:
        faults = invalid.errors(include_url=False, include_input=False)
        raise OverridesError([f"{file}: {_says(fault)}" for fault in faults]) from None


def refuse_aimless(overrides: Sequence[Override], preview: Preview, file: str) -> None:
    """Refuse overrides of the preview's stack that name nothing in it; a wrong name protects nobody.

    Raises:
        OverridesError: a sentence for each.
    """
    own = [one for one in overrides if is_about(one, preview)]
    faults = [
        f"{file}: {plain(one.urn)} matches nothing in the preview; correct it, or remove the override once it is used"
        for one in own
        if one.urn not in preview.urns
    ]
    if faults:
        raise OverridesError(list(dict.fromkeys(faults)))


def is_about(override: Override, preview: Preview) -> bool:
    """Whether an override is for the stack that was previewed."""
    urn = Urn.parse(override.urn)
    return (urn.project, urn.stack) == (preview.project, preview.stack)


def _twice(overrides: Sequence[Override]) -> Iterator[str]:
    seen: set[Hashable] = set()
    for place, one in enumerate(overrides):
        if one.key in seen:
            yield f"overrides[{place}] says {one.operation.value} of {plain(one.urn)} a second time; keep one of them"
        seen.add(one.key)


def _out_of_time(overrides: Sequence[Override], today: date) -> Iterator[str]:
    last = today + timedelta(days=DAYS_AHEAD)
    for place, one in enumerate(overrides):
        about = f"overrides[{place}].expires ({one.expires}, for {plain(one.urn)})"
        if one.expires < today:
            yield f"{about} is past, today is {today}; remove the override"
        elif one.expires > last:
            yield f"{about} is too far ahead: at most {DAYS_AHEAD} days are allowed, so {last} today"


class _Loader(yaml.SafeLoader):
    """YAML without keys that stand twice, of which a reader sees the first and the program takes the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if len(set(keys)) != len(keys):
            raise yaml.constructor.ConstructorError(None, None, "a key stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


def _document(text: str, file: str) -> object:
    try:
        document: object = yaml.load(text, _Loader)  # noqa: S506 - a safe loader
    except ValueError as invalid:
        # The parser makes dates of what looks like one; of 2026-02-31 there is none.
        raise OverridesError([f"{file}: holds a value that cannot be read: {plain(str(invalid))}"]) from None
    except (yaml.YAMLError, RecursionError) as invalid:
        mark = invalid.problem_mark if isinstance(invalid, yaml.MarkedYAMLError) else None
        at = f" at line {mark.line + 1}" if mark else ""
        problem = (invalid.problem if isinstance(invalid, yaml.MarkedYAMLError) else None) or "it cannot be read"
        raise OverridesError([f"{file}: is not YAML{at}: {plain(problem)}"]) from None
    return {} if document is None else document


def _says(fault: ErrorDetails) -> str:
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in fault["loc"]).lstrip(".")
    say = _FORMS.get(fault["type"], _other)
    return f"{plain(where) or 'it'} {say(fault)}"


def _other(fault: ErrorDetails) -> str:
    return f"is wrong: {fault['msg'][0].lower()}{fault['msg'][1:]}"


def _missing(fault: ErrorDetails) -> str:
    return _WHY_NEEDED.get(str(fault["loc"][-1]), "is missing; add it")


def _no_key(fault: ErrorDetails) -> str:
    if len(fault["loc"]) == 1:
        return "is no key of an overrides file; allowed: overrides"
    return "is no key of an override; allowed: urn, operation, setting, reason, expires"


def _no_object(fault: ErrorDetails) -> str:
    if not fault["loc"]:
        return "must be a mapping with the key overrides, under which every override is listed"
    return "must be an override, with urn, operation, reason and expires"


def _value(fault: ErrorDetails) -> str:
    return str(cast("dict[str, object]", fault.get("ctx", {})).get("error", fault["msg"]))


_REASON: Final = f"must say in {REASON_CHARACTERS} characters or more why this may happen"
_EXPIRES: Final = f"must be the last day on which it counts, such as 2026-12-01, at most {DAYS_AHEAD} days ahead"
_OPERATION: Final = f"must be one of {', '.join(Operation)}"
_WHY_NEEDED: Final = {
    "reason": f"is missing; it {_REASON}",
    "expires": f"is missing; it {_EXPIRES}",
    "operation": f"is missing; it {_OPERATION}",
    "urn": "is missing; it must be the exact URN that the gate printed",
}
_FORMS: Final[dict[str, Callable[[ErrorDetails], str]]] = {
    "missing": _missing,
    "extra_forbidden": _no_key,
    "model_type": _no_object,
    "list_type": lambda _: "must be a list of overrides, each of which begins with '- urn:'",
    "string_too_short": lambda _: _REASON,
    "date_type": lambda _: _EXPIRES,
    "date_from_datetime_inexact": lambda _: _EXPIRES,
    "enum": lambda _: _OPERATION,
    "is_instance_of": lambda _: _OPERATION,
    "value_error": _value,
    "string_type": lambda _: "must be text",
}
"""Sentences by pydantic's error type."""
