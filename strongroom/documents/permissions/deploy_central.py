"""What the deploy role of the backup account may do: make and guard vaults and archives, and take nothing out."""

from strongroom.config.lock import LockMode
from strongroom.config.settings import CentralSettings
from strongroom.documents.permissions import alarms, backups, buckets, keys, service_roles
from strongroom.documents.permissions.preview import archives, central_vaults
from strongroom.documents.permissions.scope import own
from strongroom.documents.policy import Document, document
from strongroom.facts import names, services


def policies(settings: CentralSettings) -> dict[str, Document]:
    """Policies of the role besides those of preview, by the last part of their names."""
    scope = own(settings)
    held = archives(settings)
    compliance = settings.lock.mode is LockMode.COMPLIANCE
    return {
        "data": document(
            *backups.write_vaults(scope, central_vaults(settings), compliance=compliance),
            *(buckets.write(scope, held) if held else []),
        ),
        "keys": document(*keys.write(scope, _aliases(settings))),
        "account": document(
            *backups.write_plans(scope),
            *alarms.write(scope),
            *service_roles.write(scope),
            *service_roles.hand_over(scope, services.BACKUP),
        ),
    }


def _aliases(settings: CentralSettings) -> list[str]:
    environments = [settings.environment, *(source.environment for source in settings.sources)]
    return [names.key_alias(environment, "*") for environment in environments]
