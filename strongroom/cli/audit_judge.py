"""`strongroom audit`: judge a deployed stack by the state that Pulumi exported."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from strongroom.checking import audit, state
from strongroom.checking.audit import Audited
from strongroom.checking.processes import Asking
from strongroom.checking.state import State
from strongroom.cli.check_judge import PACK, Form, write
from strongroom.cli.exits import Exit
from strongroom.cli.faults import UsageError
from strongroom.cli.output import Output, Progress

HELP = """Judge a deployed stack by its state, with no cloud and no Pulumi login.

Reads what `pulumi stack export` wrote, and judges every resource in it by the policy pack: what was deployed, whoever
deployed it. Operations that were left unfinished are findings, and so is data that would go with its stack. Secrets
stay encrypted and are never printed; a rule that would have to look into one says so. Without a pack configuration
that can be used nothing is judged (code 2); whether it is what the settings ask for, `strongroom check` says."""

EXITS = (Exit.OK, Exit.FAILED, Exit.USAGE, Exit.REFUSED, Exit.TIMEOUT, Exit.INTERRUPTED)
_PIPED: Final = Path("-")


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    export: Path
    """File with the export; '-' is standard input."""
    pack: Path = PACK
    configuration: Path | None = None
    """File with the pack configuration. Absent: the pack's configuration/<stack>.json."""
    form: Form = Form.TEXT
    seconds: float = 120.0
    """How long the pack may take."""


@dataclass(frozen=True)
class Doors:
    """What the command reads and writes."""

    folder: Path
    piped: Callable[[], str | None]
    """Standard input; None where nobody pipes anything in."""
    now: Callable[[], float]
    """Monotonic seconds."""
    output: Output


def run(options: Options, doors: Doors) -> Exit:
    """Judge, and write the report.

    Raises:
        UsageError: there is no such file.
        StateError: it is no whole export.
        ConfigurationError: the stack cannot be judged by the pack configuration.
        CheckingError: the pack could not judge.
    """
    source = "standard input" if options.export == _PIPED else str(options.export)
    found = state.read(_text(options, doors, source), source)
    progress = Progress(doors.output, doors.now)
    pack = doors.folder / options.pack
    asked = Audited(source, found, pack, _configuration(options, doors.folder, found))
    report, rules = audit.audit(asked, Asking(doors.now, progress.told, options.seconds))
    write(report, rules, options.form, doors.output)
    return Exit.OK if report.passes else Exit.REFUSED


def _configuration(options: Options, folder: Path, found: State) -> Path:
    if options.configuration is not None:
        return folder / options.configuration
    if Path(found.stack).name != found.stack:
        raise UsageError("the stack's name is no name of a file; give the pack configuration with --pack-config")
    return folder / options.pack / "configuration" / f"{found.stack}.json"


def _text(options: Options, doors: Doors, source: str) -> str:
    try:
        if options.export != _PIPED:
            return (doors.folder / options.export).read_text(encoding="utf-8")
        piped = doors.piped()
    except UnicodeDecodeError:
        raise UsageError(f"{source} is no text in UTF-8; hand over what `pulumi stack export` wrote") from None
    except OSError as failed:
        raise UsageError(f"{source} cannot be read: {failed.strerror}; name the file of an export") from None
    if piped is None:
        raise UsageError("an export is needed: pipe it in, or name its file with --stack-state")
    return piped
