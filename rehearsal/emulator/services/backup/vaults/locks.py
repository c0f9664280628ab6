"""Vault locks: which lives a vault takes, and who may still change that."""

from datetime import UTC, datetime, timedelta
from typing import Final, NotRequired

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.happenings import announce
from rehearsal.emulator.services.backup.operations import Call, operation
from rehearsal.emulator.services.backup.records import Lock, Vault
from rehearsal.emulator.services.backup.vaults.vaults import OfVault, vault_of
from strongroom.facts.limits import LOCK_GRACE_DAYS, RETENTION_DAYS

_PAGE: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html"
_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_PutBackupVaultLockConfiguration.html"
_READ: Final = "2026-11-22"


class PutLock(OfVault):
    """Input of PutBackupVaultLockConfiguration."""

    MinRetentionDays: NotRequired[int]
    MaxRetentionDays: NotRequired[int]
    ChangeableForDays: NotRequired[int]


@rule(_API, read=_READ)
def refuse_lock_bounds_that_no_life_has(least: int | None, most: int | None) -> None:
    """A lock's bounds are 1 to 36,500 days, and the lower one is not above the upper one."""
    given = [days for days in (least, most) if days is not None]
    outside = [days for days in given if not RETENTION_DAYS.low <= days <= RETENTION_DAYS.high]
    if outside or given != sorted(given):
        raise Refused(
            "InvalidParameterValueException",
            f"MinRetentionDays and MaxRetentionDays must be {RETENTION_DAYS.low} to {RETENTION_DAYS.high}"
            f" and in this order, got {least} and {most}.",
        )


@rule(_API, read=_READ)
def refuse_a_grace_time_outside_its_bounds(days: int) -> None:
    """A compliance lock can be changed for 3 to 36,500 days."""
    if not LOCK_GRACE_DAYS.low <= days <= LOCK_GRACE_DAYS.high:
        raise Refused(
            "InvalidParameterValueException",
            f"ChangeableForDays must be {LOCK_GRACE_DAYS.low} to {LOCK_GRACE_DAYS.high}, got {days}.",
        )


@rule(_PAGE, read=_READ)
def refuse_to_change_an_immutable_lock(lock_date: float | None, now: float) -> None:
    """From its lock date on, a compliance lock can be changed or removed by nobody."""
    if lock_date is not None and now >= lock_date:
        raise Refused(
            "InvalidRequestException",
            f"The vault lock is immutable since {datetime.fromtimestamp(lock_date, UTC):%Y-%m-%dT%H:%M:%SZ}.",
        )


@operation("PutBackupVaultLockConfiguration")
def put_backup_vault_lock_configuration(call: Call, asked: PutLock) -> None:
    """Lock a vault: in governance mode, or with `ChangeableForDays` in compliance mode."""
    vault = _changeable(call, asked)
    least, most, grace = asked.get("MinRetentionDays"), asked.get("MaxRetentionDays"), asked.get("ChangeableForDays")
    refuse_lock_bounds_that_no_life_has(least, most)
    if grace is not None:
        refuse_a_grace_time_outside_its_bounds(grace)
    lock: Lock = {
        "MinRetentionDays": least,
        "MaxRetentionDays": most,
        "LockDate": None if grace is None else round((call.now + timedelta(days=grace)).timestamp(), 3),
    }
    _keep(call, {**vault, "Lock": lock})


@operation("DeleteBackupVaultLockConfiguration")
def delete_backup_vault_lock_configuration(call: Call, asked: OfVault) -> None:
    """Unlock a vault; without a lock nothing happens."""
    unlocked = _changeable(call, asked).copy()
    unlocked.pop("Lock", None)
    _keep(call, unlocked)


def _keep(call: Call, vault: Vault) -> None:
    call.store.vaults.put(call.place, vault["BackupVaultName"], vault)
    is_locked = "true" if "Lock" in vault else "false"
    detail = {"backupVaultName": vault["BackupVaultName"], "state": "MODIFIED", "isLocked": is_locked}
    announce(call, "Backup Vault State Change", detail, [vault["BackupVaultArn"]])


def _changeable(call: Call, asked: OfVault) -> Vault:
    vault = vault_of(call, asked["BackupVaultName"])
    lock = vault.get("Lock")
    refuse_to_change_an_immutable_lock(lock["LockDate"] if lock else None, call.timestamp)
    return vault
