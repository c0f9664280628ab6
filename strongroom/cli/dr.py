"""`strongroom dr ...` as the command line knows it: options parsed, doors opened, the command run."""

import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import SystemRandom
from typing import Annotated

import typer

from strongroom.cli import dr_clean, dr_plan, dr_run, dr_status
from strongroom.cli.asking import ask
from strongroom.cli.exits import Exit, epilog
from strongroom.cli.options import DryRun, Json, Yes
from strongroom.cli.output import Output
from strongroom.facts import names
from strongroom.recovery.runs.folder import RUNS
from strongroom.recovery.runs.waiting import FIRST_SECONDS, LEAST_SECONDS

app = typer.Typer(
    rich_markup_mode=None, help="Disaster recovery: bring the tables of a lost account back in a new one."
)

_READ_AT_ONCE = 4
"""Tables that are read at the same time, each in parallel segments."""

Environment = Annotated[str, typer.Argument(metavar="ENV", help="Name of the environment that was lost, such as prod.")]
Region = Annotated[
    str | None, typer.Option("--region", help="AWS Region. Default: the one of profile strongroom-<ENV>.")
]
At = Annotated[
    str | None,
    typer.Option(
        "--at",
        help="Take no point that is newer: an instant with its zone, such as 2026-11-22T03:00Z. Default: now.",
    ),
]
Point = Annotated[
    list[str] | None,
    typer.Option("--point", metavar="TABLE=ARN", help="Take this point of a table. Repeatable. Default: the newest."),
]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="TABLE", help="Bring back this table. Repeatable. Default: all of them."),
]
SettingsVersion = Annotated[
    str | None,
    typer.Option("--settings-version", help="Version of the settings manifest. Default: the newest that is good."),
]
Runs = Annotated[Path, typer.Option("--folder", help="Folder of all runs; each lies in it under its id.")]


@app.command("plan", help=dr_plan.HELP, epilog=epilog(*dr_plan.EXITS))
def plan(
    environment: Environment,
    region: Region = None,
    at: At = None,
    point: Point = None,
    only: Only = None,
    settings_version: SettingsVersion = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write the plan to this new file, for `dr run`.")] = None,
    as_json: Json = False,
) -> Exit:
    """See `dr_plan`."""
    # Here, because boto3 takes a quarter of a second, which help and the other commands need not wait for.
    from strongroom.aws import sessions

    found = region or sessions.region(names.profile(environment))
    options = dr_plan.Options(
        environment, found, at, tuple(point or ()), tuple(only or ()), settings_version, out, as_json
    )
    doors = dr_plan.Doors(sessions.ProfileSessions(found), SystemRandom(), time.monotonic, Path.cwd(), Output())
    return dr_plan.run(options, doors)


@app.command("run", help=dr_run.HELP, epilog=epilog(*dr_run.EXITS))
def run(
    environment: Environment,
    region: Region = None,
    at: At = None,
    point: Point = None,
    only: Only = None,
    settings_version: SettingsVersion = None,
    plan: Annotated[Path | None, typer.Option("--plan", help="Do the plan that `dr plan --out` wrote.")] = None,
    resume: Annotated[str | None, typer.Option("--resume", metavar="RUN", help="Go on with a run, by its id.")] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    runs: Runs = Path(RUNS),
    expect: Annotated[
        Path | None,
        typer.Option(
            "--expect",
            help='JSON file of what tables should hold, {"TABLE": {"items": 3, "digest": "..."}}; either may be left'
            " out. Default: nothing is compared.",
        ),
    ] = None,
    poll: Annotated[
        float,
        typer.Option("--poll", min=LEAST_SECONDS, help="Seconds between two looks at a job, to begin with."),
    ] = FIRST_SECONDS,
    as_json: Json = False,
) -> Exit:
    """See `dr_run`."""
    from strongroom.aws import sessions

    found = region or ("" if plan or resume else sessions.region(names.profile(environment)))
    choice = dr_plan.Options(
        environment, found, at, tuple(point or ()), tuple(only or ()), settings_version, None, as_json
    )
    options = dr_run.Options(choice, plan, resume, dry_run, yes, runs, expect, poll)
    with _pool() as pool:
        doors = dr_run.Doors(
            aws=sessions.ProfileSessions,
            ask=ask,
            random=SystemRandom(),
            now=time.monotonic,
            sleep=time.sleep,
            pool=pool,
            folder=Path.cwd(),
            output=Output(),
        )
        return dr_run.run(options, doors)


@app.command("status", help=dr_status.HELP, epilog=epilog(*dr_status.EXITS))
def status(
    run_: Annotated[str | None, typer.Argument(metavar="[RUN]", help="Id of a run. Default: the newest.")] = None,
    runs: Runs = Path(RUNS),
    as_json: Json = False,
) -> Exit:
    """See `dr_status`."""
    from strongroom.aws import sessions

    doors = dr_status.Doors(sessions.ProfileSessions, Path.cwd(), Output())
    return dr_status.run(dr_status.Options(run_, runs, as_json), doors)


@app.command("clean", help=dr_clean.HELP, epilog=epilog(*dr_clean.EXITS))
def clean(
    run_: Annotated[str, typer.Argument(metavar="RUN", help="Id of the run.")],
    abandon: Annotated[
        bool, typer.Option("--abandon", help="Clean although jobs run or tables are not recovered.")
    ] = False,
    yes: Yes = False,
    runs: Runs = Path(RUNS),
    as_json: Json = False,
) -> Exit:
    """See `dr_clean`."""
    from strongroom.aws import sessions

    doors = dr_clean.Doors(sessions.ProfileSessions, ask, time.monotonic, Path.cwd(), Output())
    return dr_clean.run(dr_clean.Options(run_, abandon, yes, runs, as_json), doors)


@contextmanager
def _pool() -> Generator[ThreadPoolExecutor]:
    """Threads that read tables; what has not begun when the command ends never does."""
    pool = ThreadPoolExecutor(_READ_AT_ONCE, thread_name_prefix="tables")
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
