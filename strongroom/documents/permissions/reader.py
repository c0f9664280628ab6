"""What a source's reader role may do in the backup account: see that its own central side is there and kept up."""

from strongroom.config.settings import SourceSettings
from strongroom.documents.permissions import backups, buckets, keys
from strongroom.documents.permissions.scope import in_backup_account
from strongroom.documents.policy import Document, document


def policies(settings: SourceSettings) -> dict[str, Document]:
    """Policies of the reader role, by the last part of their names.

    It sees which points and versions are there and until when they are kept. It may not use the archive's key, so that
    whoever takes over a source's pipeline reads no data here.
    """
    scope = in_backup_account(settings)
    return {
        "look": document(
            *backups.list_points([scope.central_vaults]),
            *buckets.read([scope.archive]),
            *buckets.see_versions(scope.archive),
            *keys.read(scope),
        ),
    }
