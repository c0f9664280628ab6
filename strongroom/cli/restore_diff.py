"""`strongroom restore diff`: which items of a table and of a restored one are not the same, by key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from strongroom.aws.item_writer import sent
from strongroom.aws.tables import Tables
from strongroom.cli.exits import Exit
from strongroom.cli.restore_site import Doors, Where, find
from strongroom.facts.items import Item
from strongroom.recovery.tables import changes
from strongroom.recovery.tables.changes import Changes, shown
from strongroom.recovery.tables.single import Singles, Site

HELP = """Say which items of a table and of a restored one are not the same, and change nothing.

Counts first, then keys, as many of each kind as --first says: those that only RESTORED has (missing), those in both
with other content (different), those that only TABLE has (extra). Keys are JSON as DynamoDB writes it. The content of
items is never printed without --show-values, because items are personal data.

Both tables are read whole, by strongly consistent reads; the memory needed does not grow with them. Each is looked at
in many parts, and of the parts that differ as many items are remembered as --remember lets; where that is too few, it
is told. Where the tables are written meanwhile, what is written may or may not be seen. Items that expired since are
missing from TABLE, too. Exit code 4 says that something is different."""

EXITS = (
    Exit.OK,
    Exit.FAILED,
    Exit.USAGE,
    Exit.MISMATCH,
    Exit.NOT_FOUND,
    Exit.REFUSED,
    Exit.DENIED,
    Exit.TIMEOUT,
    Exit.INTERRUPTED,
)
FIRST = 20


@dataclass(frozen=True)
class Pair:
    """Two tables, and how they are compared and told of."""

    where: Where
    restored: str
    first: int = FIRST
    """Keys of each kind that are told."""
    remember: int = changes.REMEMBER
    """See `changes.Doors`."""


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    pair: Pair
    show_values: bool = False
    as_json: bool = False


def run(options: Options, doors: Doors) -> Exit:
    """Compare and tell.

    Raises:
        UsageError: see `restore_site.find`.
        RecoveryError: a table cannot be compared.
        AwsError: a table cannot be read.
    """
    site, aws = find(options.pair.where, doors)
    found, first = compare(options.pair, site, aws, doors), options.pair.first
    values = _values(found, first, aws.tables(site.profile)) if options.show_values else {}
    code = Exit.OK if found.none else Exit.MISMATCH
    if options.as_json:
        doors.output.document({**document(found, first, values), "exit": code.value})
        return code
    for line in lines(found, first, values):
        doors.output.result(line)
    return code


def compare(pair: Pair, site: Site, aws: Singles, doors: Doors) -> Changes:
    """The differences, with progress told."""
    tables, states = aws.tables(site.profile), aws.table_states(site.profile)
    return changes.find(site, pair.restored, changes.Doors(tables, states, doors.progress(), pair.remember))


def lines(found: Changes, first: int, values: Mapping[str, Sequence[str]] | None = None) -> list[str]:
    """The differences as people read them.

    Args:
        found: What was found.
        first: Keys of each kind that are told.
        values: Lines to tell below a key. Default: none.
    """
    told = [
        f"table {found.table}: {found.items} items; table {found.restored}: {found.restored_items} items",
        f"missing {len(found.missing)}, different {len(found.different)}, extra {len(found.extra)}",
    ]
    if not found.whole:
        told.append("there are more, of which nothing is known; give a greater --remember")
    for kind, keys in _kinds(found).items():
        for key in keys[:first]:
            told += [f"{kind} {shown(key)}", *(values or {}).get(shown(key), ())]
        if len(keys) > first:
            told.append(f"{kind}: {len(keys) - first} more")
    return told


def document(found: Changes, first: int, values: Mapping[str, Sequence[str]] | None = None) -> dict[str, object]:
    """The differences as scripts read them; arguments as `lines`."""
    counts = {kind: len(keys) for kind, keys in _kinds(found).items()}
    keys = {kind: [shown(key) for key in keys[:first]] for kind, keys in _kinds(found).items()}
    return {
        "table": found.table,
        "restored": found.restored,
        "items": found.items,
        "restoredItems": found.restored_items,
        "counts": counts,
        "whole": found.whole,
        "keys": keys,
        **({"values": values} if values else {}),
    }


def _kinds(found: Changes) -> dict[str, tuple[Item, ...]]:
    return {"missing": found.missing, "different": found.different, "extra": found.extra}


def _values(found: Changes, first: int, tables: Tables) -> dict[str, list[str]]:
    """The contents of the items whose keys are told."""
    told = [key for keys in _kinds(found).values() for key in keys[:first]]
    values = dict[str, list[str]]()
    for key in told:
        read = ((name, tables.item(name, sent(key))) for name in (found.restored, found.table))
        values[shown(key)] = [f"  {name}: {'no item' if item is None else shown(item)}" for name, item in read]
    return values
