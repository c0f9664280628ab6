"""Logically air-gapped vaults: locked in compliance mode from the first moment, under a key that AWS owns."""

from typing import Final, NotRequired

from rehearsal.emulator.rules import Refused, differs, rule
from rehearsal.emulator.services.backup import tag_rules
from rehearsal.emulator.services.backup.engine import step
from rehearsal.emulator.services.backup.operations import Answer, Call, Work, operation
from rehearsal.emulator.services.backup.records import Vault
from rehearsal.emulator.services.backup.router import BACKUP
from rehearsal.emulator.services.backup.store import Place
from rehearsal.emulator.services.backup.vaults import vault_rules
from rehearsal.emulator.services.backup.vaults.air_gapped import AIR_GAPPED, is_air_gapped
from rehearsal.emulator.services.backup.vaults.vaults import OfVault, vault_in
from rehearsal.emulator.services.ram.shareable import SHAREABLE
from strongroom.facts.limits import RETENTION_DAYS

_GUIDE: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html"
_READ: Final = "2026-11-22"
_LEAST_DAYS: Final = 7
_AVAILABLE: Final = "air-gapped vault is available"

differs(
    "AWS Backup",
    "A logically air-gapped vault is available at once; AWS takes one to three minutes.",
    "Multi-party approval and restore access vaults are not served: their operations answer NotImplemented.",
)


class CreateAirGapped(OfVault):
    """Input of CreateLogicallyAirGappedBackupVault."""

    MinRetentionDays: int
    MaxRetentionDays: int
    BackupVaultTags: NotRequired[dict[str, str]]
    CreatorRequestId: NotRequired[str]
    EncryptionKeyArn: NotRequired[str]


@rule(_GUIDE, read=_READ)
def refuse_air_gapped_bounds_that_are_none(least: int, most: int) -> None:
    """A logically air-gapped vault keeps a point at least 7 days, and at most 100 years."""
    if not _LEAST_DAYS <= least <= most <= RETENTION_DAYS.high:
        raise Refused(
            "InvalidParameterValueException",
            f"MinRetentionDays must be at least {_LEAST_DAYS}, and MaxRetentionDays from there to "
            f"{RETENTION_DAYS.high}, got {least} and {most}.",
        )


@rule(f"{_GUIDE}#lag-encryption-key-types", read=_READ)
def refuse_who_may_not_let_backup_use_the_key(allowed: bool) -> None:
    """Who makes a logically air-gapped vault under a key of his own may describe it and make grants on it."""
    if not allowed:
        raise Refused("AccessDeniedException", "Insufficient privileges to perform this action.")


@operation("CreateLogicallyAirGappedBackupVault")
def create_logically_air_gapped_backup_vault(call: Call, asked: CreateAirGapped) -> Answer:
    """Make a vault that is locked at once; the same request again, told by its id, is answered as before."""
    name, creator = asked["BackupVaultName"], asked.get("CreatorRequestId")
    existing = call.store.vaults.get(call.place, name)
    if existing is None or creator is None or existing["CreatorRequestId"] != creator:
        vault_rules.refuse_a_vault_that_exists(name, existing is not None)
        _check(call, asked)
        existing = _made(call, asked)
        call.store.dues.set(call.place, _AVAILABLE, name, call.now)
    shown = {member: existing[member] for member in ("BackupVaultName", "BackupVaultArn", "CreationDate")}
    return {**shown, "VaultState": existing.get("VaultState", "AVAILABLE")}


@step(_AVAILABLE)
def become_available(work: Work, name: str) -> None:
    """Let a vault be used; one that was deleted meanwhile stays deleted."""
    vault = work.store.vaults.get(work.place, name)
    if vault:
        ready = vault.copy()
        ready.pop("VaultState", None)
        work.store.vaults.put(work.place, name, ready)


def _check(call: Call, asked: CreateAirGapped) -> None:
    refuse_air_gapped_bounds_that_are_none(asked["MinRetentionDays"], asked["MaxRetentionDays"])
    tag_rules.check(asked.get("BackupVaultTags", {}))
    key = asked.get("EncryptionKeyArn")
    if key:
        vault_rules.refuse_a_key_that_cannot_encrypt(key, call.neighbours.key_state(key))
        via = {"kms:ViaService": f"backup.{call.place.region}.amazonaws.com"}
        granting = {**via, "kms:GrantIsForAWSResource": "true"}
        refuse_who_may_not_let_backup_use_the_key(
            call.neighbours.may("kms:DescribeKey", key, via) and call.neighbours.may("kms:CreateGrant", key, granting)
        )


def _made(call: Call, asked: CreateAirGapped) -> Vault:
    vault: Vault = {
        "BackupVaultName": asked["BackupVaultName"],
        "BackupVaultArn": call.arn("backup-vault", asked["BackupVaultName"]),
        "VaultType": AIR_GAPPED,
        "VaultState": "CREATING",
        "EncryptionKeyArn": asked.get("EncryptionKeyArn", ""),
        "KeyIsCustomerManaged": "EncryptionKeyArn" in asked,
        "CreationDate": call.timestamp,
        "CreatorRequestId": asked.get("CreatorRequestId"),
        "Tags": asked.get("BackupVaultTags", {}),
        "Lock": {
            "MinRetentionDays": asked["MinRetentionDays"],
            "MaxRetentionDays": asked["MaxRetentionDays"],
            "LockDate": call.timestamp,
        },
    }
    call.store.vaults.put(call.place, asked["BackupVaultName"], vault)
    return vault


def _can_be_shared(arn: str) -> bool | None:
    parts = [*arn.split(":"), ""]
    vault = vault_in(BACKUP.store, Place(parts[4], parts[3]), arn) if parts[5] == "backup-vault" else None
    return is_air_gapped(vault) if vault else None


SHAREABLE["backup"] = _can_be_shared
