"""What a check or an audit found, in one form for all who report it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """What a finding does."""

    ERROR = "error"
    WARNING = "warning"
    """It is told, and stops nothing."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be."""

    rule: str
    """Kebab-case: a rule of the pack, or of the check itself."""
    file: str
    """File in which it is mended, as the user named it."""
    sentence: str
    """Where, what, what is allowed, and the fix."""
    urn: str = ""
    """Resource that it is about; empty where it is about a file."""
    level: Level = Level.ERROR


@dataclass(frozen=True)
class Report:
    """Everything that was looked at, and what was found."""

    command: str
    """check or audit."""
    looked_at: Sequence[str]
    """One line for each file or stack that was judged."""
    findings: Sequence[Finding] = ()
    notes: Sequence[str] = field(default_factory=list[str])
    """What a person should know, such as rules that cannot be judged by what was given."""

    @property
    def errors(self) -> Sequence[Finding]:
        """Findings that stop."""
        return [one for one in self.findings if one.level is Level.ERROR]

    @property
    def passes(self) -> bool:
        """Whether nothing stops."""
        return not self.errors


def once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings without those that say the same of the same."""
    yield from dict.fromkeys(findings)
