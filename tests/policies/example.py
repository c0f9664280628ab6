"""What an example of a rule consists of: something valid, and what is said when one thing of it is broken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from strongroom_policies.rule import Rule, StackRule

from tests.policies.judging import Made


@dataclass(frozen=True)
class Broken:
    """One property of a valid resource, a value that it must not have, and what is said then."""

    path: str
    value: Any
    sentence: str
    unknown: str = ""
    """Property that is unknown in the twin of this case. Default: the same one."""


@dataclass(frozen=True)
class Example:
    """A resource that a rule accepts, and how it can be broken."""

    rule: Rule
    valid: Made
    broken: Sequence[Broken]
    accepted: Sequence[tuple[str, Any]] = ()
    """Values that are accepted too: the right side of each bound."""
    configuration: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class BrokenStack:
    """One property of one resource of a valid stack, or the whole resource, and what is said of whom."""

    resource: str
    path: str
    """Empty: the resource is left out."""
    value: Any
    about: str
    """Name of the resource that the sentence is about."""
    sentence: str
    link: str = ""
    """For a resource that is left out: its property that, unknown, leaves open to whom it belongs."""


@dataclass(frozen=True)
class StackExample:
    """A stack that a rule accepts, and how it can be broken."""

    rule: StackRule
    valid: Sequence[Made]
    broken: Sequence[BrokenStack]
    accepted: Sequence[tuple[str, str, Any]] = ()
    """Resource, property and value that are accepted too."""
    configuration: Mapping[str, Any] = field(default_factory=dict[str, Any])
