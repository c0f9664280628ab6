"""`strongroom dr plan`: say how a lost account would be brought back, and change nothing."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from strongroom.aws.groups import Planning
from strongroom.cli.exits import Exit
from strongroom.cli.faults import UsageError
from strongroom.cli.output import Output, Progress
from strongroom.recovery.instants import instant
from strongroom.recovery.plans import plan as plans
from strongroom.recovery.plans import planning
from strongroom.recovery.plans.page import page
from strongroom.recovery.plans.plan import Plan

HELP = """Say how the tables of a lost account would be brought back, and change nothing.

Needs two AWS profiles and the environment's name, nothing else: no checkout, no Pulumi state, nothing of the lost
account. strongroom-<ENV> is the recover role of the new account, strongroom-backup that of the backup account. The
settings come from the manifest in the archive bucket, under any delete marker, and the points from the central vaults.

For each table the newest point is taken that is whole and can be copied. Where it is older than the others, the page
says why. It says how old each point is, what to think of first, what will not come back, and what to type next. A
table that has no point is said loudly, and the exit code is 3; the plan holds the others. Times are UTC, and ages are
by AWS's clock, not by this computer's."""

EXITS = (
    Exit.OK,
    Exit.FAILED,
    Exit.USAGE,
    Exit.PARTIAL,
    Exit.NOT_FOUND,
    Exit.REFUSED,
    Exit.DENIED,
    Exit.TIMEOUT,
    Exit.INTERRUPTED,
)


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    environment: str
    region: str
    at: str | None = None
    """Instant that no point may be newer than. Absent: the newest points."""
    points: tuple[str, ...] = ()
    """TABLE=ARN, the point to take of a table."""
    only: tuple[str, ...] = ()
    """Tables to bring back. Empty: all of them."""
    settings_version: str | None = None
    """Version of the settings manifest. Absent: the newest good one."""
    out: Path | None = None
    """File to write the plan to. Absent: none."""
    as_json: bool = False


@dataclass(frozen=True)
class Doors:
    """What the command reads and writes."""

    aws: Planning
    random: Random
    now: Callable[[], float]
    """Monotonic seconds."""
    folder: Path
    output: Output


def run(options: Options, doors: Doors) -> Exit:
    """Plan, and print the page or the document.

    Raises:
        UsageError: an option cannot be read, or the file is there already.
        RecoveryError: see `planning.plan`.
        ManifestError: no manifest can be used.
        AwsError: AWS refuses, or gives no whole answer.
    """
    asked = request(options)
    out = doors.folder / options.out if options.out else None
    if out is not None and out.exists():
        raise UsageError(f"--out {options.out} is there already, and a plan is never written over; name another file")
    progress = Progress(doors.output, doors.now)
    made = planning.plan(asked, planning.Doors(doors.aws, doors.random, progress.told))
    if out is not None:
        _write(out, plans.text(made))
    if options.as_json:
        doors.output.result(plans.text(made).rstrip())
    else:
        doors.output.result(page(made, command(options)))
    return ending(made)


def request(options: Options) -> planning.Request:
    """What the options ask for.

    Raises:
        UsageError: a point is not given as TABLE=ARN, or one table twice.
        RequestError: the instant cannot be read, or has no zone.
    """
    return planning.Request(
        environment=options.environment,
        region=options.region,
        at=instant(options.at, "--at") if options.at is not None else None,
        points=_points(options.points),
        only=options.only,
        settings_version=options.settings_version,
    )


def ending(plan: Plan) -> Exit:
    """How a command ends that could plan as much as this."""
    return Exit.PARTIAL if plan.missing else Exit.OK


def command(options: Options) -> str:
    """What to type to have the plan done."""
    if options.out is not None:
        return shlex.join(["strongroom", "dr", "run", options.environment, "--plan", str(options.out)])
    given = [("--region", options.region), ("--at", options.at), ("--settings-version", options.settings_version)]
    several = [("--point", one) for one in options.points] + [("--only", one) for one in options.only]
    words = [word for name, value in [*given, *several] if value is not None for word in (name, value)]
    return shlex.join(["strongroom", "dr", "run", options.environment, *words])


def _points(given: Sequence[str]) -> Mapping[str, str]:
    found = dict[str, str]()
    for one in given:
        table, sign, arn = one.partition("=")
        if not (table and sign and arn):
            raise UsageError(f"--point must be TABLE=ARN, got {one!r}")
        if table in found:
            raise UsageError(f"--point names table {table} twice; a table comes back from one point")
        found[table] = arn
    return found


def _write(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except OSError as failed:
        raise UsageError(f"--out {file} cannot be written: {failed.strerror}; name another file") from None
