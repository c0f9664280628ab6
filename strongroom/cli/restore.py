"""`strongroom restore ...` as the command line knows it: options parsed, doors opened, the command run."""

import time
from pathlib import Path
from random import SystemRandom
from typing import Annotated

import typer

from strongroom.cli import (
    restore_copy_back,
    restore_diff,
    restore_pitr,
    restore_point,
    restore_point_to,
    restore_settings,
    restore_single,
)
from strongroom.cli.asking import ask
from strongroom.cli.exits import Exit, epilog
from strongroom.cli.options import DryRun, Json, Yes
from strongroom.cli.output import Output
from strongroom.cli.restore_site import Doors, Where
from strongroom.recovery.runs.waiting import FIRST_SECONDS, LEAST_SECONDS
from strongroom.recovery.tables.changes import REMEMBER

app = typer.Typer(
    rich_markup_mode=None, help="Bring one table of a living account back beside the old one, and cut over to it."
)


Table = Annotated[str, typer.Argument(metavar="TABLE", help="Name of the declared table.")]
Restored = Annotated[str, typer.Argument(metavar="RESTORED", help="Name of the restored table.")]
Stack = Annotated[
    str | None,
    typer.Option(
        "--stack", metavar="ENV", help="Stack whose file in this folder declares the table. This or --environment."
    ),
]
Environment = Annotated[
    str | None,
    typer.Option("--environment", metavar="ENV", help="Environment whose manifest in the archive declares the table."),
]
Region = Annotated[
    str | None,
    typer.Option("--region", help="AWS Region, with --environment. Default: the one of profile strongroom-<ENV>."),
]
Into = Annotated[
    str | None, typer.Option("--into", help="Name of the new table. Default: <TABLE>-restored-<yyyymmddhhmm>.")
]
First = Annotated[int, typer.Option("--first", min=0, help="Keys of each kind to print.")]
Remember = Annotated[
    int,
    typer.Option("--remember", min=1, help="Items that are remembered of the parts that differ, about 1 KiB each."),
]
Poll = Annotated[
    float, typer.Option("--poll", min=LEAST_SECONDS, help="Seconds between two looks at AWS's work, to begin with.")
]


@app.command("pitr", help=restore_pitr.HELP, epilog=epilog(*restore_pitr.EXITS))
def pitr(
    table: Table,
    stack: Stack = None,
    environment: Environment = None,
    region: Region = None,
    at: Annotated[
        str | None, typer.Option("--at", help="Instant with its zone, such as 2026-11-22T03:00:00Z. This or --latest.")
    ] = None,
    latest: Annotated[bool, typer.Option("--latest", help="The latest instant that AWS can reach.")] = False,
    into: Into = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    poll: Poll = FIRST_SECONDS,
    as_json: Json = False,
) -> Exit:
    """See `restore_pitr`."""
    where = Where(table, stack, environment, region)
    return restore_pitr.run(restore_single.Options(where, into, dry_run, yes, poll, as_json), at, latest, _doors())


@app.command("point", help=restore_point.HELP, epilog=epilog(*restore_point.EXITS))
def point(
    table: Table,
    stack: Stack = None,
    environment: Environment = None,
    region: Region = None,
    arn: Annotated[str | None, typer.Option("--point", metavar="ARN", help="Recovery point, with --vault.")] = None,
    vault: Annotated[str | None, typer.Option("--vault", help="Vault that holds the point.")] = None,
    newest: Annotated[bool, typer.Option("--newest", help="The newest whole point of the environment.")] = False,
    at: Annotated[
        str | None, typer.Option("--at", help="With --newest: no newer than this instant, given with its zone.")
    ] = None,
    into: Into = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    poll: Poll = FIRST_SECONDS,
    as_json: Json = False,
) -> Exit:
    """See `restore_point`."""
    where = Where(table, stack, environment, region)
    options = restore_single.Options(where, into, dry_run, yes, poll, as_json)
    return restore_point.run(options, restore_point.Choice(arn, vault, newest, at), _doors())


@app.command("settings", help=restore_settings.HELP, epilog=epilog(*restore_settings.EXITS))
def settings(
    table: Table,
    restored: Restored,
    stack: Stack = None,
    environment: Environment = None,
    region: Region = None,
    yes: Yes = False,
    poll: Poll = FIRST_SECONDS,
    as_json: Json = False,
) -> Exit:
    """See `restore_settings`."""
    where = Where(table, stack, environment, region)
    options = restore_single.Options(where, restored, yes=yes, poll=poll, as_json=as_json)
    return restore_settings.run(options, restored, _doors())


@app.command("diff", help=restore_diff.HELP, epilog=epilog(*restore_diff.EXITS))
def diff(
    table: Table,
    restored: Restored,
    stack: Stack = None,
    environment: Environment = None,
    region: Region = None,
    first: First = restore_diff.FIRST,
    remember: Remember = REMEMBER,
    show_values: Annotated[
        bool, typer.Option("--show-values", help="Print the items, too; they may be personal data.")
    ] = False,
    as_json: Json = False,
) -> Exit:
    """See `restore_diff`."""
    where = Where(table, stack, environment, region)
    pair = restore_diff.Pair(where, restored, first, remember)
    return restore_diff.run(restore_diff.Options(pair, show_values, as_json), _doors())


@app.command("copy-back", help=restore_copy_back.HELP, epilog=epilog(*restore_copy_back.EXITS))
def copy_back(
    table: Table,
    restored: Restored,
    stack: Stack = None,
    environment: Environment = None,
    region: Region = None,
    only_missing: Annotated[
        bool, typer.Option("--only-missing", help="Items that TABLE has no more. This is the default.")
    ] = False,
    all_: Annotated[bool, typer.Option("--all", help="These, and items that are different.")] = False,
    keys: Annotated[
        Path | None, typer.Option("--keys", help="File of keys, one a line: these, missing or different.")
    ] = None,
    delete_extra: Annotated[
        bool, typer.Option("--delete-extra", help="Delete items that RESTORED does not have.")
    ] = False,
    first: First = restore_diff.FIRST,
    remember: Remember = REMEMBER,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: Json = False,
) -> Exit:
    """See `restore_copy_back`."""
    where = Where(table, stack, environment, region)
    pair = restore_diff.Pair(where, restored, first, remember)
    options = restore_copy_back.Options(pair, only_missing, all_, keys, delete_extra, dry_run, yes, as_json)
    return restore_copy_back.run(options, _doors())


@app.command("point-to", help=restore_point_to.HELP, epilog=epilog(*restore_point_to.EXITS))
def point_to(
    table: Table,
    restored: Restored,
    stack: Stack = None,
    environment: Environment = None,
    region: Region = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: Json = False,
) -> Exit:
    """See `restore_point_to`."""
    where = Where(table, stack, environment, region)
    return restore_point_to.run(restore_point_to.Options(where, restored, dry_run, yes, as_json), _doors())


def _doors() -> Doors:
    # Here, because boto3 takes a quarter of a second, which help and the other commands need not wait for.
    from strongroom.aws import sessions

    return Doors(
        aws=sessions.ProfileSessions,
        region=sessions.region,
        ask=ask,
        random=SystemRandom(),
        now=time.monotonic,
        sleep=time.sleep,
        folder=Path.cwd(),
        output=Output(),
    )
