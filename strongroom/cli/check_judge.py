"""`strongroom check`: judge stack files, program, pack and configuration with no cloud and no Pulumi login."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from strongroom.checking import check
from strongroom.checking.check import Checked
from strongroom.checking.findings import Report
from strongroom.checking.processes import Asking
from strongroom.checking.reports import document, sarif, text
from strongroom.cli.exits import Exit
from strongroom.cli.faults import UsageError
from strongroom.cli.output import Output, Progress

PACK: Final = Path("policies")
"""Where the policy pack lies unless an option says otherwise."""

HELP = """Check stack files with no cloud and no Pulumi login.

Reads the stack files (all Pulumi.<stack>.yaml of the folder unless some are named), compares sources with their central
stack, runs the program without an engine as a first preview sees it and as `pulumi up` would make it, judges both by
the policy pack and its configuration, and looks for what the pack cannot see: data that would go with its stack,
actions that AWS does not have, a pack configuration that is not what the settings ask for. One line a finding; code 6
where one of them is more than a warning. Codes 1, 2 and 8 say that nothing could be judged."""

EXITS = (Exit.OK, Exit.FAILED, Exit.USAGE, Exit.REFUSED, Exit.TIMEOUT, Exit.INTERRUPTED)


class Form(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    files: Sequence[Path] = ()
    """Stack files. None: all of the folder."""
    pack: Path = PACK
    form: Form = Form.TEXT
    seconds: float = 120.0
    """How long the program, and then the pack, may take."""


@dataclass(frozen=True)
class Doors:
    """What the command reads and writes."""

    folder: Path
    """Where the program lies."""
    now: Callable[[], float]
    """Monotonic seconds."""
    output: Output


def run(options: Options, doors: Doors) -> Exit:
    """Check, and write the report.

    Raises:
        UsageError: a file that is not there, or is no stack file of the folder.
        CheckingError: something could not be judged at all.
    """
    progress = Progress(doors.output, doors.now)
    asked = Checked(doors.folder, _stacks(options, doors.folder), doors.folder / options.pack)
    report, rules = check.check(asked, Asking(doors.now, progress.told, options.seconds))
    write(report, rules, options.form, doors.output)
    return Exit.OK if report.passes else Exit.REFUSED


def write(report: Report, rules: Mapping[str, str], form: Form, output: Output) -> None:
    """Write a report as it was asked for."""
    match form:
        case Form.TEXT:
            output.result(text.render(report))
        case Form.JSON:
            output.document(document.render(report))
        case Form.SARIF:
            output.document(sarif.render(report, rules))


def _stacks(options: Options, folder: Path) -> list[str]:
    files = [folder / file for file in options.files] or sorted(folder.glob("Pulumi.*.yaml"))
    if not files:
        raise UsageError(f"{folder} holds no Pulumi.<stack>.yaml; run in the program's folder, or name the files")
    return list(dict.fromkeys(_stack(file, folder) for file in files))


def _stack(file: Path, folder: Path) -> str:
    if file.resolve().parent != folder.resolve():
        raise UsageError(f"{file} does not lie in {folder}; run in the folder of the program that it belongs to")
    if not file.exists():
        raise UsageError(f"{file.name} is not there; name a Pulumi.<stack>.yaml of {folder}")
    stack = file.name.removeprefix("Pulumi.").removesuffix(".yaml")
    if file.name != check.file_of(stack) or not stack:
        raise UsageError(f"{file.name} is no stack file; name a Pulumi.<stack>.yaml")
    return stack
