"""Exports of tables: nothing schedules them, so that their age is told and judged by nobody; a lost replica is."""

from datetime import datetime
from typing import Final

from strongroom.aws.exports import Export, Exports
from strongroom.aws.objects import Objects
from strongroom.config import freshness
from strongroom.evidence.places import told
from strongroom.evidence.places.manifests import Where
from strongroom.evidence.places.sights import Finding, Kind, Row, Seen, What

PLACE: Final = "export"
UNSCHEDULED: Final = "none scheduled"


def look(table: str, arn: str, exports: Exports) -> tuple[Seen, Export | None]:
    """The newest export of a table.

    Args:
        table: Name of the table.
        arn: Its ARN.
        exports: Of its account.

    Raises:
        AwsError: exports cannot be listed.
    """
    found = exports.newest(arn)
    if found is None:
        return Seen((Row(What.EXPORT, PLACE, table, None, note=UNSCHEDULED),)), None
    note = f"{UNSCHEDULED}; made by hand" + (", in part: it is no backup" if found.filtered else "")
    return Seen((Row(What.EXPORT, PLACE, table, found.at, note=note),)), found


def replica(table: str, export: Export, where: Where, objects: Objects, now: datetime) -> Seen:
    """Whether the archive holds an export that lies in the exports bucket.

    Args:
        table: Name of the table.
        export: Its newest export.
        where: The archive.
        objects: Of the backup account.
        now: By the clock of AWS.

    Raises:
        AwsError: the archive cannot be looked into.
    """
    if export.manifest is None or now - export.at <= freshness.REPLICATION:
        return Seen()
    if any(not one.is_delete_marker for one in objects.versions(where.bucket, export.manifest, where.owner)):
        return Seen()
    sentence = (
        f"export {export.id} of {told.instant(export.at)} has no replica in {where.bucket}; look at the replication"
    )
    return Seen(findings=(Finding(Kind.MISSING, where.place, table, sentence),))
