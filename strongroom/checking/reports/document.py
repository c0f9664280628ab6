"""A report for scripts."""

from strongroom.checking.findings import Report


def render(report: Report) -> dict[str, object]:
    """The report as one JSON document; `passes` is what the exit code says too."""
    return {
        "command": report.command,
        "passes": report.passes,
        "lookedAt": list(report.looked_at),
        "findings": [
            {
                "rule": one.rule,
                "level": one.level.value,
                "file": one.file,
                "urn": one.urn or None,
                "sentence": one.sentence,
            }
            for one in report.findings
        ],
        "notes": list(report.notes),
    }
