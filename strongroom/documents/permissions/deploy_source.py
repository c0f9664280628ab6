"""What the deploy role of a source account may do: make and change its stack's things, and nothing in another account.

It is no administrator: names bind it where AWS can bind by name, tags where AWS cannot, and what would destroy data is
left out unless the settings call the stack disposable.
"""

from strongroom.config.settings import SourceSettings
from strongroom.documents.permissions import alarms, backups, buckets, keys, service_roles, tables
from strongroom.documents.permissions.scope import own
from strongroom.documents.policy import Document, document
from strongroom.facts import names, services


def policies(settings: SourceSettings) -> dict[str, Document]:
    """Policies of the role besides those of preview, by the last part of their names."""
    scope = own(settings)
    aliases = [names.key_alias(settings.environment, "*")]
    return {
        "data": document(
            *tables.write(scope, settings.tables),
            *buckets.write(scope, [scope.exports]),
            *buckets.write_manifest(scope),
            *keys.use_through(scope, "s3", writes=True),
        ),
        "backups": document(
            *backups.write_vaults(scope, [scope.vault], compliance=False),
            *backups.write_plans(scope),
            *keys.write(scope, aliases),
        ),
        "account": document(
            *alarms.write(scope),
            *service_roles.write(scope),
            *service_roles.hand_over(scope, services.BACKUP, services.S3),
        ),
    }
