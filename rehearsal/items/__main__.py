"""Prints what tables must hold at an instant, as digests: `python -m rehearsal.items`; it asks no AWS of any kind."""

import base64
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from rehearsal.items.expected import keys
from rehearsal.items.history import History
from rehearsal.local import world
from rehearsal.local.errors import RehearsalError
from rehearsal.local.place import CHECKOUT
from strongroom.cli.exits import Exit, epilog
from strongroom.config.settings import SourceSettings
from strongroom.config.tables import TableSettings
from strongroom.evidence.items import canonical, sampling, sizes
from strongroom.evidence.items.digest import Digest
from strongroom.evidence.items.expiry import Living
from strongroom.facts.items import Item

_HELP = """Print what each table of the stack files must hold at an instant, as JSON.

For each table: items, bytes of their canonical forms, digest, bytes as DynamoDB counts them, the same of those
alone that have not expired, and some of these whole. The instants are ISO 8601 with a time zone.
"""


def main(
    seed: Annotated[int, typer.Option(help="Seed of the generator.")],
    begin: Annotated[str, typer.Option(help="When the first items had been written.")],
    instant: Annotated[str | None, typer.Option(help="What the tables hold when. Default: at the beginning.")] = None,
    items: Annotated[int, typer.Option(min=0, help="Items that each table begins with.")] = History.items,
    changes: Annotated[int, typer.Option(min=0, help="Changes of each table.")] = History.changes,
    every: Annotated[float, typer.Option(min=1, help="Seconds between two changes.")] = History.every.total_seconds(),
    together: Annotated[int, typer.Option(min=1, help="Changes that are made together.")] = History.together,
    living: Annotated[str | None, typer.Option(help="Instant that items must outlive. Default: --instant.")] = None,
    sample: Annotated[int, typer.Option(min=0, help="Items of each table to print whole.")] = 0,
    salt: Annotated[str, typer.Option(help="Decides which ones.")] = "",
    table: Annotated[list[str] | None, typer.Option(help="Only this table; may be repeated.")] = None,
    empty: Annotated[list[str] | None, typer.Option(help="Table without items; may be repeated.")] = None,
) -> None:
    """Compute and print."""
    try:
        spaced = timedelta(seconds=every)
        history = History(seed, _instant(begin), items, changes, spaced, together, frozenset(empty or ()))
        at = _instant(instant or begin)
        asked = _Asked(history, at, _instant(living) if living else at, sample, salt.encode())
        told = {one.name: _told(asked, one) for one in _tables(table, history.empty)}
    except (RehearsalError, ValueError) as wrong:
        sys.stderr.write(f"rehearsal.items: {wrong}\n")
        raise typer.Exit(Exit.USAGE) from None
    sys.stdout.write(json.dumps(told, indent=2, default=_base64) + "\n")


@dataclass(frozen=True)
class _Asked:
    """What is to be told of a table."""

    history: History
    at: datetime
    living: datetime
    """Instant that the items counted as living outlive."""
    sample: int
    salt: bytes


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"an instant must have a time zone, such as {text}Z, got {text}")
    return instant.astimezone(UTC)


def _tables(names: list[str] | None, empty: frozenset[str]) -> Iterator[TableSettings]:
    stacks = world.read(CHECKOUT).stacks.values()
    known = {one.name: one for stack in stacks if isinstance(stack, SourceSettings) for one in stack.tables}
    for name in (*(names or ()), *empty):
        if name not in known:
            raise ValueError(f"a table must be one of {', '.join(known)}, got {name}")
    return (known[name] for name in names or known)


def _told(asked: _Asked, table: TableSettings) -> dict[str, object]:
    living = Living(table.ttl_attribute, asked.living)
    live, expired = Digest(), Digest()
    size = 0
    for item in asked.history.expected(table, asked.at):
        (live if living(item) else expired).add(canonical.encode(item))
        size += sizes.item_bytes(item)
    told = {"item_bytes": size, "live": asdict(live.summary()), "sample": _sampled(asked, table, living)}
    return {**asdict(live.combine(expired).summary()), **told}


def _sampled(asked: _Asked, table: TableSettings, living: Living) -> list[Item]:
    items = filter(living, asked.history.expected(table, asked.at)) if asked.sample else ()
    return sampling.sample(items, keys(table), asked.sample, asked.salt)


def _base64(octets: object) -> str:
    if not isinstance(octets, bytes):
        raise TypeError(f"an item holds {type(octets).__name__}")
    return base64.b64encode(octets).decode("ascii")


if __name__ == "__main__":
    application = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    application.command(help=_HELP, epilog=epilog(Exit.OK, Exit.USAGE))(main)
    application()
