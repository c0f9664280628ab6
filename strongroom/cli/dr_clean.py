"""`strongroom dr clean`: take away what a recovery made for itself."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from strongroom.aws.groups import Recovering
from strongroom.cli.exits import Exit
from strongroom.cli.faults import RefusedError
from strongroom.cli.output import Output, Progress
from strongroom.recovery.plans.plan import Plan
from strongroom.recovery.runs import cleaning, folder
from strongroom.recovery.runs.cleaning import Leftovers

HELP = """Take away what a recovery made for itself: the copies in its landing vault, the vault, and its key.

Only what bears the run's tag is touched, and never a table. It lists everything first and asks for the account's id and
the environment's name. It refuses while jobs run or tables are not recovered: the copies are then still needed. The key
goes after 7 days, the least that KMS waits. Done again it finds nothing more."""

EXITS = (
    Exit.OK,
    Exit.FAILED,
    Exit.USAGE,
    Exit.REFUSED,
    Exit.DENIED,
    Exit.TIMEOUT,
    Exit.INTERRUPTED,
)


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    run: str
    abandon: bool = False
    """Clean although jobs run or tables are not recovered: the run is over."""
    yes: bool = False
    """Go ahead without anything being typed."""
    runs: Path = Path(folder.RUNS)
    """Folder of all runs."""
    as_json: bool = False


@dataclass(frozen=True)
class Doors:
    """What the command reads, asks, changes and writes."""

    aws: Callable[[str], Recovering]
    """Opens a region."""
    ask: Callable[[str], str]
    """Puts a question and returns what was typed; empty where nobody can answer."""
    now: Callable[[], float]
    """Monotonic seconds."""
    folder: Path
    output: Output


def run(options: Options, doors: Doors) -> Exit:
    """List, ask, take away.

    Raises:
        RefusedError: it is still needed, or the account and the environment were not typed.
        RecoveryError: there is no such run, or something is not the run's.
        PlanError: its plan cannot be read.
        AwsError: AWS refuses or fails.
    """
    at = folder.find(doors.folder / options.runs, options.run)
    with at.locked():
        plan = at.plan()
        aws = doors.aws(plan.region)
        found = cleaning.leftovers(at, aws)
        for line in found.lines:
            doors.output.note(f"delete {line}")
        _allow(found, options)
        if found.lines:
            _confirm(plan, options, doors)
        cleaning.clean(at, found, aws, Progress(doors.output, doors.now).told)
    if options.as_json:
        doors.output.document({"version": 1, "run": plan.run, "deleted": found.lines, "exit": Exit.OK.value})
    else:
        doors.output.result(f"run {plan.run}: {len(found.lines)} things deleted; no table was touched")
    return Exit.OK


def _allow(found: Leftovers, options: Options) -> None:
    if found.against and not options.abandon:
        raise RefusedError(
            "\n".join([*found.against, "nothing was deleted; finish the run, or give it up for good with --abandon"])
        )


def _confirm(plan: Plan, options: Options, doors: Doors) -> None:
    if options.yes:
        return
    wanted = f"{plan.target_account} {plan.environment}"
    typed = doors.ask(f"Type the account's id and the environment ({wanted}) to delete this: ").strip()
    if typed != wanted:
        raise RefusedError(f"nothing was deleted: {wanted!r} had to be typed, got {typed!r}; or add --yes")
