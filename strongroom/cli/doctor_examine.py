"""`strongroom doctor`: say what a recovery would fail by, and how it is mended; change nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from strongroom.cli.exits import Exit
from strongroom.cli.output import Output, Progress
from strongroom.recovery import doctor
from strongroom.recovery.checks.findings import Finding, Level
from strongroom.recovery.checks.scene import Looking
from strongroom.recovery.doctor import Purpose, Report

HELP = """Look at every switch, right, key and quota that a recovery needs, and change nothing.

Needs two AWS profiles and the environment's name, nothing else. strongroom-<ENV> is the recover role of the account to
restore in, strongroom-backup that of the backup account.

Each finding says what was found, where, what a recovery needs it for, and the command that mends it. A finding that
stops a recovery makes the command fail; one that only warns does not. What could not be looked at is a finding, too."""

EXITS = (Exit.OK, Exit.FAILED, Exit.USAGE, Exit.DENIED, Exit.TIMEOUT, Exit.INTERRUPTED)


@dataclass(frozen=True)
class Options:
    """What the user asked for."""

    environment: str
    region: str
    purpose: Purpose = Purpose.RECOVERY
    as_json: bool = False


@dataclass(frozen=True)
class Doors:
    """What the command reads and writes."""

    aws: Looking
    now: Callable[[], datetime]
    """Aware time by this computer's clock."""
    monotonic: Callable[[], float]
    output: Output


def run(options: Options, doors: Doors) -> Exit:
    """Look, and tell what was found.

    Returns:
        FAILED when a finding would stop a recovery, else OK.
    """
    progress = Progress(doors.output, doors.monotonic)
    question = doctor.Question(options.environment, options.region, options.purpose)
    found = doctor.examine(question, doctor.Doors(doors.aws, doors.now, progress.told))
    code = Exit.FAILED if found.stops else Exit.OK
    if options.as_json:
        doors.output.document({**_document(found), "exit": code.value})
    else:
        doors.output.result(_page(found))
    return code


def _document(report: Report) -> dict[str, object]:
    return {
        "version": 1,
        "environment": report.question.environment,
        "region": report.question.region,
        "for": report.question.purpose.value,
        "targetAccount": report.target,
        "backupAccount": report.backup,
        "checked": list(report.looked_at),
        "unchecked": list(report.unseen),
        "findings": [
            {
                "check": finding.check,
                "level": finding.level.value,
                "what": finding.what,
                "where": finding.where,
                "why": finding.why,
                "fix": finding.fix,
            }
            for finding in report.findings
        ],
    }


def _page(report: Report) -> str:
    ordered = sorted(report.findings, key=lambda finding: finding.level is not Level.STOPS)
    blocks = [_block(finding) for finding in ordered]
    if report.unseen:
        blocks.append(f"not looked at, because of the above: {', '.join(report.unseen)}")
    return "\n\n".join([*blocks, _sum(report)])


def _block(finding: Finding) -> str:
    lines = [
        f"{finding.level.value.upper()} {finding.check}: {finding.what}",
        f"  where: {finding.where}",
        f"  why:   {finding.why}",
        f"  fix:   {finding.fix}",
    ]
    return "\n".join(lines)


def _sum(report: Report) -> str:
    bad = sum(finding.level is Level.STOPS for finding in report.findings)
    slight = len(report.findings) - bad
    looked = f"{report.question.environment}: {len(report.looked_at)} checks"
    if not report.findings:
        return f"{looked}, nothing to mend"
    return f"{looked}, {_count(bad, 'finding')} that would stop a recovery, {_count(slight, 'warning')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
