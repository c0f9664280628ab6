"""Pulumi's names of resources, taken apart.

Form: pulumi/pulumi v3.256.0, sdk/go/common/resource/urn/urn.go, read 2026-11-22.
"""

from dataclasses import dataclass
from typing import Final, Self

_PREFIX: Final = "urn:pulumi:"
_PARTS: Final = 4


@dataclass(frozen=True)
class Urn:
    """Name of a resource in all of Pulumi."""

    text: str
    stack: str
    project: str
    type: str
    """Token, without the types of the parents."""
    name: str
    """Logical name."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Take a URN apart.

        Raises:
            ValueError: it is none.
        """
        parts = text.removeprefix(_PREFIX).split("::", _PARTS - 1)
        if not text.startswith(_PREFIX) or len(parts) != _PARTS or not all(parts):
            raise ValueError("is no URN; urn:pulumi:<stack>::<project>::<type>::<name> is required")
        stack, project, types, name = parts
        return cls(text, stack, project, types.rpartition("$")[2], name)
