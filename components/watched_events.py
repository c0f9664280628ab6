"""The events that an alarm topic hears of, by the name that each rule has as a resource."""

from collections.abc import Mapping
from typing import Final

from strongroom.documents import events
from strongroom.documents.events import Pattern

EVENTS: Final[Mapping[str, Pattern]] = {
    "unsuccessful-backups": events.unsuccessful("Backup Job State Change"),
    "unsuccessful-copies": events.unsuccessful("Copy Job State Change"),
    "unsuccessful-restores": events.unsuccessful("Restore Job State Change"),
    "changed-vaults": events.vault_changed(),
    "changed-plans": events.plan_changed(),
    "changed-opt-ins": events.region_settings_changed(),
    "weakened-backups": events.guards_called("aws.backup"),
    "weakened-tables": events.guards_called("aws.dynamodb"),
    "weakened-keys": events.guards_called("aws.kms"),
    "weakened-buckets": events.guards_called("aws.s3"),
}
"""The weakened ones are seen only where a CloudTrail trail records management events."""
