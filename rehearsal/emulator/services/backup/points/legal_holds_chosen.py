"""Which points a legal hold takes, when it is made: decided without any record of the service."""

from collections.abc import Mapping
from typing import Any, Final

from rehearsal.emulator.services.backup.records import HeldPoints

_GOING: Final = ("DELETING", "EXPIRED")
"""https://docs.aws.amazon.com/aws-backup/latest/devguide/legalhold.html#legalhold-creation (read 2026-11-22)."""


def is_chosen(selection: HeldPoints | None, point: Mapping[str, Any]) -> bool:
    """Return whether a hold takes a point: it meets all that the selection says, and is not on its way out.

    Args:
        selection: None: every point of the account and region.
        point: A recovery point.
    """
    if point["Status"] in _GOING:
        return False
    chosen = selection or {}
    vaults, resources, dates = (
        chosen.get("VaultNames"),
        chosen.get("ResourceIdentifiers"),
        chosen.get("DateRange"),
    )
    return (
        (not vaults or point["BackupVaultName"] in vaults)
        and (not resources or bool({point["ResourceArn"], point["ResourceType"]} & set(resources)))
        and (dates is None or dates["FromDate"] <= point["CreationDate"] <= dates["ToDate"])
    )
