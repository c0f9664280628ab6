"""What a source's provisioner role may do in the backup account: make its own archive (single-pipeline mode)."""

from strongroom.config.settings import SourceSettings
from strongroom.documents.permissions import buckets, keys
from strongroom.documents.permissions.scope import in_backup_account
from strongroom.documents.policy import Document, document
from strongroom.facts import names


def policies(settings: SourceSettings) -> dict[str, Document]:
    """Policies of the provisioner role besides those of the reader, by the last part of their names."""
    scope = in_backup_account(settings)
    alias = names.key_alias(settings.environment, "archive")
    return {
        "archive": document(*buckets.write(scope, [scope.archive]), *keys.write(scope, [alias])),
    }
