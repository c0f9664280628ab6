"""The components that programs in any language may use."""

from typing import Final

import pulumi

from components.backup_alarms import BackupAlarms
from components.central_vault import CentralVault
from components.local_backup import LocalBackup
from components.protected_table import ProtectedTable
from components.replicated_export_bucket import ReplicatedExportBucket

COMPONENTS: Final[tuple[type[pulumi.ComponentResource], ...]] = (
    BackupAlarms,
    CentralVault,
    LocalBackup,
    ProtectedTable,
    ReplicatedExportBucket,
)
