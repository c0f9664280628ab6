"""What was seen of the backups, as one JSON document for programs."""

from strongroom.evidence.places import told
from strongroom.evidence.places.sights import Report, Row

VERSION = 1
"""Form of the document; it rises when a reader of the old form would misread the new one."""


def render(report: Report, code: int) -> dict[str, object]:
    """The document.

    Args:
        report: What was seen.
        code: What the command exits with.
    """
    return {
        "version": VERSION,
        "environment": report.environment,
        "account": report.account,
        "at": told.instant(report.at),
        "declared": report.declared,
        "rows": [_row(row, report) for row in report.seen.rows],
        "findings": [
            {"kind": one.kind, "place": one.place, "subject": one.subject, "sentence": one.sentence}
            for one in report.seen.findings
        ],
        "unseen": [{"place": one.place, "sentence": str(one.fault)} for one in report.seen.blind],
        "exit": code,
    }


def _row(row: Row, report: Report) -> dict[str, object]:
    return {
        "what": row.what,
        "place": row.place,
        "subject": row.subject,
        "newest": told.instant(row.newest) if row.newest else None,
        "ageSeconds": (report.at - row.newest).total_seconds() if row.newest else None,
        "limitSeconds": row.limit.total_seconds() if row.limit else None,
        "note": row.note,
    }
