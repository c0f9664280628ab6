"""Backup vaults."""

from typing import Final, NotRequired, TypedDict, cast
from uuid import NAMESPACE_URL, uuid5

from rehearsal.emulator.services.backup import tag_rules
from rehearsal.emulator.services.backup.job_records import Point
from rehearsal.emulator.services.backup.operations import Answer, Call, Work, operation
from rehearsal.emulator.services.backup.paging import Paged, paged
from rehearsal.emulator.services.backup.records import Vault
from rehearsal.emulator.services.backup.store import Place, Store
from rehearsal.emulator.services.backup.vaults import shares, vault_rules
from rehearsal.emulator.services.backup.vaults.air_gapped import STANDARD, is_air_gapped

_KEY_ACTIONS: Final = ("kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant", "kms:Decrypt", "kms:GenerateDataKey")


class OfVault(TypedDict):
    """Input of an operation on one vault."""

    BackupVaultName: str


class CreateVault(OfVault):
    """Input of CreateBackupVault."""

    BackupVaultTags: NotRequired[dict[str, str]]
    EncryptionKeyArn: NotRequired[str]
    CreatorRequestId: NotRequired[str]


class DescribeVault(OfVault):
    """Input of DescribeBackupVault."""

    BackupVaultAccountId: NotRequired[str]


class ListVaults(Paged, total=False):
    """Input of ListBackupVaults."""

    ByVaultType: str
    ByShared: bool


def vault_of(call: Call, name: str) -> Vault:
    """Return a vault of the caller's account and region.

    Raises:
        Refused: there is none of that name.
    """
    vault = call.store.vaults.get(call.place, name)
    vault_rules.refuse_an_absent_vault(name, vault is not None)
    return cast("Vault", vault)


def vault_in(store: Store, place: Place, arn: str) -> Vault | None:
    """Return the vault of an ARN at its place; None when there is none."""
    vault = store.vaults.get(place, arn.rpartition(":")[2])
    return vault if vault and vault["BackupVaultArn"] == arn else None


def points_in(work: Work, vault: str) -> list[Point]:
    """Return the recovery points of a vault of the place."""
    return [point for point in work.store.points.of(work.place) if point["BackupVaultName"] == vault]


@operation("CreateBackupVault")
def create_backup_vault(call: Call, asked: CreateVault) -> Answer:
    """Make a vault; the same request again, told by its CreatorRequestId, is answered as before."""
    name, creator = asked["BackupVaultName"], asked.get("CreatorRequestId")
    existing = call.store.vaults.get(call.place, name)
    if existing is None or creator is None or existing["CreatorRequestId"] != creator:
        vault_rules.refuse_a_vault_that_exists(name, existing is not None)
        existing = _made(call, asked)
    return {member: existing[member] for member in ("BackupVaultName", "BackupVaultArn", "CreationDate")}


@operation("DescribeBackupVault")
def describe_backup_vault(call: Call, asked: DescribeVault) -> Answer:
    """Show a vault and its lock; of another account, given as `BackupVaultAccountId`, one that is shared."""
    name = asked["BackupVaultName"]
    place = shares.vault_place(call, name, asked.get("BackupVaultAccountId"))
    vault_rules.refuse_to_describe_an_absent_vault(place is not None)
    there = call.at(cast("Place", place))
    return _shown(there, cast("Vault", there.store.vaults.get(there.place, name)))


@operation("DeleteBackupVault")
def delete_backup_vault(call: Call, asked: OfVault) -> None:
    """Delete an empty vault, locked or not."""
    name = asked["BackupVaultName"]
    vault_of(call, name)
    vault_rules.refuse_to_delete_the_default_vault(name)
    vault_rules.refuse_to_delete_a_vault_that_holds_points(len(points_in(call, name)))
    call.store.vaults.remove(call.place, name)


@operation("ListBackupVaults")
def list_backup_vaults(call: Call, asked: ListVaults) -> Answer:
    """List the account's vaults of this region, or those that other accounts share with it."""
    if asked.get("ByShared"):
        shown = [_shown(call.at(place), vault) for place, vault in shares.vaults_shared_with(call)]
    else:
        shown = [_shown(call, vault) for vault in call.store.vaults.of(call.place)]
    kind = asked.get("ByVaultType")
    return paged("BackupVaultList", [vault for vault in shown if kind in (None, vault["VaultType"])], asked)


def _made(call: Call, asked: CreateVault) -> Vault:
    name, key = asked["BackupVaultName"], asked.get("EncryptionKeyArn")
    tag_rules.check(asked.get("BackupVaultTags", {}))
    vault_rules.refuse_a_creator_without_the_rights(call.neighbours.may("backup-storage:MountCapsule", "*"))
    if key:
        vault_rules.refuse_a_key_that_cannot_encrypt(key, call.neighbours.key_state(key))
        via = {"kms:ViaService": f"backup.{call.place.region}.amazonaws.com", "kms:GrantIsForAWSResource": "true"}
        vault_rules.refuse_a_creator_without_the_rights(
            all(call.neighbours.may(action, key, via) for action in _KEY_ACTIONS)
        )
    vault: Vault = {
        "BackupVaultName": name,
        "BackupVaultArn": call.arn("backup-vault", name),
        "EncryptionKeyArn": key or _aws_managed_key(call.place),
        "KeyIsCustomerManaged": key is not None,
        "CreationDate": call.timestamp,
        "CreatorRequestId": asked.get("CreatorRequestId"),
        "Tags": asked.get("BackupVaultTags", {}),
    }
    call.store.vaults.put(call.place, name, vault)
    return vault


def _aws_managed_key(place: Place) -> str:
    # The key behind alias/aws/backup; its id never changes within an account and region.
    key = uuid5(NAMESPACE_URL, f"aws/backup {place.account} {place.region}")
    return f"arn:aws:kms:{place.region}:{place.account}:key/{key}"


def _shown(work: Work, vault: Vault) -> dict[str, object]:
    lock = vault.get("Lock")
    return {
        "BackupVaultName": vault["BackupVaultName"],
        "BackupVaultArn": vault["BackupVaultArn"],
        "VaultType": vault.get("VaultType", STANDARD),
        "VaultState": vault.get("VaultState", "AVAILABLE"),
        "EncryptionKeyArn": vault["EncryptionKeyArn"] or None,
        "EncryptionKeyType": _key_type(vault),
        "CreationDate": vault["CreationDate"],
        "CreatorRequestId": vault["CreatorRequestId"],
        "NumberOfRecoveryPoints": len(points_in(work, vault["BackupVaultName"])),
        "Locked": lock is not None,
        **(lock or {}),
    }


def _key_type(vault: Vault) -> str | None:
    if vault["KeyIsCustomerManaged"]:
        return "CUSTOMER_MANAGED_KMS_KEY"
    return "AWS_OWNED_KMS_KEY" if is_air_gapped(vault) else None
