"""A report for a person in front of a screen or a log."""

from strongroom.checking.findings import Finding, Level, Report
from strongroom.gate.plain import plain


def render(report: Report) -> str:
    """The report in lines, one for each finding."""
    return "\n".join(plain(line, longest=None) for line in (*map(_line, report.findings), *_about(report)))


def _line(finding: Finding) -> str:
    word = "refused" if finding.level is Level.ERROR else "warning"
    return f"{word}: {finding.sentence} ({finding.rule})"


def _about(report: Report) -> list[str]:
    errors, warnings = len(report.errors), len(report.findings) - len(report.errors)
    verdict = "nothing is refused" if report.passes else f"{errors} refused"
    return [
        *(f"note: {note}" for note in report.notes),
        *report.looked_at,
        f"{report.command}: {verdict}" + (f", {warnings} to look at" if warnings else ""),
    ]
