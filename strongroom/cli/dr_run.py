"""`strongroom dr run`: bring the tables of a lost account back, and prove that they are whole."""

import json
import shlex
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from strongroom.aws.errors import AwsError
from strongroom.cli import dr_plan
from strongroom.cli.dr_outcome import ending, lines
from strongroom.cli.exits import Exit
from strongroom.cli.faults import RefusedError, UsageError
from strongroom.cli.output import Output, Progress
from strongroom.recovery.errors import GuardError
from strongroom.recovery.plans import plan as plans
from strongroom.recovery.plans import planning
from strongroom.recovery.plans.page import page
from strongroom.recovery.plans.plan import Plan
from strongroom.recovery.runs import executor, folder, stack_file
from strongroom.recovery.runs.executor import Running
from strongroom.recovery.runs.folder import Folder
from strongroom.recovery.runs.outcome import Outcome, outcome
from strongroom.recovery.runs.proof import expected
from strongroom.recovery.runs.waiting import FIRST_SECONDS, Pauses

HELP = """Bring the tables of a lost account back into a new one, and prove that they are whole.

Does what `strongroom dr plan` prints, with the same options and the same two profiles, once the new account's id and
the environment's name were typed. Points are copied into a vault made for this run, the tables restored side by side
under their own names, as many at a time as the quotas allow, largest first; then their settings are set and read back,
and every item is read. At the end the run's folder holds outcome.json and the stack file of the new account.

Everything is written down in that folder before it is done. A run that was stopped or killed goes on with --resume, on
any computer that has the folder: nothing is started twice. What failed is tried again; what is done stays done. No
table that exists is ever written over or deleted. A job that has not begun after 2 hours, or not ended after 24, is
waited for no longer, and the other tables go on.

The exit code is 4 when a table is not as it should be, 8 when one was waited for too long, 3 when one did not come back
for another reason or has no point; the first of these that holds counts. --resume goes on after each of them."""

EXITS = (
    Exit.OK,
    Exit.FAILED,
    Exit.USAGE,
    Exit.PARTIAL,
    Exit.MISMATCH,
    Exit.NOT_FOUND,
    Exit.REFUSED,
    Exit.DENIED,
    Exit.TIMEOUT,
    Exit.INTERRUPTED,
)


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    choice: dr_plan.Options
    """The options of `dr plan`; with `plan` or `resume` its region is empty, because the plan says it."""
    plan: Path | None = None
    """File that `dr plan --out` wrote. Absent: a plan is made."""
    resume: str | None = None
    """Run to go on with. Absent: a new one."""
    dry_run: bool = False
    """Print the plan and stop."""
    yes: bool = False
    """Go ahead without anything being typed."""
    runs: Path = Path(folder.RUNS)
    """Folder of all runs."""
    expect: Path | None = None
    """File that tells what the tables should hold. Absent: as it was said before, else nothing is compared."""
    poll: float = FIRST_SECONDS
    """Seconds of the first pause between two looks at a job."""

    @property
    def as_json(self) -> bool:
        """Whether to print one JSON document."""
        return self.choice.as_json


@dataclass(frozen=True)
class Doors:
    """What the command reads, asks, changes and writes."""

    aws: Callable[[str], Running]
    """Opens a region."""
    ask: Callable[[str], str]
    """Puts a question and returns what was typed; empty where nobody can answer."""
    random: Random
    now: Callable[[], float]
    """Monotonic seconds."""
    sleep: Callable[[float], None]
    pool: Executor
    """Reads tables beside the loop."""
    folder: Path
    output: Output


def run(options: Options, doors: Doors) -> Exit:
    """Plan or read the plan, ask, carry it out, tell what came of it.

    Raises:
        UsageError: options that do not fit together, or a file that cannot be read.
        RefusedError: the account and the environment were not typed.
        RecoveryError: see `planning.plan` and `executor.run`.
        PlanError: the plan cannot be read.
        ManifestError: no manifest can be used.
        AwsError: AWS refuses or fails before the first table.
    """
    _fit(options)
    runs = doors.folder / options.runs
    begun = folder.find(runs, options.resume) if options.resume else None
    aws, plan = _planned(options, doors, begun)
    wanted = _expectation(options, doors, plan)
    _show(plan, options, doors)
    if options.dry_run:
        return dr_plan.ending(plan)
    _confirm(plan, options, doors)
    return _carry_out(begun or folder.begin(runs, plan), wanted, options, doors, aws)


def _fit(options: Options) -> None:
    choice, given = options.choice, "--resume" if options.resume else "--plan"
    chosen = choice.region or choice.at or choice.points or choice.only or choice.settings_version
    if options.resume and options.plan:
        raise UsageError("--resume goes on with the plan that the run began with; leave out --plan")
    if (options.resume or options.plan) and chosen:
        raise UsageError(f"{given} does a plan as it was made; leave out what chooses region, settings and points")


def _planned(options: Options, doors: Doors, begun: Folder | None) -> tuple[Running, Plan]:
    if begun is not None:
        plan = begun.plan()
    elif options.plan is not None:
        plan = plans.read(_text(doors.folder / options.plan, "--plan"))
    else:
        aws = doors.aws(options.choice.region)
        progress = Progress(doors.output, doors.now)
        asked = dr_plan.request(options.choice)
        return aws, planning.plan(asked, planning.Doors(aws, doors.random, progress.told))
    if plan.environment != options.choice.environment:
        raise GuardError(f"the plan is of {plan.environment}, and {options.choice.environment} was asked for")
    return doors.aws(plan.region), plan


def _expectation(options: Options, doors: Doors, plan: Plan) -> str | None:
    """The text of the file, found good."""
    if options.expect is None:
        return None
    text = _text(doors.folder / options.expect, "--expect")
    expected(text, plan, f"--expect {options.expect}")
    return text


def _text(file: Path, option: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as failed:
        raise UsageError(f"{option} {file} cannot be read: {failed}; name another file") from None


def _show(plan: Plan, options: Options, doors: Doors) -> None:
    if not options.as_json:
        doors.output.result(page(plan, _command(options)))
    elif options.dry_run:
        doors.output.result(plans.text(plan).rstrip())
    else:
        doors.output.note(page(plan, _command(options)))


def _command(options: Options) -> str:
    if options.resume:
        return shlex.join(["strongroom", "dr", "run", options.choice.environment, "--resume", options.resume])
    return dr_plan.command(replace(options.choice, out=options.plan))


def _confirm(plan: Plan, options: Options, doors: Doors) -> None:
    if options.yes:
        return
    wanted = f"{plan.target_account} {plan.environment}"
    typed = doors.ask(f"Type the new account's id and the environment ({wanted}) to go ahead: ").strip()
    if typed != wanted:
        raise RefusedError(f"nothing was changed: {wanted!r} had to be typed, got {typed!r}; or add --yes")


def _carry_out(at: Folder, wanted: str | None, options: Options, doors: Doors, aws: Running) -> Exit:
    progress = Progress(doors.output, doors.now)
    doors.output.note(f"run {at.path.name}, written down in {at.path}")
    running = executor.Doors(aws, Pauses(doors.random, options.poll), doors.sleep, doors.now, doors.pool, progress.told)
    again = f"strongroom dr run {options.choice.environment} --resume {at.path.name}"
    try:
        with at.locked():
            if wanted is not None:
                at.keep(folder.EXPECTED, wanted)
            history = executor.run(at, running)
            return _told(at, outcome(history, at.expected()), options, doors)
    except KeyboardInterrupt:
        doors.output.note(f"stopped; jobs at AWS run on. Go on with: {again}")
        return Exit.INTERRUPTED
    except AwsError:
        doors.output.note(f"stopped; nothing that was done is lost. Go on with: {again}")
        raise


def _told(at: Folder, came: Outcome, options: Options, doors: Doors) -> Exit:
    code = ending(came)
    adopts = at.keep(stack_file.name(came.plan), stack_file.text(came.plan)) if came.whole else None
    document = came.document(str(adopts) if adopts else None, code.value)
    at.keep(folder.OUTCOME, json.dumps(document, indent=2) + "\n")
    if options.as_json:
        doors.output.document(document)
        return code
    for line in lines(came, adopts):
        doors.output.result(line)
    return code
