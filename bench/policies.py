"""What the policy pack costs: a preview of a source stack without a pack, with an empty one, and with ours.

    .venv/bin/python -m bench.policies [--tables 100 --tables 1000]

The three take turns, on the same local AWS, under the same role. Ratios are what counts; the machine decides the rest.
The empty pack shows what Pulumi takes for any pack in Python: it starts another interpreter, and asks it twice about
each resource and once about all.
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
_EMPTY: Final = ("--policy-pack", str(CHECKOUT / "bench" / "empty_pack"))
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
    empty: Measured
    judged: Measured

    def figures(self) -> dict[str, float]:
        """The row's numbers, by the heading of their column."""
        bare, empty, judged = (one.seconds for one in (self.bare, self.empty, self.judged))
        return {
            "tables": self.tables,
            "resources": self.resources,
            "seconds": round(bare, 1),
            "empty pack": round(empty, 1),
            "our pack": round(judged, 1),
            "% more with ours": round(100 * (judged - bare) / bare, 1),
            "% more with any": round(100 * (empty - bare) / bare, 1),
            "% for our rules": round(100 * (judged - empty) / bare, 1),
            "ms a resource, our rules": round(1000 * (judged - empty) / self.resources, 2),
            "% more processor time with ours": self._more_processor_time(self.judged),
            "% more processor time with any": self._more_processor_time(self.empty),
        }

    def _more_processor_time(self, measured: Measured) -> float:
        """Percent; tells more than seconds where the machine does something else as well."""
        bare = self.bare.processor_seconds
        return round(100 * (measured.processor_seconds - bare) / bare, 1)


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
    shows = Table(*figures[0], title="preview of a source stack: without a pack, with an empty one, with ours")
    for row in figures:
        shows.add_row(*(f"{value:g}" for value in row.values()))
    Console().print(shows)


def _measured(local: Local, number: int) -> Row:
    bare, empty, judged = previews.run(local, previews.source(local, number), (), _EMPTY, _JUDGED)
    return Row(number, len(json.loads(bare.output)["steps"]), bare, empty, judged)


if __name__ == "__main__":
    application = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    application.command()(main)
    application()
