"""What the operate role may do: back up, export, look and measure; it restores nothing and changes no guard."""

from strongroom.config.settings import CentralSettings, Settings, SourceSettings
from strongroom.documents.permissions import alarms, backups, buckets, keys, service_roles, tables
from strongroom.documents.permissions.preview import central_vaults, every_archive
from strongroom.documents.permissions.scope import own
from strongroom.documents.policy import Document, document
from strongroom.facts import services


def policies(settings: Settings) -> dict[str, Document]:
    """Policies of the operate role, by the last part of their names."""
    if isinstance(settings, CentralSettings):
        return {"work": _of_central(settings)}
    return {"work": _of_source(settings)}


def _of_source(settings: SourceSettings) -> Document:
    scope = own(settings)
    return document(
        *tables.read(scope, settings.tables),
        *tables.export(scope, settings.tables),
        *backups.follow(),
        *backups.read_points(scope, [scope.vault]),
        *backups.back_up(scope, [scope.vault]),
        *backups.copy(scope),
        *buckets.read_objects(scope.exports),
        *buckets.write_exports(scope),
        *keys.use_through(scope, "s3", writes=True),
        *alarms.report(scope),
        *service_roles.hand_over(scope, services.BACKUP),
    )


def _of_central(settings: CentralSettings) -> Document:
    scope = own(settings)
    held = every_archive(settings)
    return document(
        *backups.follow(),
        *backups.read_points(scope, central_vaults(settings)),
        *buckets.read(held),
        *buckets.read_objects(*held),
        *keys.use_through(scope, "s3", writes=False),
        *alarms.report(scope),
    )
