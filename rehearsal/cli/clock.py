"""`rehearsal clock`: the virtual time that backups, schedules and locks live in."""

from typing import Annotated

import typer

from rehearsal.cli import duration, output
from rehearsal.cli.ending import told
from rehearsal.cli.options import UP_FOLDER, Folder, Json, place
from rehearsal.local.control import Control
from rehearsal.local.presence import Presence
from strongroom.cli.exits import Exit, epilog

app = typer.Typer(help="Show or advance the virtual clock.", no_args_is_help=True, rich_markup_mode=None)
_EXITS = (Exit.OK, Exit.FAILED, Exit.USAGE, Exit.NOT_FOUND)

By = Annotated[str, typer.Argument(metavar="DURATION", help="How far, such as 3d, 90m or 1h30m.")]


@app.command("show", help="Show the virtual time.", epilog=epilog(*_EXITS))
@told
def show(folder: Folder = UP_FOLDER, json: Json = False) -> None:
    """Print the virtual time."""
    control = Control(Presence(place(folder)).found().endpoint)
    _print(control.now().isoformat(), json=json)


@app.command("advance", help="Turn the virtual clock forward; it cannot be turned back.", epilog=epilog(*_EXITS))
@told
def advance(by: By, folder: Folder = UP_FOLDER, json: Json = False) -> None:
    """Turn the virtual clock forward and print its time."""
    try:
        span = duration.parse(by)
    except ValueError as malformed:
        raise typer.BadParameter(str(malformed), param_hint="DURATION") from None
    control = Control(Presence(place(folder)).found().endpoint)
    _print(control.advance(span.total_seconds()).isoformat(), json=json)


def _print(now: str, *, json: bool) -> None:
    if json:
        output.document({"now": now})
    else:
        output.line(now)
