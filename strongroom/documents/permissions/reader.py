"""What a source's reader role may do in the backup account: see that the source's own central side is there."""

from strongroom.config.archive import ManagedBy
from strongroom.config.settings import SourceSettings
from strongroom.documents.permissions import backups, buckets, keys
from strongroom.documents.permissions.scope import in_backup_account
from strongroom.documents.policy import Document, document


def policies(settings: SourceSettings) -> dict[str, Document]:
    """Policies of the reader role, by the last part of their names."""
    scope = in_backup_account(settings)
    own_keys = keys.read(scope) if settings.archive.managed_by is ManagedBy.SOURCE else []
    return {
        "look": document(*backups.read_vaults([scope.central_vaults]), *buckets.read([scope.archive]), *own_keys),
    }
