"""`rehearsal run`: the whole rehearsal, from an empty local AWS to a verdict."""

import re
from pathlib import Path
from typing import Annotated

import typer

from rehearsal.cli import output
from rehearsal.cli.ending import told
from rehearsal.cli.options import RUN_FOLDER, UP_FOLDER, Json, place
from rehearsal.report import files, table
from rehearsal.report.progress import shown
from rehearsal.report.story import Story
from rehearsal.scenarios import rehearse
from strongroom.cli.exits import Exit

HELP = """Rehearse: start an empty local AWS, seed it, run every step against it with the real Pulumi engine, end it.

Prints a line a step and writes build/rehearsal/report.json and report.html. Needs no AWS account, no Pulumi account
and no network. It may run beside a local AWS that is up. 0 means that every check held; a check that did not is shown
with what was expected, what came and the log."""
EXITS = (Exit.OK, Exit.FAILED, Exit.USAGE, Exit.REFUSED, Exit.TIMEOUT, Exit.INTERRUPTED)

RunFolder = Annotated[
    Path,
    typer.Option("--folder", help="Folder of this run's files.", file_okay=False, show_default="build/rehearsal/run"),
]
Port = Annotated[int, typer.Option(min=0, max=65535, help="TCP port of the local AWS; 0 takes any free one.")]
Without = Annotated[
    str | None,
    typer.Option(
        "--without-action",
        metavar="SERVICE:ACTION",
        help="Take this action from every deploy role for the whole run, to see the rehearsal turn red.",
    ),
]
ReportFile = Annotated[
    Path,
    typer.Option("--report", help="Where the report goes.", dir_okay=False, show_default="build/rehearsal/report.json"),
]


@told
def run(
    folder: RunFolder = RUN_FOLDER,
    port: Port = 0,
    without_action: Without = None,
    report: ReportFile = UP_FOLDER / "report.json",
    json: Json = False,
) -> None:
    """Run the rehearsal.

    Raises:
        typer.Exit: with 1, when a check did not hold.
    """
    if without_action is not None and not re.fullmatch(r"[a-z0-9-]+:[A-Za-z]+", without_action):
        raise typer.BadParameter(f"must be an IAM action such as dynamodb:CreateTable, got {without_action!r}")
    with shown() as progress:
        outcome = rehearse.rehearse(place(folder), port, progress, without=without_action)
    story = Story(outcome.results, outcome.seconds, outcome.engine_version, outcome.world, outcome.found)
    content = files.write(report, story)
    if json:
        output.document(content)
    else:
        table.show(table.console(), outcome.results, outcome.seconds)
        output.line(f"report: {report}, page: {files.page_of(report)}")
    if not story.green:
        raise typer.Exit(Exit.FAILED)
