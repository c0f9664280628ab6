"""How a rule is written: what it checks, why, and a function that yields one sentence for each violation."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from strongroom_policies.former import present
from strongroom_policies.properties import NotKnownError, Properties
from strongroom_policies.resource import Resource, Stack, of_aws
from strongroom_policies.tokens import TypeToken

_POSITION: Final = re.compile(r"\[\d+\]")
MAY_BE_UNKNOWN: Final = "mayBeUnknown"
EXEMPT: Final = "exempt"
_ROOT: Final = "pulumi:pulumi:Stack"


@dataclass(frozen=True)
class Unchecked:
    """Something that a rule could not judge, because a value is not known yet."""

    owner: str
    path: str
    because: str = ""
    """What is known of it all the same."""

    @property
    def name(self) -> str:
        """Its path as configuration names it, without positions in lists."""
        return _POSITION.sub("", self.path)


Sentence = str | Unchecked
Option = Mapping[str, object]
"""JSON schema of one option, with its default."""
Controls = Mapping[str, tuple[str, ...]]
"""Ids that a rule helps with, by framework; the one whose name fits best stands first."""


class Level(StrEnum):
    """What a violation does."""

    ADVISORY = "advisory"
    MANDATORY = "mandatory"


class Severity(StrEnum):
    """How much a violation would hurt."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


@dataclass(frozen=True, kw_only=True)
class _About:
    """What every rule says of itself."""

    name: str
    """Kebab-case; pack configuration names it."""
    description: str
    """One sentence that begins with Checks."""
    why: str
    """The failure that it prevents."""
    controls: Controls
    severity: Severity
    level: Level = Level.MANDATORY
    options: Mapping[str, Option] = field(default_factory=dict[str, Option])

    @cached_property
    def every_option(self) -> dict[str, Option]:
        """The rule's options, and those that all rules have."""
        return {
            **self.options,
            EXEMPT: texts((), "Logical names of resources that the rule leaves alone."),
            MAY_BE_UNKNOWN: texts(
                (), "Properties that may be unknown at preview; `pulumi up` checks them before the resource is made."
            ),
        }

    @cached_property
    def defaults(self) -> dict[str, object]:
        """What options are where configuration says nothing."""
        return {name: option["default"] for name, option in self.every_option.items()}


@dataclass(frozen=True, kw_only=True)
class Rule(_About):
    """A rule about one resource, judged by its inputs before anything is made."""

    on: tuple[TypeToken, ...]
    """Types that it looks at; none means every type of pulumi-aws."""
    everywhere: bool = False
    """Whether it looks at what other providers make and at components as well: at all but the stack itself."""
    check: Callable[[Resource, Properties], Iterator[Sentence]]
    mend: Callable[[Resource, Properties], Mapping[str, object]] | None = None
    """Properties that make the resource right; used where configuration sets the level to remediate."""
    keys: tuple[str, ...] = ()
    """Properties that take a KMS key; of one that is not known yet, the stack tells whether it is a key of its own."""

    def looks_at(self, kind: str) -> bool:
        """Whether it looks at resources of this type."""
        if self.everywhere:
            return kind != _ROOT
        return present(kind) in self.on if self.on else of_aws(kind)


@dataclass(frozen=True, kw_only=True)
class StackRule(_About):
    """A rule about resources together."""

    check: Callable[[Stack, Properties], Iterator[tuple[Resource, Sentence]]]


AnyRule = Rule | StackRule


def apart(*checks: Iterable[Sentence]) -> Iterator[Sentence]:
    """Run checks one after the other, so that what is unknown to one does not end the next."""
    for check in checks:
        try:
            yield from check
        except NotKnownError as unknown:
            yield Unchecked(unknown.owner, unknown.path)


def about(resource: Resource, *checks: Iterable[Sentence]) -> Iterator[tuple[Resource, Sentence]]:
    """Run checks apart, and say which resource they are about."""
    for sentence in apart(*checks):
        yield resource, sentence


def number(default: int, description: str) -> Option:
    """An option that takes a whole number, zero or more."""
    return {"type": "integer", "minimum": 0, "default": default, "description": description}


def flag(default: bool, description: str) -> Option:
    """An option that is on or off."""
    return {"type": "boolean", "default": default, "description": description}


def texts(default: tuple[str, ...], description: str) -> Option:
    """An option that takes a list of texts."""
    return {"type": "array", "items": {"type": "string"}, "default": list(default), "description": description}
