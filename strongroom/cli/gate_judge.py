"""`strongroom gate`: refuse a change that would take a backup away or weaken one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from strongroom.cli.exits import Exit
from strongroom.cli.faults import UsageError
from strongroom.cli.output import Output
from strongroom.gate import overrides as overrides_file
from strongroom.gate import pack as policy_pack
from strongroom.gate import preview as previews
from strongroom.gate.base import Base, lies_in_one
from strongroom.gate.errors import OverridesError
from strongroom.gate.findings import find
from strongroom.gate.overrides import Override
from strongroom.gate.reports import document, markdown, sarif, text
from strongroom.gate.verdict import Overrides, Verdict, compare, judge

OVERRIDES: Final = "gate-overrides.yaml"
"""Where overrides lie unless an option says otherwise."""
_NOT_OF_A_BASE: Final = (
    "overrides were read from the work tree, not from a base, so that one that nobody reviewed counts too: add --base"
)

HELP = """Refuse a change that would take a backup away or weaken one.

Reads what `pulumi preview --json --show-sames` printed, and refuses (code 6) the deletion, the replacement, the loss of
protection and the weakening of whatever holds, makes or guards a backup, unless an override gives leave to it: the
exact URN, the operation, a reason and an expiry date at most 30 days ahead. With --base an override counts only if it
stands in the base already, and the policy pack named by --pack must be the base's; without --base those of the work
tree count, and a note says so. What cannot be read whole, and overrides that cannot be used, end it with code 1 or 2,
which lets nothing through. Values are never printed, only where they stand."""

EXITS = (Exit.OK, Exit.FAILED, Exit.USAGE, Exit.REFUSED, Exit.INTERRUPTED)


class Form(StrEnum):
    """How a verdict is written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    MARKDOWN = "markdown"


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    preview: Path | None = None
    """File with the preview. Absent: standard input."""
    overrides: Path | None = None
    """Absent: the usual place, where the file may be missing."""
    base: str | None = None
    """Absent: overrides of the work tree count, which is for trying out."""
    pack: Sequence[Path] = ()
    """What the preview's policies were read from. Absent: not compared."""
    stack: str | None = None
    """Absent: any."""
    form: Form = Form.TEXT


@dataclass(frozen=True)
class Doors:
    """What the command reads and writes."""

    folder: Path
    """The change's checkout."""
    piped: Callable[[], str | None]
    """Standard input; None where nobody pipes anything in."""
    today: Callable[[], date]
    """The day in UTC."""
    output: Output


def run(options: Options, doors: Doors) -> Exit:
    """Judge, and write the verdict.

    Raises:
        UsageError: the options do not fit together or name nothing.
        UnreadableError: what was handed over is no whole preview.
        OverridesError: the overrides file cannot be used.
        BaseError: the base cannot be read.
    """
    _refuse_misfits(options)
    preview = previews.read(*_preview(options, doors))
    if options.stack not in (None, preview.stack):
        raise UsageError(f"--stack is {options.stack!r}, but the preview is of stack {preview.stack!r}")
    base = Base.open(doors.folder, options.base) if options.base is not None else None
    overrides = _overrides(options, doors, base)
    overrides_file.refuse_aimless(overrides.all, preview, str(_place(options)))
    foreign = [says for one in options.pack if base for says in policy_pack.differences(base, one)]
    verdict = judge(preview, find(preview), overrides, foreign)
    if base is None and overrides.all and lies_in_one(doors.folder):
        verdict = replace(verdict, notes=[*verdict.notes, _NOT_OF_A_BASE])
    _write(verdict, options.form, doors.output)
    return Exit.OK if verdict.passes else Exit.REFUSED


def _refuse_misfits(options: Options) -> None:
    if options.pack and options.base is None:
        raise UsageError("--pack is compared with a base: add --base")
    if options.base is not None and options.overrides and options.overrides.is_absolute():
        raise UsageError(f"--overrides must be seen from the current folder with --base, got {options.overrides}")


def _preview(options: Options, doors: Doors) -> tuple[str, str]:
    """The preview's text, and what to call it."""
    if options.preview is None:
        piped = _text(doors.piped, "standard input")
        if piped is None:
            raise UsageError("a preview is needed: name its file, or pipe it in")
        return piped, "standard input"
    place = options.preview
    return _text(lambda: (doors.folder / place).read_text(encoding="utf-8"), str(place)) or "", str(place)


def _text(read: Callable[[], str | None], source: str) -> str | None:
    try:
        return read()
    except UnicodeDecodeError:
        raise UsageError(f"{source} is no text in UTF-8; hand over what was written") from None
    except OSError as failed:
        raise UsageError(f"{source} cannot be read: {failed.strerror}; correct the name, or make the file") from None


def _overrides(options: Options, doors: Doors, base: Base | None) -> Overrides:
    place = _place(options)
    change = _of_the_change(options, doors, place)
    if base is None:
        return Overrides(valid=change)
    return compare(_of_the_base(base, place), change)


def _of_the_change(options: Options, doors: Doors, place: Path) -> list[Override]:
    file = doors.folder / place
    if options.overrides is None and not file.exists():
        return []
    return overrides_file.read(
        _text(lambda: file.read_text(encoding="utf-8"), str(place)) or "", str(place), doors.today()
    )


def _of_the_base(base: Base, place: Path) -> list[Override]:
    """An unusable file in the base gives leave to nothing, and must not keep the change that mends it from passing.

    Dates are those of the change's file, which has to hold the same override to let it count.
    """
    try:
        return overrides_file.parse(base.text(place.as_posix()) or "", str(place))
    except OverridesError:
        return []


def _place(options: Options) -> Path:
    return options.overrides or Path(OVERRIDES)


def _write(verdict: Verdict, form: Form, output: Output) -> None:
    match form:
        case Form.TEXT:
            output.result(text.render(verdict))
        case Form.JSON:
            output.document(document.render(verdict))
        case Form.SARIF:
            output.document(sarif.render(verdict))
        case Form.MARKDOWN:
            output.result(markdown.render(verdict))
