"""What the recover role may do: bring data back, and as the break-glass change a guard that stands in the way."""

from typing import Final

from strongroom.config.settings import CentralSettings, Settings, SourceSettings
from strongroom.documents.permissions import alarms, backups, buckets, keys, service_roles, tables
from strongroom.documents.permissions.preview import central_vaults
from strongroom.documents.permissions.scope import Scope, own
from strongroom.documents.policy import Document, Statement, allow, document
from strongroom.facts import services

_VAULT_GUARDS: Final = ("backup:DeleteBackupVaultAccessPolicy", "backup:PutBackupVaultAccessPolicy")


def policies(settings: Settings) -> dict[str, Document]:
    """Policies of the recover role, by the last part of their names."""
    if isinstance(settings, CentralSettings):
        return {"work": _of_central(settings)}
    return {"work": _of_source(settings)}


def _of_source(settings: SourceSettings) -> Document:
    scope = own(settings)
    return document(
        *tables.restore(scope, settings.tables),
        *backups.follow(),
        *backups.read_points(scope, [scope.vault]),
        *backups.restore(scope),
        *buckets.read_objects(scope.exports),
        *keys.use_through(scope, "s3", writes=False),
        *alarms.report(scope),
        *service_roles.hand_over(scope, services.BACKUP),
    )


def _of_central(settings: CentralSettings) -> Document:
    scope = own(settings)
    vaults = central_vaults(settings)
    return document(
        *backups.follow(),
        *backups.read_points(scope, vaults),
        *backups.copy(scope),
        *backups.restore(scope),
        *_archives(settings),
        *keys.use_through(scope, "s3", writes=False),
        *alarms.report(scope),
        *service_roles.hand_over(scope, services.BACKUP),
        allow("OpenVaultsInAnEmergency", _VAULT_GUARDS, vaults),
        allow("OpenKeysInAnEmergency", ["kms:GetKeyPolicy", "kms:PutKeyPolicy"], scope.keys, scope.tagged),
    )


def _archives(settings: CentralSettings) -> list[Statement]:
    names = [Scope(settings.accounts.own, settings.region, source.environment).archive for source in settings.sources]
    return buckets.read_objects(*names)
