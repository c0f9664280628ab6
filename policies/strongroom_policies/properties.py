"""What a resource was asked to be, read so that a value nobody knows yet is never taken for one that is absent."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, cast


class _Unknown:
    """A value that only AWS will know."""


UNKNOWN: Final = _Unknown()
_NUMBER: Final = re.compile("-?[0-9]+")


class NotKnownError(LookupError):
    """A rule asked for a value that is not known before `pulumi up`."""

    def __init__(self, owner: str, path: str) -> None:
        super().__init__(f"{path} of {owner}")
        self.owner = owner
        """Resource that was asked."""
        self.path = path
        """Path of the property, such as rules[0].schedule."""


@dataclass(frozen=True)
class Properties:
    """A mapping with typed questions; what is absent or of another type counts as not said.

    Every question raises NotKnownError when its answer is unknown.
    """

    values: Mapping[str, object] | _Unknown = field(default_factory=dict[str, object])
    owner: str = ""
    """Resource that they belong to, for error sentences."""
    path: str = ""

    def __contains__(self, key: str) -> bool:
        return self._get(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._known())

    def knows(self, key: str) -> bool:
        """Whether a value is known, or known to be absent."""
        return not isinstance(self._known().get(key), _Unknown)

    def said(self, key: str) -> object:
        """The value as it is; None when absent."""
        return self._get(key)

    def text(self, key: str) -> str | None:
        """A text."""
        value = self._get(key)
        return value if isinstance(value, str) else None

    def number(self, key: str) -> int | None:
        """A whole number; they cross the wire as floats, and a provider may take a text for one."""
        value = self._get(key)
        if isinstance(value, str):
            return int(value) if _NUMBER.fullmatch(value) else None
        return int(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None

    def flag(self, key: str) -> bool:
        """Whether it is true, also as a text, which a provider may take for it; absent is not."""
        value = self._get(key)
        return value is True or value == "true"

    def count(self, key: str) -> int:
        """How many elements a list has, known or not."""
        return len(_list(self._get(key)))

    def texts(self, key: str) -> tuple[str, ...]:
        """Texts of a list; a single text is a list of one, as in policy documents."""
        value = self._get(key)
        if isinstance(value, str):
            return (value,)
        return tuple(str(self._checked(one, f"{key}[{at}]")) for at, one in enumerate(_list(value)))

    def part(self, key: str) -> "Properties":
        """A nested object; an empty one when absent."""
        value = self._get(key)
        return self._nested(_mapping(value), key)

    def parts(self, key: str) -> tuple["Properties", ...]:
        """Nested objects of a list; one that is unknown answers nothing but NotKnownError."""
        value = self._get(key)
        whole = [cast("object", value)] if isinstance(value, Mapping) else _list(value)
        return tuple(
            self._nested(one if isinstance(one, _Unknown) else _mapping(one), f"{key}[{at}]")
            for at, one in enumerate(whole)
        )

    def json(self, key: str) -> "Properties":
        """An object that may be written as JSON; an empty one when it is neither."""
        value = self._get(key)
        return self._nested(_mapping(_from_json(value)), key) if isinstance(value, str) else self.part(key)

    def listed(self, key: str) -> tuple[str, ...]:
        """Texts of a list that may be written as JSON; none when it is neither."""
        value = self._get(key)
        return tuple(str(one) for one in _list(_from_json(value))) if isinstance(value, str) else self.texts(key)

    def _nested(self, value: Mapping[str, object] | _Unknown, key: str) -> "Properties":
        return Properties(value, self.owner, self._at(key))

    def _get(self, key: str) -> object:
        return self._checked(self._known().get(key), key)

    def _known(self) -> Mapping[str, object]:
        if isinstance(self.values, _Unknown):
            raise NotKnownError(self.owner, self.path)
        return self.values

    def _checked(self, value: object, key: str) -> object:
        if isinstance(value, _Unknown):
            raise NotKnownError(self.owner, self._at(key))
        return value

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def _from_json(text: str) -> object:
    """What a text says; None when it is no JSON, or one that is nested too deeply to be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _mapping(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, Mapping) else {}


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []
