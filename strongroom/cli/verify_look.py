"""What `verify` and `status` share: what everything is held against, the look itself, and how it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from strongroom.aws.groups import Watching
from strongroom.cli.exits import Exit
from strongroom.cli.faults import FAULTS, UsageError
from strongroom.cli.output import Output, Progress
from strongroom.config import manifest, stackfile
from strongroom.config.manifest import Manifest
from strongroom.config.profiles import BACKUP_PROFILE
from strongroom.config.settings import CentralSettings, Settings
from strongroom.evidence.places import verify
from strongroom.evidence.places.sights import Report
from strongroom.evidence.reports import document, nagios, text
from strongroom.evidence.reports.nagios import State
from strongroom.facts import names
from strongroom.recovery.plans import declared
from strongroom.recovery.plans.declared import Source

EXITS = (
    Exit.OK,
    Exit.FAILED,
    Exit.USAGE,
    Exit.MISMATCH,
    Exit.NOT_FOUND,
    Exit.REFUSED,
    Exit.DENIED,
    Exit.TIMEOUT,
    Exit.INTERRUPTED,
)


class Form(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    NAGIOS = "nagios"


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    environment: str
    region: str | None = None
    """Absent: the stack file's; without a stack file the profile's."""
    form: Form = Form.TEXT
    publish: bool = False
    """Whether measurements are sent to CloudWatch."""


@dataclass(frozen=True)
class Doors:
    """What the command reads and writes."""

    folder: Path
    """Where the stack file may lie."""
    open: Callable[[str], Watching]
    """Doors to AWS in a region."""
    region: Callable[[str], str]
    """Region of a profile."""
    now: Callable[[], float]
    """Monotonic seconds."""
    output: Output


@dataclass(frozen=True)
class Looked:
    """What was seen, and through which doors."""

    report: Report
    sessions: Watching


def look(options: Options, doors: Doors) -> Looked:
    """Find out what is declared, and look everywhere.

    Raises:
        UsageError: there is no stack file of the backup account, which has no manifest to take its place.
        SettingsError: the stack file cannot be used.
        ManifestError: there is no stack file, and no manifest that can be used.
        AwsError: no account can be entered, or without a stack file the archive cannot be read.
    """
    progress = Progress(doors.output, doors.now)
    file = doors.folder / f"Pulumi.{options.environment}.yaml"
    if file.exists():
        settings = stackfile.read(file)
        sessions = doors.open(options.region or settings.region)
        return Looked(_held_against(settings, file.name, sessions, progress), sessions)
    sessions, wanted, where = _from_the_archive(options, doors, file)
    return Looked(verify.of_source(wanted, where, sessions, progress.told), sessions)


def write(report: Report, code: Exit, options: Options, output: Output, *, rows: bool) -> None:
    """Write a report as it was asked for.

    Args:
        report: What was seen.
        code: What the command ends with.
        options: Say how.
        output: Where to.
        rows: Whether a text begins with all that was seen.
    """
    match options.form:
        case Form.TEXT:
            output.result(f"{text.table(report)}\n\n{text.findings(report)}" if rows else text.findings(report))
        case Form.JSON:
            output.document(document.render(report, code.value))
        case Form.NAGIOS:
            output.result(nagios.render(report))


def as_a_plugin(look_: Callable[[], Report], output: Output) -> Exit:
    """Look, and write and end as a monitoring plugin does, whatever happens.

    Args:
        look_: Gives the report.
        output: Where to.
    """
    try:
        report = look_()
    except tuple(FAULTS) as fault:
        output.result(nagios.line(State.UNKNOWN, str(fault)))
        return Exit(State.UNKNOWN.value)
    output.result(nagios.render(report))
    return Exit(nagios.state(report).value)


def unseen(report: Report) -> Exit:
    """What a command ends with that could not look everywhere; OK where it could."""
    return FAULTS[type(report.seen.blind[0].fault)] if report.seen.blind else Exit.OK


def _held_against(settings: Settings, file: str, sessions: Watching, progress: Progress) -> Report:
    if isinstance(settings, CentralSettings):
        return verify.of_central(settings, file, sessions, progress.told)
    return verify.of_source(manifest.of(settings), file, sessions, progress.told)


def _from_the_archive(options: Options, doors: Doors, file: Path) -> tuple[Watching, Manifest, str]:
    if names.profile(options.environment) == BACKUP_PROFILE:
        raise UsageError(
            f"{file.name} is not in {doors.folder}, and the backup account has no manifest; run in the project's folder"
        )
    region = options.region or doors.region(BACKUP_PROFILE)
    sessions = doors.open(region)
    backup = sessions.identity(BACKUP_PROFILE).account
    found = declared.manifest_of(Source(options.environment, region, backup), sessions.objects(BACKUP_PROFILE))
    for warning in found.warnings:
        doors.output.note(f"warning: {warning}")
    return sessions, found.manifest, f"version {found.version_id} of the manifest in the archive"
