"""What the recover role may do: bring data back, and as the break-glass change a guard that stands in the way."""

from typing import Final

from strongroom.config.settings import CentralSettings, Settings, SourceSettings
from strongroom.documents.permissions import alarms, backups, buckets, keys, look, service_roles, tables
from strongroom.documents.permissions.preview import central_vaults, every_archive
from strongroom.documents.permissions.scope import own
from strongroom.documents.policy import Document, Statement, allow, document

_VAULT_GUARDS: Final = ("backup:DeleteBackupVaultAccessPolicy", "backup:PutBackupVaultAccessPolicy")


def policies(settings: Settings) -> dict[str, Document]:
    """Policies of the recover role, by the last part of their names."""
    return _of_central(settings) if isinstance(settings, CentralSettings) else _of_source(settings)


def _of_source(settings: SourceSettings) -> dict[str, Document]:
    scope = own(settings)
    return {
        "work": document(
            *backups.follow(),
            *backups.read_points(scope, [scope.vault, scope.landing_vaults]),
            *backups.restore(scope),
            *buckets.read_objects(scope.exports),
            *keys.use_through(scope, "s3", writes=False),
            *alarms.report(scope),
        ),
        "tables": document(*tables.restore(scope, settings.tables), *tables.point(scope)),
        "landing": document(*backups.land(scope), *keys.land(scope)),
        "account": document(*_account(settings)),
    }


def _of_central(settings: CentralSettings) -> dict[str, Document]:
    scope = own(settings)
    vaults = central_vaults(settings)
    return {
        "work": document(
            *backups.follow(),
            *backups.read_points(scope, vaults),
            *backups.copy(scope),
            *backups.restore(scope),
            *_archives(settings),
            *keys.use_through(scope, "s3", writes=False),
            *alarms.report(scope),
        ),
        "account": document(
            *_account(settings),
            allow("OpenVaultsInAnEmergency", _VAULT_GUARDS, vaults),
            allow("LookAtKeys", ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus"], scope.keys),
            allow("OpenKeysInAnEmergency", ["kms:GetKeyPolicy", "kms:PutKeyPolicy"], scope.keys, scope.tagged),
        ),
    }


def _account(settings: Settings) -> list[Statement]:
    scope = own(settings)
    return [
        *service_roles.hand_over_recovery(scope),
        *service_roles.look_for_recovery(scope),
        *backups.switch(),
        *look.around(settings),
    ]


def _archives(settings: CentralSettings) -> list[Statement]:
    held = every_archive(settings)
    return [*buckets.read(held), *buckets.read_objects(*held)]
