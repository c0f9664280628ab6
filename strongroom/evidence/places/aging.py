"""Whether the newest copy of a table is young enough, and whether one that is not there is due yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from strongroom.evidence.places import told
from strongroom.evidence.places.sights import Finding, Kind, Row, Seen, What


@dataclass(frozen=True)
class Due:
    """What is promised of one table in one place."""

    limit: timedelta
    since: datetime | None = None
    """When the promise began: no copy can be older. Absent: long ago."""


def aged(row: Row, now: datetime, since: datetime | None = None) -> Seen:
    """Judge the newest copy of something.

    Args:
        row: With the limit that it is held against.
        now: By the clock of AWS.
        since: When the promise began; a copy that is not there is missing once the limit has passed since then.
            None: long ago.
    """
    if row.limit is None:
        return Seen((row,))
    if row.newest is None:
        return _absent(row, row.limit, now, since)
    age = now - row.newest
    if age <= row.limit:
        return Seen((row,))
    sentence = (
        f"the newest {row.what} is {told.span(age)} old, of {told.instant(row.newest)};"
        f" {told.span(row.limit)} is the most"
    )
    if row.what is What.POINT:
        sentence += "; look at the jobs of this table in AWS Backup"
    return Seen((row,), (Finding(Kind.STALE, row.place, row.subject, sentence),))


def _absent(row: Row, limit: timedelta, now: datetime, since: datetime | None) -> Seen:
    if since is not None and now - since <= limit:
        by = f"none yet, due by {told.instant(since + limit)}"
        return Seen((Row(row.what, row.place, row.subject, None, limit, by),))
    sentence = f"there is no good {row.what}, and one every {told.span(limit)} at least is promised"
    return Seen((row,), (Finding(Kind.MISSING, row.place, row.subject, sentence),))
