"""The settings manifest where it lies: beneath delete markers, with its lock, and on its way to the archive."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from strongroom.aws.objects import Objects, Version
from strongroom.config import freshness, manifest
from strongroom.config.manifest import Manifest
from strongroom.evidence.places import told
from strongroom.evidence.places.sights import Finding, Kind
from strongroom.facts import names

PLACE: Final = "archive"
_WAITING: Final = "PENDING"
_SENT: Final = "COMPLETED"


@dataclass(frozen=True)
class Where:
    """A bucket that holds the manifest of an environment."""

    bucket: str
    owner: str
    """Account that must own the bucket."""
    environment: str
    place: str = PLACE
    """As findings name it."""

    @property
    def key(self) -> str:
        """Name of the object."""
        return names.manifest_key(self.environment)

    def finding(self, kind: Kind, sentence: str) -> Finding:
        """A finding about the bucket."""
        return Finding(kind, self.place, self.bucket, sentence)


@dataclass(frozen=True)
class Standing:
    """The newest version that is no delete marker."""

    version: Version
    """With its lock and its replication."""
    hidden_since: datetime | None = None
    """When a delete marker was put over it. Absent: none was."""


def standing(where: Where, objects: Objects) -> Standing | None:
    """Find the newest version of a manifest; None where there never was one.

    Raises:
        NotThereError: there is no such bucket.
        AwsError: it cannot be looked into.
    """
    versions = objects.versions(where.bucket, where.key, where.owner)
    for version in versions:
        if not version.is_delete_marker:
            whole = objects.head(where.bucket, where.key, version.version_id, where.owner)
            return Standing(whole, versions[0].modified if versions[0].is_delete_marker else None)
    return None


def text(where: Where, found: Standing, objects: Objects) -> str:
    """What a manifest says.

    Raises:
        AwsError: it cannot be read.
    """
    return objects.read(where.bucket, where.key, found.version.version_id, where.owner).decode(errors="replace")


def hidden(where: Where, found: Standing) -> Iterator[Finding]:
    """A delete marker over a manifest."""
    if found.hidden_since is not None:
        yield where.finding(
            Kind.WRONG,
            f"hides the settings manifest under a delete marker of {told.instant(found.hidden_since)}; a recovery reads"
            " the version beneath; find out who deleted it, and remove the marker",
        )


def sent(where: Where, found: Standing | None, wanted: Manifest, objects: Objects, now: datetime) -> Iterator[Finding]:
    """Hold the manifest in the exports bucket against what is declared now, and see that it was sent to the archive.

    Args:
        where: The exports bucket.
        found: As `standing` found it.
        wanted: What it must say.
        objects: Of the source's account.
        now: By the clock of AWS.

    Raises:
        AwsError: it cannot be read.
    """
    if found is None:
        yield where.finding(Kind.MISSING, f"holds no settings manifest ({where.key}); run `pulumi up`")
        return
    yield from hidden(where, found)
    if text(where, found, objects) != manifest.text(wanted):
        yield where.finding(
            Kind.WRONG,
            f"holds a settings manifest of {told.instant(found.version.modified)} that says something else than what is"
            f" declared now; run `pulumi up` of {where.environment}",
        )
    yield from _on_its_way(where, found.version, now)


def arrived(where: Where, found: Standing, source: Version, now: datetime) -> Iterator[Finding]:
    """Whether the archive's manifest is the one of the exports bucket.

    A replica has the version id of what it was made from.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html, read 2026-11-22.

    Args:
        where: The archive.
        found: The manifest in it.
        source: The newest version in the exports bucket.
        now: By the clock of AWS.
    """
    same = found.version.version_id == source.version_id
    if not same and now - source.modified > freshness.REPLICATION:
        yield where.finding(
            Kind.STALE,
            f"has version {found.version.version_id} of the settings manifest, of"
            f" {told.instant(found.version.modified)}, and the source has {source.version_id} of"
            f" {told.instant(source.modified)}; look at the replication",
        )


def _on_its_way(where: Where, version: Version, now: datetime) -> Iterator[Finding]:
    status, waited = version.replication_status, now - version.modified
    if status == _SENT or (status == _WAITING and waited <= freshness.REPLICATION):
        return
    if status == _WAITING:
        sentence = f"has waited {told.span(waited)} to send its settings manifest to the archive"
        yield where.finding(Kind.STALE, f"{sentence}; look at the replication")
        return
    how = "could not send" if status else "does not send"
    sentence = f"{how} its settings manifest to the archive (replication status {status or 'none'})"
    yield where.finding(Kind.WRONG, f"{sentence}; look at the replication's rule and role")
