"""Tells the report what lies in the vaults."""

from rehearsal.report.findings import VaultFinding
from rehearsal.scenarios import backing_up
from rehearsal.scenarios.scene import Scene
from strongroom.config.settings import SourceSettings
from strongroom.config.tiers import TIERS
from strongroom.facts import names


def vaults_are_told(scene: Scene, settings: SourceSettings) -> None:
    """Look into the central vaults of a source, and into the vault beside its tables."""
    for tier in TIERS.values():
        vault = settings.retention_days.central_vault(settings.environment, tier)
        _tell(scene, settings.accounts.backup, vault, tier.name)
    _tell(scene, settings.accounts.own, names.local_vault(settings.environment), None)


def landing_vault_is_told(scene: Scene, settings: SourceSettings, run: str) -> None:
    """Look into the vault that a recovery's copies land in."""
    _tell(scene, settings.accounts.own, names.landing_vault(settings.environment, run), None)


def _tell(scene: Scene, account: str, vault: str, tier: str | None) -> None:
    client = scene.local.administrators.backup(account)
    points = list(backing_up.points_in(client, vault))
    newest = max((point.created for point in points), default=None)
    locked = client.describe_backup_vault(BackupVaultName=vault).get("Locked", False)
    scene.findings.vault(VaultFinding(account, vault, tier, len(points), newest, locked))
