"""`strongroom dr status`: how a recovery stands, by its journal and by AWS; it changes nothing."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from strongroom.aws.groups import Recovering
from strongroom.cli.dr_outcome import ending
from strongroom.cli.exits import Exit
from strongroom.cli.output import Output
from strongroom.recovery.runs import folder
from strongroom.recovery.runs.outcome import State
from strongroom.recovery.runs.present import Present, TablePresent, present

HELP = """Tell how a recovery stands, and change nothing.

For each table: what runs at AWS and for how long, what comes next, and what went wrong. It reads the run's folder and
asks AWS about the jobs that have not ended, and may be used while `strongroom dr run` is at work. The exit code is that
of the tables as they stand: 3 while some are not recovered."""

EXITS = (
    Exit.OK,
    Exit.FAILED,
    Exit.USAGE,
    Exit.PARTIAL,
    Exit.MISMATCH,
    Exit.REFUSED,
    Exit.DENIED,
    Exit.TIMEOUT,
    Exit.INTERRUPTED,
)


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    run: str | None = None
    """The run's id. Absent: the one whose plan is the newest."""
    runs: Path = Path(folder.RUNS)
    """Folder of all runs."""
    as_json: bool = False


@dataclass(frozen=True)
class Doors:
    """What the command reads and writes."""

    aws: Callable[[str], Recovering]
    """Opens a region."""
    folder: Path
    output: Output


def run(options: Options, doors: Doors) -> Exit:
    """Read, ask, tell.

    Raises:
        RequestError: there is no such run.
        GuardError: its journal or its plan was changed.
        PlanError: its plan cannot be read.
        AwsError: AWS refuses or fails.
    """
    at = folder.find(doors.folder / options.runs, options.run)
    history = at.history()
    found = present(history, at.expected(), doors.aws(history.plan.region))
    code = ending(found.came)
    if options.as_json:
        doors.output.document(_document(found, code))
    else:
        for line in _lines(found):
            doors.output.result(line)
    return code


def _document(found: Present, code: Exit) -> dict[str, object]:
    plan = found.came.plan
    return {
        "version": 1,
        "run": plan.run,
        "environment": plan.environment,
        "targetAccount": plan.target_account,
        "backupAccount": plan.backup_account,
        "cleaned": found.cleaned,
        "tables": [asdict(one) for one in found.tables],
        "exit": code.value,
    }


def _lines(found: Present) -> list[str]:
    plan, counts = found.came.plan, found.came.counts
    cleaned = "; what it made for itself is taken away" if found.cleaned else ""
    head = f"run {plan.run}: {plan.environment} from account {plan.lost_account} into {plan.target_account}{cleaned}"
    recovered = f"{counts[State.RECOVERED]} of {len(found.tables)} tables recovered"
    return [head, *(_line(one) for one in found.tables), recovered]


def _line(one: TablePresent) -> str:
    parts = [one.now, f"next: {one.next}" if one.next else "", one.fault or ""]
    return f"{one.state:<10} {one.table}: {'; '.join(part for part in parts if part)}"
