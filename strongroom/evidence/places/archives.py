"""The archive: whether it is locked as declared, and keeps a settings manifest that nobody can delete."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from strongroom.aws.buckets import Bucket, Buckets
from strongroom.config.archive import Archive
from strongroom.evidence.places import manifests
from strongroom.evidence.places.manifests import Standing, Where
from strongroom.evidence.places.sights import Finding, Kind, Row, Seen, What, together


@dataclass(frozen=True)
class Held:
    """An archive bucket as it is declared, and the manifest that was found in it."""

    where: Where
    archive: Archive
    found: Standing | None
    """Absent: there is none."""


def look(held: Held, buckets: Buckets, now: datetime) -> Seen:
    """Hold an archive against what is declared.

    Args:
        held: What it should be, and the manifest in it.
        buckets: Of the backup account.
        now: By the clock of AWS.

    Raises:
        AwsError: it cannot be looked into.
    """
    bucket = buckets.lock(held.where.bucket, held.where.owner)
    if bucket is None:
        return without_a_bucket(held.where)
    locked = Seen(findings=tuple(held.where.finding(Kind.WRONG, sentence) for sentence in _lock(held.archive, bucket)))
    return together([locked, Seen((_row(held.where, held.found),), tuple(_manifest(held, now)))])


def without_a_bucket(where: Where) -> Seen:
    """What is told of an archive that is not there."""
    sentence = (
        "there is no such bucket, so that nothing outlives the source; run `pulumi up` of the stack that makes it"
    )
    return Seen((_row(where, None),), (where.finding(Kind.MISSING, sentence),))


def _row(where: Where, found: Standing | None) -> Row:
    modified = found.version.modified if found else None
    note = f"version {found.version.version_id}" if found else "none"
    return Row(What.MANIFEST, where.place, where.environment, modified, note=note)


def _lock(archive: Archive, bucket: Bucket) -> Iterator[str]:
    if not bucket.versioned:
        yield "keeps no versions, so that a new object takes the place of an old one; run `pulumi up`"
    if not bucket.locked:
        yield "has no Object Lock; run `pulumi up`"
        return
    wanted = (archive.mode.value.upper(), archive.retention_days)
    found = (bucket.retention.mode.upper(), bucket.retention.days) if bucket.retention else None
    if found != wanted:
        got = f"in mode {found[0]} for {found[1]} days" if found else "not at all"
        yield f"locks new objects {got}, mode {wanted[0]} for {wanted[1]} days is declared; run `pulumi up`"


def _manifest(held: Held, now: datetime) -> Iterator[Finding]:
    where, found = held.where, held.found
    if found is None:
        sentence = f"holds no settings manifest ({where.key}), so that a recovery would not know what was lost"
        yield where.finding(Kind.MISSING, f"{sentence}; run `pulumi up` of {where.environment}")
        return
    yield from manifests.hidden(where, found)
    until = found.version.locked_until
    if until is None or until <= now:
        sentence = f"does not lock version {found.version.version_id} of the settings manifest"
        yield where.finding(Kind.WRONG, f"{sentence}: whoever may delete, can delete it")
