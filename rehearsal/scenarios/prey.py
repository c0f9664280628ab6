"""What an attacker goes for: a central vault of a source, a point in it, its key, and an object in the archive."""

from collections.abc import Iterator
from dataclasses import dataclass

from rehearsal.local.local import Local
from rehearsal.scenarios import backing_up
from rehearsal.scenarios.step import CheckError
from strongroom.config.settings import SourceSettings
from strongroom.config.tiers import DAILY
from strongroom.facts import arns, names


@dataclass(frozen=True)
class Prey:
    """What is attacked: one central vault of a source, a point in it, its key, and an archived object."""

    stack: str
    settings: SourceSettings
    vault: str
    point: str
    local_point: str
    """A point of the same table in the source's own vault."""
    key: str
    policy: str
    """Of the vault."""
    lock: tuple[bool, int, int]
    """Whether the vault is locked, and the lives in days that it takes."""
    bucket: str
    object_key: str
    version: str

    @property
    def own(self) -> str:
        """The source's account."""
        return self.settings.accounts.own

    @property
    def backup(self) -> str:
        """The backup account."""
        return self.settings.accounts.backup

    @property
    def vault_arn(self) -> str:
        """ARN of the vault."""
        return arns.vault(self.settings.region, self.settings.accounts.backup, self.vault)


def found(local: Local, stack: str) -> Prey:
    """Look for what there is to attack of a source, as the backup account's administrator."""
    settings = local.world.sources[stack]
    own, backup = settings.accounts.own, settings.accounts.backup
    vault = settings.retention_days.central_vault(settings.environment, DAILY)
    table = settings.tables[-1].name
    known = local.administrators.backup(backup)
    bucket = names.archive_bucket(settings.environment, backup, settings.region)
    key = names.manifest_key(settings.environment)
    versions = local.administrators.s3(backup).list_object_versions(Bucket=bucket, Prefix=key).get("Versions", [])
    described = known.describe_backup_vault(BackupVaultName=vault)
    if not versions:
        raise CheckError(f"versions of {key} in {bucket}", expected="at least one", got="none")
    return Prey(
        stack,
        settings,
        vault,
        _point(backing_up.points_in(known, vault), table),
        _point(backing_up.points_in(local.administrators.backup(own), names.local_vault(settings.environment)), table),
        described.get("EncryptionKeyArn", ""),
        known.get_backup_vault_access_policy(BackupVaultName=vault).get("Policy", ""),
        (described.get("Locked", False), described.get("MinRetentionDays", 0), described.get("MaxRetentionDays", 0)),
        bucket,
        key,
        versions[0].get("VersionId", ""),
    )


def _point(points: Iterator[backing_up.Point], table: str) -> str:
    mine = [point for point in points if point.table_arn.endswith(f"/{table}") and point.status == "COMPLETED"]
    if not mine:
        raise CheckError(f"whole points of {table} to attack", expected="at least one", got="none")
    return max(mine, key=lambda point: point.created).arn
