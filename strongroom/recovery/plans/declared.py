"""What a lost source was like: the newest good settings manifest in the archive, whatever was laid over it.

Object Lock keeps every version, so that a delete marker or a broken newest version hides a manifest and takes nothing
away: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html, read 2026-11-22.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from strongroom.aws.errors import AwsError, DeniedError, NotThereError, TimedOutError
from strongroom.aws.objects import Objects, Version
from strongroom.config import manifest
from strongroom.config.manifest import Manifest, ManifestError
from strongroom.config.tiers import TIERS
from strongroom.facts import names
from strongroom.recovery.instants import told

TRIED: Final = 20
"""Versions that are read at most until one is good."""


@dataclass(frozen=True)
class Source:
    """Whose manifest is wanted, and where it lies."""

    environment: str
    region: str
    backup_account: str

    @property
    def bucket(self) -> str:
        """Name of the archive bucket."""
        return names.archive_bucket(self.environment, self.backup_account, self.region)

    @property
    def key(self) -> str:
        """Name of the object."""
        return names.manifest_key(self.environment)


@dataclass(frozen=True)
class Declared:
    """A manifest, and which of its versions it is."""

    manifest: Manifest
    version_id: str
    modified: datetime
    warnings: tuple[str, ...]
    """What lies above it, where it is not the newest version."""


def manifest_of(source: Source, objects: Objects, version_id: str | None = None) -> Declared:
    """Read the newest good version of a source's manifest.

    Args:
        source: Whose.
        objects: Of the backup account.
        version_id: Version to read. None: the newest that is good.

    Raises:
        NotThereError: no bucket, no manifest, or no such version.
        DeniedError: the bucket is another account's, or this caller may not read any version.
        TimedOutError: AWS did not answer: an older version is no substitute for a second try.
        ManifestError: no version is good, or the one asked for is not; a line for each.
    """
    versions = versions_of(source, objects)
    if version_id is not None:
        version = _named(versions, version_id, source.key)
        return Declared(read_version(source, objects, version), version_id, version.modified, ())
    faults = list[Exception]()
    for version in versions[:TRIED]:
        try:
            found = read_version(source, objects, version)
        except TimedOutError:
            raise
        except (AwsError, ManifestError) as fault:
            faults.append(fault)
        else:
            below = f"; the version beneath, of {told(version.modified)}, was read"
            return Declared(found, version.version_id, version.modified, tuple(f"{one}{below}" for one in faults))
    raise _none_good(source, faults)


def versions_of(source: Source, objects: Objects) -> list[Version]:
    """All versions of a source's manifest, the newest first; errors as for `manifest_of`."""
    try:
        found = objects.versions(source.bucket, source.key, source.backup_account)
    except NotThereError as absent:
        raise NotThereError(
            f"there is no archive bucket {source.bucket}, so nothing tells what {source.environment} was like"
            f" ({absent}); check the environment's name, --region and the backup account"
        ) from None
    except DeniedError as refused:
        raise DeniedError(
            f"archive bucket {source.bucket} is not account {source.backup_account}'s, or this role may not list it:"
            f" {refused}; take the recover role of the backup account"
        ) from None
    if not found:
        raise NotThereError(
            f"archive bucket {source.bucket} holds no settings manifest ({source.key}): no `pulumi up` of"
            f" {source.environment} was ever replicated to it; check the environment's name"
        )
    return found


def _named(versions: list[Version], version_id: str, key: str) -> Version:
    for version in versions:
        if version.version_id == version_id:
            return version
    known = ", ".join(f"{one.version_id} ({told(one.modified)})" for one in versions[:TRIED])
    raise NotThereError(f"--settings-version: {key} has no version {version_id}; there are {known}")


def read_version(source: Source, objects: Objects, version: Version) -> Manifest:
    """The manifest of one version.

    Raises:
        ManifestError: it is a delete marker, malformed, or not of this source.
        AwsError: it cannot be read.
    """
    if version.is_delete_marker:
        raise ManifestError(f"the settings manifest was deleted on {told(version.modified)}")
    document = objects.read(source.bucket, source.key, version.version_id, source.backup_account)
    which = f"version {version.version_id} of the settings manifest, of {told(version.modified)}, cannot be used"
    try:
        read = manifest.read(document.decode())
    except (ManifestError, UnicodeDecodeError) as malformed:
        raise ManifestError(f"{which}: {' '.join(str(malformed).split())}") from None
    fault = _mismatch(source, read)
    if fault is not None:
        raise ManifestError(f"{which}: {fault}")
    return read


def _mismatch(source: Source, read: Manifest) -> str | None:
    said, wanted = read.settings, (source.environment, source.region, source.backup_account)
    found = (said.environment, said.region, said.accounts.backup)
    if found != wanted:
        return f"it is of {', '.join(found)} instead of {', '.join(wanted)}"
    strange = [vault for tier, vault in read.vaults.central.items() if not _is_vault_of(source, tier, vault)]
    return f"{', '.join(strange)} is no vault of {source.environment}" if strange else None


def _is_vault_of(source: Source, tier: str, vault: str) -> bool:
    """Whether a vault is one of the source's by its name, whatever its bounds: points of others have no place here."""
    before = names.central_vault(source.environment, tier, 0, 0).removesuffix("0-0")
    return tier in TIERS and re.fullmatch(re.escape(before) + r"\d+-\d+", vault) is not None


def _none_good(source: Source, faults: list[Exception]) -> Exception:
    lines = "\n".join([f"no version of {source.key} in bucket {source.bucket} can be used:", *map(str, faults)])
    return DeniedError(lines) if any(isinstance(fault, DeniedError) for fault in faults) else ManifestError(lines)
