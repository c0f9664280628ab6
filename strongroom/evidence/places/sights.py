"""What a look at the backups saw: ages, findings, and the places that nobody could look into."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from strongroom.aws.errors import AwsError


class Kind(StrEnum):
    """What is the matter."""

    STALE = "stale"
    MISSING = "missing"
    WRONG = "wrong"
    WARNING = "warning"
    """Nothing is lost by it; somebody should look."""


class What(StrEnum):
    """What a row is about."""

    HEAD = "point in time"
    POINT = "recovery point"
    EXPORT = "export"
    MANIFEST = "settings manifest"


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be."""

    kind: Kind
    place: str
    subject: str
    """Table, vault or bucket."""
    sentence: str
    """What is the matter and what to do; it does not begin with the subject."""


@dataclass(frozen=True)
class Row:
    """The newest copy of one thing in one place."""

    what: What
    place: str
    subject: str
    newest: datetime | None
    """Instant whose content it holds. Absent: there is none."""
    limit: timedelta | None = None
    """How old it may be. Absent: nothing is promised."""
    note: str | None = None
    """What there is to say besides the age."""


@dataclass(frozen=True)
class Blind:
    """A place that could not be looked into."""

    place: str
    fault: AwsError


@dataclass(frozen=True)
class Seen:
    """What one look saw."""

    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()
    blind: tuple[Blind, ...] = ()


@dataclass(frozen=True)
class Report:
    """Everything that was seen of one environment."""

    environment: str
    account: str
    """Account whose own profile was used."""
    at: datetime
    """By the clock of AWS; ages are counted from it."""
    declared: str
    """Where the settings came from that all is held against."""
    seen: Seen

    @property
    def failures(self) -> tuple[Finding, ...]:
        """What makes a verify fail."""
        return tuple(one for one in self.seen.findings if one.kind is not Kind.WARNING)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What somebody should look at."""
        return tuple(one for one in self.seen.findings if one.kind is Kind.WARNING)


def together(parts: Iterable[Seen]) -> Seen:
    """All that several looks saw, in their order."""
    all_ = list(parts)
    return Seen(
        tuple(row for part in all_ for row in part.rows),
        tuple(finding for part in all_ for finding in part.findings),
        tuple(blind for part in all_ for blind in part.blind),
    )


def attempted(place: str, look: Callable[[], Seen]) -> Seen:
    """Look; where that is not possible, say so instead, because the other places are still worth a look."""
    try:
        return look()
    except AwsError as fault:
        return Seen(blind=(Blind(place, fault),))
