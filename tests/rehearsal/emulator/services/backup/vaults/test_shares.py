"""What an account may do with a logically air-gapped vault that another one shares with it."""

from typing import Any

import pytest

from tests.emulator_people import allow, deny, document
from tests.emulator_process import BACKUP, PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import refusal, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import TABLE_ARN
from tests.rehearsal.emulator.services.backup.copying import (
    Pair,
    let_in,
    make_key,
    make_pair,
    restore,
    restore_role,
)
from tests.rehearsal.emulator.services.ram.sharing import VAULT, accept, make_vault, ram_of, share

pytestmark = pytest.mark.emulator

_OWNER = {"BackupVaultName": VAULT, "BackupVaultAccountId": BACKUP}


@pytest.fixture
def shared(emulator: Emulator, backup: Any) -> tuple[Pair, Any, str]:
    """A copy in an air-gapped vault that is shared with an account outside; AWS Backup of that one, and the copy."""
    pair = make_pair(emulator, backup, Lifecycle={"DeleteAfterDays": 35})
    make_vault(emulator)
    let_in(pair.central, VAULT)
    copied = pair.copy(DestinationBackupVaultArn=vault_arn(VAULT, BACKUP))["DestinationRecoveryPointArn"]
    stranger = emulator.control("POST", "accounts", {"name": "stranger", "outside": True})["id"]
    share(ram_of(emulator, BACKUP), stranger)
    accept(ram_of(emulator, stranger))
    return pair, emulator.client("backup", account=stranger), copied


def _account(pair: Pair) -> str:
    return next(one["id"] for one in pair.emulator.control("GET", "accounts") if one["name"] == "stranger")


def test_a_shared_vault_is_described_with_its_owners_account(shared: tuple[Pair, Any, str]) -> None:
    _, theirs, _ = shared
    shown = theirs.describe_backup_vault(**_OWNER)
    assert (shown["BackupVaultArn"], shown["NumberOfRecoveryPoints"]) == (vault_arn(VAULT, BACKUP), 1)
    assert shown["EncryptionKeyType"] == "AWS_OWNED_KMS_KEY"
    assert refusal(theirs.describe_backup_vault, BackupVaultName=VAULT) == "AccessDeniedException"
    other = {"BackupVaultName": "central", "BackupVaultAccountId": BACKUP}
    assert refusal(theirs.describe_backup_vault, **other) == "AccessDeniedException"


def test_the_points_of_a_shared_vault_are_seen(shared: tuple[Pair, Any, str]) -> None:
    pair, theirs, copied = shared
    [point] = theirs.list_recovery_points_by_backup_vault(**_OWNER)["RecoveryPoints"]
    assert (point["RecoveryPointArn"], point["ResourceArn"]) == (copied, TABLE_ARN)
    assert theirs.describe_recovery_point(**_OWNER, RecoveryPointArn=copied)["Status"] == "COMPLETED"
    metadata = theirs.get_restore_testing_inferred_metadata(**_OWNER, RecoveryPointArn=copied)["InferredMetadata"]
    assert metadata["encryptionType"] == "Default"
    ci = pair.emulator.client("backup", account="222222222222")
    assert refusal(ci.list_recovery_points_by_backup_vault, **_OWNER) in {
        "ResourceNotFoundException",
        "AccessDeniedException",
    }


def test_a_point_of_a_shared_vault_is_restored_by_the_other_account(shared: tuple[Pair, Any, str]) -> None:
    pair, theirs, copied = shared
    account = _account(pair)
    job = restore(theirs, copied, restore_role(pair.emulator, account))
    assert (job["Status"], job["AccountId"], job["BackupVaultArn"]) == (
        "COMPLETED",
        account,
        vault_arn(VAULT, BACKUP),
    )
    items = pair.emulator.client("dynamodb", account=account).scan(TableName="again")["Items"]
    assert sorted(item["id"]["S"] for item in items) == ["0", "1", "2"]


def test_fails_when_the_share_has_ended(shared: tuple[Pair, Any, str]) -> None:
    pair, theirs, copied = shared
    role = restore_role(pair.emulator, _account(pair))
    ram = ram_of(pair.emulator, BACKUP)
    [made] = ram.get_resource_shares(resourceOwner="SELF")["resourceShares"]
    ram.delete_resource_share(resourceShareArn=made["resourceShareArn"])
    asked = {"RecoveryPointArn": copied, "IamRoleArn": role, "Metadata": {"targetTableName": "again"}}
    assert refusal(theirs.start_restore_job, **asked) == "AccessDeniedException"
    assert refusal(theirs.describe_backup_vault, **_OWNER) == "AccessDeniedException"


def test_fails_when_a_shared_point_is_copied_deleted_or_shortened(shared: tuple[Pair, Any, str]) -> None:
    pair, theirs, copied = shared
    theirs.create_backup_vault(BackupVaultName="own")
    asked = {
        "RecoveryPointArn": copied,
        "SourceBackupVaultName": VAULT,
        "DestinationBackupVaultArn": vault_arn("own", _account(pair)),
        "IamRoleArn": restore_role(pair.emulator, _account(pair)),
    }
    assert refusal(theirs.start_copy_job, **asked) == "AccessDeniedException"
    point = {"BackupVaultName": VAULT, "RecoveryPointArn": copied}
    assert refusal(theirs.delete_recovery_point, **point) == "AccessDeniedException"
    life = {"DeleteAfterDays": 8}
    assert refusal(theirs.update_recovery_point_lifecycle, **point, Lifecycle=life) == "AccessDeniedException"


def test_the_vaults_own_policy_may_deny_what_a_share_gives(shared: tuple[Pair, Any, str]) -> None:
    pair, theirs, copied = shared
    pair.central.put_backup_vault_access_policy(
        BackupVaultName=VAULT, Policy=document(deny("backup:StartRestoreJob", Principal="*"))
    )
    role = restore_role(pair.emulator, _account(pair))
    asked = {"RecoveryPointArn": copied, "IamRoleArn": role, "Metadata": {"targetTableName": "again"}}
    assert refusal(theirs.start_restore_job, **asked) == "AccessDeniedException"


def test_a_restore_from_a_vault_under_a_customers_key_needs_that_key(emulator: Emulator, backup: Any) -> None:
    pair = make_pair(emulator, backup, Lifecycle={"DeleteAfterDays": 35})
    stranger = emulator.control("POST", "accounts", {"name": "stranger", "outside": True})["id"]
    used = allow(["kms:DescribeKey", "kms:CreateGrant"], Principal={"AWS": PROD})
    key = make_key(emulator, BACKUP, used)
    pair.central.create_logically_air_gapped_backup_vault(
        BackupVaultName=VAULT, MinRetentionDays=7, MaxRetentionDays=90, EncryptionKeyArn=key
    )
    let_in(pair.central, VAULT)
    copied = pair.copy(DestinationBackupVaultArn=vault_arn(VAULT, BACKUP))["DestinationRecoveryPointArn"]
    share(ram_of(emulator, BACKUP), stranger)
    accept(ram_of(emulator, stranger))
    theirs, role = emulator.client("backup", account=stranger), restore_role(emulator, stranger)
    assert restore(theirs, copied, role)["Status"] == "FAILED"
    own = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{BACKUP}:root"})
    opened = allow(["kms:DescribeKey", "kms:CreateGrant", "kms:Decrypt"], Principal={"AWS": stranger})
    policy = document(own, used, opened)
    emulator.client("kms", account=BACKUP).put_key_policy(KeyId=key, PolicyName="default", Policy=policy)
    assert restore(theirs, copied, role)["Status"] == "COMPLETED"
