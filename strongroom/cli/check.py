"""`strongroom check` as the command line knows it: options parsed, doors opened, the command run."""

import time
from pathlib import Path
from typing import Annotated

import typer

from strongroom.cli import check_judge
from strongroom.cli.check_judge import Form
from strongroom.cli.exits import Exit
from strongroom.cli.output import Output


def check(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="STACKFILE", help="Stack files. Default: all of the folder.")
    ] = None,
    pack: Annotated[Path, typer.Option("--pack", help="Folder of the policy pack.")] = check_judge.PACK,
    form: Annotated[Form, typer.Option("--output", help="How the report is written.")] = Form.TEXT,
    seconds: Annotated[
        float, typer.Option("--timeout", min=1, help="Seconds that the program, and then the pack, may take.")
    ] = 120.0,
) -> Exit:
    """See `check_judge`."""
    options = check_judge.Options(tuple(files or ()), pack, form, seconds)
    return check_judge.run(options, check_judge.Doors(Path.cwd(), time.monotonic, Output()))
