"""`strongroom audit` as the command line knows it: options parsed, doors opened, the command run."""

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from strongroom.cli import audit_judge
from strongroom.cli.check_judge import PACK, Form
from strongroom.cli.exits import Exit
from strongroom.cli.output import Output


def audit(
    export: Annotated[
        Path, typer.Option("--stack-state", help="File that `pulumi stack export` wrote; - reads standard input.")
    ],
    pack: Annotated[Path, typer.Option("--pack", help="Folder of the policy pack.")] = PACK,
    configuration: Annotated[
        Path | None,
        typer.Option("--pack-config", help="Pack configuration. Default: configuration/<stack>.json of the pack."),
    ] = None,
    form: Annotated[Form, typer.Option("--output", help="How the report is written.")] = Form.TEXT,
    seconds: Annotated[float, typer.Option("--timeout", min=1, help="Seconds that the pack may take.")] = 120.0,
) -> Exit:
    """See `audit_judge`."""
    options = audit_judge.Options(export, pack, configuration, form, seconds)
    return audit_judge.run(options, audit_judge.Doors(Path.cwd(), _piped, time.monotonic, Output()))


def _piped() -> str | None:
    """What was piped in; None where a person sits at a terminal and waits."""
    return None if sys.stdin.isatty() else sys.stdin.buffer.read().decode()
