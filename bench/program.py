"""How much a source stack costs beside a bare program with as many registrations: seconds and memory of a preview.

    .venv/bin/python -m bench.program [--tables 10 --tables 100 --tables 1000]

Both run in one go, on the same local AWS, under the same role. Ratios are what counts; the machine decides the rest.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer
import yaml
from rich.console import Console
from rich.table import Table

from bench import previews
from bench.measuring import Measured
from rehearsal.local.lifecycle import Opening, attended
from rehearsal.local.local import Local
from rehearsal.local.place import CHECKOUT, Place
from rehearsal.local.progress import part
from rehearsal.local.seed import seed
from rehearsal.report.progress import shown
from strongroom.facts import names

_FOLDER: Final = CHECKOUT / "build" / "bench"


@dataclass(frozen=True)
class Counts:
    """What one preview registers: the provider and the stack itself are not counted."""

    custom: int
    components: int

    @property
    def all(self) -> int:
        """Registrations, components among them."""
        return self.custom + self.components


@dataclass(frozen=True)
class Row:
    """One size of stack."""

    tables: int
    counts: Counts
    source: Measured
    bare: Measured
    """As many registrations."""
    custom: Measured
    """As many custom resources, and no components."""

    def figures(self) -> dict[str, float]:
        """The row's numbers, by the heading of their column."""
        return {
            "tables": self.tables,
            "registrations": self.counts.all,
            "seconds": round(self.source.seconds, 1),
            "x bare": round(self.source.seconds / self.bare.seconds, 2),
            "x custom alone": round(self.source.seconds / self.custom.seconds, 2),
            "peak MiB": round(self.source.peak_mebibytes),
            "memory x bare": round(self.source.peak_mebibytes / self.bare.peak_mebibytes, 2),
        }


def main(
    tables: Annotated[
        list[int] | None, typer.Option(help="Number of tables; may be repeated. Default: 10, 100, 1000.")
    ] = None,
) -> None:
    """Measure, print a table, and write build/bench/program.json."""
    with shown() as progress, attended(Opening(Place(_FOLDER), 0, progress)) as local:
        seed(local, progress)
        rows: list[Row] = []
        for number in tables or (10, 100, 1000):
            with part(progress, f"previews of {number} tables"):
                rows.append(_measured(local, number))
    _write(rows)
    _print(rows)


def _measured(local: Local, number: int) -> Row:
    [source] = previews.run(local, previews.source(local, number), ())
    counts = _counts(source)
    [bare] = previews.run(local, _bare(local, number, counts), ())
    [custom] = previews.run(local, _bare(local, number, Counts(counts.custom, 0)), ())
    _refuse_another_count(counts.all, _counts(bare).all)
    return Row(number, counts, source, bare, custom)


def _bare(local: Local, number: int, counts: Counts) -> Path:
    """A program of so many tables, and of topics and empty components for the rest."""
    folder = local.place.root / "bare"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(Path(__file__).with_name("bare.py"), folder / "__main__.py")
    project = yaml.safe_load((local.place.program / "Pulumi.yaml").read_text(encoding="utf-8"))
    project["config"] = {}
    (folder / "Pulumi.yaml").write_text(yaml.safe_dump(project), encoding="utf-8")
    config = {
        "prefix": previews.PREFIX,
        "tables": number,
        "others": counts.custom - number,
        "components": counts.components > 0,
        "parents": max(0, counts.components - number),
        "profile": names.profile(previews.STACK),
        "account": local.world.stacks[previews.STACK].accounts.own,
    }
    named = {f"{project['name']}:{key}": value for key, value in config.items()}
    (folder / f"Pulumi.{previews.STACK}.yaml").write_text(yaml.safe_dump({"config": named}), encoding="utf-8")
    return folder


def _counts(preview: Measured) -> Counts:
    steps = json.loads(preview.output)["steps"]
    states = [step["newState"] for step in steps if not step["newState"]["type"].startswith("pulumi:")]
    custom = sum(1 for state in states if state["custom"])
    return Counts(custom, len(states) - custom)


def _refuse_another_count(source: int, bare: int) -> None:
    if source != bare:
        raise RuntimeError(f"the bare program registers {bare} resources and the source stack {source}")


def _write(rows: Sequence[Row]) -> None:
    (_FOLDER / "program.json").write_text(json.dumps([row.figures() for row in rows], indent=2), encoding="utf-8")


def _print(rows: Sequence[Row]) -> None:
    figures = [row.figures() for row in rows]
    table = Table(*figures[0], title="preview of a source stack")
    for row in figures:
        table.add_row(*(f"{value:g}" for value in row.values()))
    Console().print(table)
    least, most = rows[0], rows[-1]
    if most.tables > least.tables:
        slope = (most.counts.all - least.counts.all) / (most.tables - least.tables)
        Console().print(f"registrations for each further table: {slope:g}")


if __name__ == "__main__":
    application = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    application.command()(main)
    application()
