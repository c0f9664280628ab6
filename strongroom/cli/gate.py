"""`strongroom gate` as the command line knows it: options parsed, doors opened, the command run."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from strongroom.cli import gate_judge
from strongroom.cli.exits import Exit
from strongroom.cli.gate_judge import Form
from strongroom.cli.output import Output


def gate(
    preview: Annotated[
        Path | None,
        typer.Argument(metavar="PREVIEW", help="File with the preview; without one it is read from standard input."),
    ] = None,
    overrides: Annotated[
        Path | None,
        typer.Option("--overrides", help=f"Overrides file. Default: {gate_judge.OVERRIDES}, if it is there."),
    ] = None,
    base: Annotated[
        str | None, typer.Option("--base", help="Branch, tag or commit that the change is judged against.")
    ] = None,
    pack: Annotated[
        list[Path] | None,
        typer.Option(
            "--pack",
            metavar="PATH",
            help="Folder or file of the policy pack that the preview was run with; needs --base, may be given again.",
        ),
    ] = None,
    stack: Annotated[str | None, typer.Option("--stack", help="Stack that the preview must be of.")] = None,
    form: Annotated[Form, typer.Option("--output", help="How the verdict is written.")] = Form.TEXT,
) -> Exit:
    """See `gate_judge`."""
    options = gate_judge.Options(preview, overrides, base, tuple(pack or ()), stack, form)
    return gate_judge.run(options, gate_judge.Doors(Path.cwd(), _piped, lambda: datetime.now(UTC).date(), Output()))


def _piped() -> str | None:
    """What was piped in; None where a person sits at a terminal and waits."""
    return None if sys.stdin.isatty() else sys.stdin.buffer.read().decode()
