"""`strongroom verify` as the command line knows it: options parsed, doors opened, the command run."""

import time
from pathlib import Path
from typing import Annotated

import typer

from strongroom.cli import verify_judge
from strongroom.cli.exits import Exit
from strongroom.cli.output import Output
from strongroom.cli.verify_look import Doors, Form, Options

Environment = Annotated[str, typer.Argument(metavar="ENV", help="Name of a source, such as prod, or backup.")]
Region = Annotated[
    str | None, typer.Option("--region", help="AWS Region. Default: the stack file's, or that of the profile.")
]
Written = Annotated[Form, typer.Option("--output", help="How the report is written.")]
Json = Annotated[bool, typer.Option("--json", help="The same as --output json.")]


def verify(
    environment: Environment,
    region: Region = None,
    form: Written = Form.TEXT,
    as_json: Json = False,
    publish: Annotated[
        bool, typer.Option("--publish", help="Send ages, lags, failures and a heartbeat to CloudWatch.")
    ] = False,
) -> Exit:
    """See `verify_judge`."""
    return verify_judge.run(Options(environment, region, Form.JSON if as_json else form, publish), doors())


def doors() -> Doors:
    """The real doors."""
    # Here, because boto3 takes a quarter of a second, which help and the other commands need not wait for.
    from strongroom.aws import sessions

    return Doors(Path.cwd(), sessions.ProfileSessions, sessions.region, time.monotonic, Output())
