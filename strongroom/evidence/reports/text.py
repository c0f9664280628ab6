"""What was seen of the backups, for people."""

from collections.abc import Iterator, Sequence

from strongroom.evidence.places import told
from strongroom.evidence.places.sights import Report, Row


def table(report: Report) -> str:
    """Every place with its newest copy, its age and its limit."""
    places = list(dict.fromkeys(row.place for row in report.seen.rows))
    ordered = sorted(report.seen.rows, key=lambda row: places.index(row.place))
    rows = [("place", "subject", "newest", "age", "limit", ""), *(_cells(row, report) for row in ordered)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join([_head(report), *lines])


def findings(report: Report) -> str:
    """What is not as it should be, a line each, and the sum of it."""
    return "\n".join([*_findings(report), total(report)])


def total(report: Report) -> str:
    """What it comes to, in one line."""
    seen = report.seen
    parts = [_count(len(report.failures), "failure"), _count(len(report.warnings), "warning")]
    if seen.blind:
        parts.append(f"{_count(len(seen.blind), 'place')} that could not be looked at")
    if seen.blind or seen.findings:
        return f"{report.environment}: {', '.join(parts)}"
    return f"{report.environment}: all is well ({_count(len(seen.rows), 'look')})"


def _head(report: Report) -> str:
    at = told.instant(report.at)
    return f"{report.environment} in account {report.account} at {at}, declared by {report.declared}"


def _findings(report: Report) -> Iterator[str]:
    for blind in report.seen.blind:
        yield f"unseen: {blind.place}: {blind.fault}"
    for found in (*report.failures, *report.warnings):
        yield f"{found.kind}: {found.place}: {found.subject} {found.sentence}"


def _cells(row: Row, report: Report) -> Sequence[str]:
    newest = told.instant(row.newest) if row.newest else "-"
    age = told.span(report.at - row.newest) if row.newest else "-"
    limit = told.span(row.limit) if row.limit else "-"
    return row.place, row.subject, newest, age, limit, row.note or ""


def _count(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else f'{one}s'}"
