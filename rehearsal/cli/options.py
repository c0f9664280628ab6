"""Options that several commands have."""

from pathlib import Path
from typing import Annotated, Final

import typer

from rehearsal.local.place import CHECKOUT, Place

UP_FOLDER: Final = CHECKOUT / "build" / "rehearsal"
RUN_FOLDER: Final = UP_FOLDER / "run"
PORT: Final = 4577
"""TCP port of a local AWS that stays up: the same each time, so that what a shell has sourced stays true."""

Folder = Annotated[
    Path,
    typer.Option(
        "--folder",
        help="Folder of this rehearsal's files; another folder is another local AWS.",
        file_okay=False,
        show_default="build/rehearsal",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]


def place(folder: Path) -> Place:
    """Return the place that --folder names."""
    return Place(folder.resolve())
