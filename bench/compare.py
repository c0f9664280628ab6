"""How fast items of a table are compared, beside boto3's own paginator and TypeDeserializer.

    .venv/bin/python -m bench.compare [--items 2000] [--runs 5]

Both read the same pages, in one process and one thread, turn by turn, from the answer's bytes on. The plain side turns
items into Python values and looks each up in a dictionary of what it expects, which it holds; ours needs no such
dictionary. "buckets" is the comparison that can name what differs; it computes what it expects as well. Seconds are
those of the processor. Ratios are what counts; the machine decides the rest.
"""

import gc
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final, cast

import orjson
import typer
from boto3.dynamodb.types import TypeDeserializer
from rich.console import Console
from rich.table import Table

from bench.canned import Canned
from rehearsal.items.expected import keys
from rehearsal.items.history import History
from rehearsal.local import world
from rehearsal.local.place import CHECKOUT
from strongroom.aws.tables import DynamoTables
from strongroom.config.settings import SourceSettings
from strongroom.evidence.items import canonical, comparison, reading, sizes
from strongroom.evidence.items.keys import TableKeys
from strongroom.evidence.items.sources import TableSource
from strongroom.facts.items import SCAN_PAGE_BYTES, Item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

_BEGIN: Final = datetime(2026, 11, 22, tzinfo=UTC)
_FOLDER: Final = CHECKOUT / "build" / "bench"
_TABLE: Final = "prod-submit-bundles"


@dataclass(frozen=True)
class _Listed:
    items: Sequence[Item]
    parts: int = 1

    def read(self, part: int) -> Iterator[Item]:
        return iter(self.items[part :: self.parts])


@dataclass(frozen=True)
class Subject:
    """What is read: items of one kind, and the answers that hold them."""

    name: str
    items: Sequence[Item]
    bodies: Sequence[bytes]
    keys: TableKeys


def main(
    items: Annotated[int, typer.Option(min=10, help="Items of each kind.")] = 2_000,
    runs: Annotated[int, typer.Option(min=1, help="Runs of each side; the quickest counts.")] = 5,
) -> None:
    """Measure, print a table, and write build/bench/compare.json."""
    rows = [_row(subject, runs) for subject in _subjects(items)]
    _FOLDER.mkdir(parents=True, exist_ok=True)
    (_FOLDER / "compare.json").write_text(json.dumps(rows, indent=2), encoding="utf-8")
    table = Table(*rows[0], title="items a second and core")
    for row in rows:
        table.add_row(*map(str, row.values()))
    Console().print(table)


def _subjects(number: int) -> list[Subject]:
    stacks = world.read(CHECKOUT).stacks.values()
    settings = next(
        table for stack in stacks if isinstance(stack, SourceSettings) for table in stack.tables if table.name == _TABLE
    )
    made = (item for item in History(1, _BEGIN, number).first(settings) if "filler" not in item)
    # As DynamoDB gives them back: the generator writes zeroes before and behind numbers, which DynamoDB trims.
    seeded: list[Item] = [orjson.loads(canonical.encode(item)) for item in made]
    receipts: list[Item] = [
        {
            "hashedSub": {"S": f"{one:064x}"},
            "bundleId": {"S": f"{one:08d}"},
            "ttl": {"N": str(1_795_000_000 + one)},
            **{f"attribute{place}": {"S": f"value {place} of {one}"} for place in range(17)},
        }
        for one in range(number)
    ]
    return [
        Subject("the generator's", seeded, _pages(seeded), keys(settings)),
        Subject("20 attributes", receipts, _pages(receipts), keys(settings)),
    ]


def _pages(items: Sequence[Item]) -> list[bytes]:
    pages: list[list[Item]] = [[]]
    room = SCAN_PAGE_BYTES
    for item in items:
        room -= sizes.item_bytes(item)
        if room < 0:
            pages.append([])
            room = SCAN_PAGE_BYTES
        pages[-1].append(item)
    return [_body(page, number + 1 if number + 1 < len(pages) else None) for number, page in enumerate(pages)]


def _body(page: Sequence[Item], following: int | None) -> bytes:
    answer: dict[str, object] = {"Items": page, "Count": len(page), "ScannedCount": len(page)}
    if following is not None:
        answer["LastEvaluatedKey"] = {"id": {"N": str(following)}}
    return orjson.dumps(answer)


def _row(subject: Subject, runs: int) -> dict[str, object]:
    deserialize = _plain_values(Canned(subject.bodies).client)
    names = (subject.keys.hash_key, cast("str", subject.keys.range_key))
    wanted = {tuple(item[name] for name in names): item for item in deserialize()}
    tables = DynamoTables(Canned(subject.bodies).client)
    source = TableSource(tables, _TABLE, 1)
    digest = reading.of(subject.items).summary()

    def plain() -> bool:
        return all(wanted[tuple(item[name] for name in names)] == item for item in deserialize())

    def ours() -> bool:
        return reading.of(source.read(0)).summary() == digest

    def named() -> bool:
        return comparison.compare(_Listed(subject.items), source, subject.keys).same

    # What stands ready before is no work of any side's, and no side is to look through it for garbage.
    gc.freeze()
    seconds = _seconds([plain, ours, named], runs)
    rates = [len(subject.items) / one for one in seconds]
    return {
        "items": subject.name,
        "number": len(subject.items),
        "boto3": round(rates[0]),
        "digest": round(rates[1]),
        "x boto3": round(rates[1] / rates[0], 2),
        "buckets": round(rates[2]),
        "x boto3 too": round(rates[2] / rates[0], 2),
    }


def _plain_values(client: "DynamoDBClient") -> Callable[[], Iterable[Mapping[str, Any]]]:
    deserializer = TypeDeserializer()

    def values() -> Iterable[Mapping[str, Any]]:
        for page in client.get_paginator("scan").paginate(TableName=_TABLE):
            for item in page["Items"]:
                yield {name: deserializer.deserialize(value) for name, value in item.items()}

    return values


def _seconds(sides: Sequence[Callable[[], bool]], runs: int) -> list[float]:
    """The quickest run of each side; the sides take turns, so that a busy machine slows them alike."""
    best = [float("inf")] * len(sides)
    for _ in range(runs):
        for number, side in enumerate(sides):
            begun = time.process_time()
            if not side():
                raise RuntimeError("the pages do not hold what they should")
            best[number] = min(best[number], time.process_time() - begun)
    return best


if __name__ == "__main__":
    application = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    application.command()(main)
    application()
