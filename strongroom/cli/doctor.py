"""`strongroom doctor` as the command line knows it: options parsed, doors opened, the command run."""

import time
from datetime import UTC, datetime
from typing import Annotated

import typer

from strongroom.cli import doctor_examine
from strongroom.cli.exits import Exit
from strongroom.cli.options import Json
from strongroom.cli.output import Output
from strongroom.facts import names
from strongroom.recovery.doctor import Purpose


def doctor(
    environment: Annotated[str, typer.Argument(metavar="ENV", help="Name of the environment, such as prod.")],
    region: Annotated[
        str | None, typer.Option("--region", help="AWS Region. Default: the one of profile strongroom-<ENV>.")
    ] = None,
    purpose: Annotated[
        Purpose,
        typer.Option(
            "--for",
            help="recovery: profile strongroom-<ENV> is a fresh account to restore in. backup: it is the account that"
            " the tables live in, which no room is asked of.",
        ),
    ] = Purpose.RECOVERY,
    as_json: Json = False,
) -> Exit:
    """See `doctor_examine`."""
    # Here, because boto3 takes a quarter of a second, which help and the other commands need not wait for.
    from strongroom.aws import sessions

    found = region or sessions.region(names.profile(environment))
    options = doctor_examine.Options(environment, found, purpose, as_json)
    doors = doctor_examine.Doors(sessions.ProfileSessions(found), _now, time.monotonic, Output())
    return doctor_examine.run(options, doors)


def _now() -> datetime:
    return datetime.now(UTC)
