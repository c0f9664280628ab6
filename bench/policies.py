"""What the policy pack costs: a preview of a source stack with it beside the same preview without it.

    .venv/bin/python -m bench.policies [--tables 100 --tables 1000]

Both run in one go, on the same local AWS, under the same role. Ratios are what counts; the machine decides the rest.
"""

import json
from dataclasses import dataclass
from typing import Annotated, Final

import typer
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

_FOLDER: Final = CHECKOUT / "build" / "bench-policies"
_PACK: Final = CHECKOUT / "policies"
_JUDGED: Final = (
    "--policy-pack",
    str(_PACK),
    "--policy-pack-config",
    str(_PACK / "configuration" / f"{previews.STACK}.json"),
)


@dataclass(frozen=True)
class Row:
    """One size of stack."""

    tables: int
    resources: int
    bare: Measured
    judged: Measured

    def figures(self) -> dict[str, float]:
        """The row's numbers, by the heading of their column."""
        more = self.judged.seconds - self.bare.seconds
        return {
            "tables": self.tables,
            "resources": self.resources,
            "seconds": round(self.bare.seconds, 1),
            "with the pack": round(self.judged.seconds, 1),
            "pack, % of the preview": round(100 * more / self.bare.seconds, 1),
            "pack, ms a resource": round(1000 * more / self.resources, 2),
        }


def main(
    tables: Annotated[
        list[int] | None, typer.Option(help="Number of tables; may be repeated. Default: 100, 1000.")
    ] = None,
) -> None:
    """Measure, print a table, and write build/bench-policies/policies.json."""
    with shown() as progress, attended(Opening(Place(_FOLDER), 0, progress)) as local:
        seed(local, progress)
        rows: list[Row] = []
        for number in tables or (100, 1000):
            with part(progress, f"previews of {number} tables"):
                rows.append(_measured(local, number))
    figures = [row.figures() for row in rows]
    (_FOLDER / "policies.json").write_text(json.dumps(figures, indent=2), encoding="utf-8")
    shows = Table(*figures[0], title="preview of a source stack, without and with the policy pack")
    for row in figures:
        shows.add_row(*(f"{value:g}" for value in row.values()))
    Console().print(shows)


def _measured(local: Local, number: int) -> Row:
    bare, judged = previews.run(local, previews.source(local, number), (), _JUDGED)
    return Row(number, len(json.loads(bare.output)["steps"]), bare, judged)


if __name__ == "__main__":
    application = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    application.command()(main)
    application()
