"""Notifications of vaults to topics."""

from typing import Final

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.operations import Answer, Call, operation
from rehearsal.emulator.services.backup.records import Notifications
from rehearsal.emulator.services.backup.store import Place
from rehearsal.emulator.services.backup.vaults.vaults import OfVault, vault_of

_GUIDE: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html"
_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_GetBackupVaultNotifications.html"
_READ: Final = "2026-11-22"


class PutNotifications(OfVault):
    """Input of PutBackupVaultNotifications."""

    SNSTopicArn: str
    BackupVaultEvents: list[str]


@rule(_GUIDE, read=_READ)
def refuse_a_topic_that_a_vault_cannot_tell(arn: str, place: Place, exists: bool) -> None:
    """A vault tells only a standard topic of its own account that exists."""
    parts = arn.split(":")
    own = len(parts) == 6 and parts[2] == "sns" and parts[4] == place.account and not arn.endswith(".fifo")
    if not (own and exists):
        raise Refused(
            "InvalidParameterValueException",
            f"The topic {arn} must be a standard topic of account {place.account} that exists.",
        )


@rule(_API, read=_READ)
def refuse_absent_notifications(vault: str, exists: bool) -> None:
    """The notifications of a vault that has none are not found."""
    if not exists:
        raise Refused("ResourceNotFoundException", f"Backup vault {vault} has no notification configuration.")


@operation("PutBackupVaultNotifications")
def put_backup_vault_notifications(call: Call, asked: PutNotifications) -> None:
    """Tell a topic of a vault's events, in the place of an earlier one."""
    vault, topic = vault_of(call, asked["BackupVaultName"]), asked["SNSTopicArn"]
    refuse_a_topic_that_a_vault_cannot_tell(topic, call.place, call.neighbours.is_topic(topic))
    told: Notifications = {"SNSTopicArn": topic, "BackupVaultEvents": asked["BackupVaultEvents"]}
    call.store.vaults.put(call.place, vault["BackupVaultName"], {**vault, "Notifications": told})


@operation("GetBackupVaultNotifications")
def get_backup_vault_notifications(call: Call, asked: OfVault) -> Answer:
    """Return which topic hears of which events."""
    vault = vault_of(call, asked["BackupVaultName"])
    told = vault.get("Notifications")
    refuse_absent_notifications(vault["BackupVaultName"], told is not None)
    return {"BackupVaultName": vault["BackupVaultName"], "BackupVaultArn": vault["BackupVaultArn"], **(told or {})}


@operation("DeleteBackupVaultNotifications")
def delete_backup_vault_notifications(call: Call, asked: OfVault) -> None:
    """Tell no topic any more; without notifications nothing happens."""
    silent = vault_of(call, asked["BackupVaultName"]).copy()
    silent.pop("Notifications", None)
    call.store.vaults.put(call.place, silent["BackupVaultName"], silent)
