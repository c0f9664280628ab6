"""What recovered tables must hold, told by a process that asks no AWS, against what they hold."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from rehearsal.items.expected import keys
from rehearsal.items.history import History
from rehearsal.local.errors import RehearsalError
from strongroom.aws.tables import Tables
from strongroom.config.tables import TableSettings
from strongroom.evidence.items import canonical, sampling, sources
from strongroom.evidence.items.comparison import Differences
from strongroom.evidence.items.digest import Digest, Summary
from strongroom.evidence.items.expiry import Living
from strongroom.evidence.items.sources import Source, TableSource
from strongroom.facts.items import Item

_SECONDS: Final = 120
_SAMPLED: Final = 40
"""Items of each table that are looked up one by one, strongly consistent."""


class Expected(BaseModel):
    """What a table must hold."""

    model_config = ConfigDict(frozen=True)

    count: int
    """Items, expired ones among them: DynamoDB may have deleted any of those."""
    live: Summary
    sample: tuple[Mapping[str, Mapping[str, object]], ...]


_TOLD: Final = TypeAdapter(dict[str, Expected])


@dataclass(frozen=True)
class Question:
    """Tables that were brought back to one instant."""

    history: History
    tables: Sequence[str]
    instant: datetime
    """Of their points."""
    living: datetime
    """Items that have expired by then are not compared."""


@dataclass(frozen=True)
class Verdict:
    """One table compared."""

    table: str
    expected: Summary
    """Living items that must be there."""
    actual: Summary
    """Living items that are there."""
    whole: Summary | None
    """All items that are there. None: some may expire, and DynamoDB delete them, at any time."""
    surplus: int
    """Items that are there beyond all that may be, expired ones included."""
    sampled: Differences

    @property
    def equal(self) -> bool:
        """Whether the table holds what it must, and nothing else."""
        return not self.difference

    @property
    def difference(self) -> str:
        """What differs, in words; empty when nothing does."""
        if self.expected != self.actual:
            return f"expected {_short(self.expected)}, got {_short(self.actual)}"
        if self.surplus > 0:
            return f"{self.surplus} items more than may be there"
        if self.sampled != Differences():
            return f"of the sampled items missing {self.sampled.missing}, different {self.sampled.different}"
        return ""


def ask(question: Question, checkout: Path, salt: str) -> Mapping[str, Expected]:
    """Ask the generator, in a process of its own without any environment, what tables must hold.

    Raises:
        RehearsalError: it failed, or told something else.
    """
    command = [sys.executable, "-m", "rehearsal.items", *_arguments(question), "--salt", salt]
    ended = subprocess.run(  # noqa: S603 - our own arguments, no shell
        command, cwd=checkout, env={}, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    if ended.returncode != 0:
        raise RehearsalError(f"the oracle ended with {ended.returncode}: {ended.stderr.strip()}")
    try:
        return _TOLD.validate_json(ended.stdout)
    except ValidationError as unexpected:
        raise RehearsalError(f"the oracle told something else: {unexpected}") from None


def judge(tables: Tables, settings: TableSettings, expected: Expected, living: datetime) -> Verdict:
    """Read a table whole, strongly consistent, and compare it with what it must hold.

    Raises:
        AwsError: it cannot be read.
    """
    source = TableSource(tables, settings.name, consistent=True)
    alive = Living(settings.ttl_attribute, living)
    live, expired = _read(source, alive)
    sampled = sampling.confirm(tables, settings.name, keys(settings), expected.sample)
    actual, held = live.summary(), live.combine(expired).summary()
    whole = held if settings.ttl_attribute is None else None
    return Verdict(settings.name, expected.live, actual, whole, held.count - expected.count, sampled)


def _read(source: Source, alive: Living) -> tuple[Digest, Digest]:
    """Digest the living items and the expired ones, in one pass."""
    live, expired = Digest(), Digest()

    def both(items: Iterator[Item]) -> tuple[Digest, Digest]:
        one, other = Digest(), Digest()
        for item in items:
            (one if alive(item) else other).add(canonical.encode(item))
        return one, other

    for one, other in sources.each(source, both):
        live.combine(one)
        expired.combine(other)
    return live, expired


def _short(summary: Summary) -> str:
    return f"{summary.count} items of digest {summary.digest[:12]}..."


def _arguments(question: Question) -> list[str]:
    history = question.history
    told = {
        "--seed": history.seed,
        "--begin": history.begin.isoformat(),
        "--items": history.items,
        "--changes": history.changes,
        "--every": history.every.total_seconds(),
        "--together": history.together,
        "--instant": question.instant.isoformat(),
        "--living": question.living.isoformat(),
        "--sample": _SAMPLED,
    }
    named = [part for table in question.tables for part in ("--table", table)]
    return [*(str(part) for pair in told.items() for part in pair), *named]
