"""What the preview role may do: see everything that the stack makes, and no item, object or point in it."""

from strongroom.config.archive import ManagedBy
from strongroom.config.settings import CentralSettings, Settings, SourceSettings
from strongroom.documents.permissions import alarms, backups, buckets, keys, service_roles, tables
from strongroom.documents.permissions.scope import Scope, own
from strongroom.documents.policy import Document, Statement, document


def policies(settings: Settings) -> dict[str, Document]:
    """Policies of the preview role, by the last part of their names."""
    scope = own(settings)
    return {
        "account": document(
            *backups.read_plans(scope), *keys.read(scope), *alarms.read(scope), *service_roles.read(scope)
        ),
        "data": document(*_data(scope, settings)),
    }


def _data(scope: Scope, settings: Settings) -> list[Statement]:
    if isinstance(settings, CentralSettings):
        return [*backups.read_vaults(central_vaults(settings)), *_of_archives(settings)]
    return _of_source(scope, settings)


def _of_source(scope: Scope, settings: SourceSettings) -> list[Statement]:
    return [
        *tables.read(scope, settings.tables),
        *backups.read_vaults([scope.vault]),
        *buckets.read([scope.exports]),
        *buckets.read_manifest(scope),
        *keys.use_through(scope, "s3", writes=False),
    ]


def _of_archives(settings: CentralSettings) -> list[Statement]:
    held = archives(settings)
    return buckets.read(held) if held else []


def archives(settings: CentralSettings) -> list[str]:
    """Names of the archive buckets that the central stack makes."""
    return [
        Scope(settings.accounts.own, settings.region, source.environment).archive
        for source in settings.sources
        if source.archive.managed_by is ManagedBy.CENTRAL
    ]


def every_archive(settings: CentralSettings) -> list[str]:
    """Names of the archive buckets of every source, whoever makes them."""
    return [Scope(settings.accounts.own, settings.region, source.environment).archive for source in settings.sources]


def central_vaults(settings: CentralSettings) -> list[str]:
    """Patterns of the central vaults of every source."""
    return [
        Scope(settings.accounts.own, settings.region, source.environment).central_vaults for source in settings.sources
    ]
