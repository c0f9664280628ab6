from typing import Any

import pytest

from tests.emulator_process import BACKUP, PROD, REGION, Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, make_role, refusal, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import DAY, HOUR, back_up, make_table

pytestmark = pytest.mark.emulator


def _key(emulator: Emulator) -> str:
    return emulator.client("kms").create_key()["KeyMetadata"]["Arn"]


def test_a_vault_is_described_as_it_was_made(emulator: Emulator, backup: Any) -> None:
    key = _key(emulator)
    made = backup.create_backup_vault(BackupVaultName="with-key", EncryptionKeyArn=key)
    shown = backup.describe_backup_vault(BackupVaultName="with-key")
    assert made["BackupVaultArn"] == shown["BackupVaultArn"] == vault_arn("with-key")
    assert shown["EncryptionKeyArn"] == key
    assert (shown["VaultType"], shown["VaultState"]) == ("BACKUP_VAULT", "AVAILABLE")
    assert (shown["NumberOfRecoveryPoints"], shown["Locked"]) == (0, False)
    assert shown["EncryptionKeyType"] == "CUSTOMER_MANAGED_KMS_KEY"


def test_a_vault_without_a_key_gets_the_one_of_aws_backup(backup: Any) -> None:
    key = backup.describe_backup_vault(BackupVaultName=VAULT)["EncryptionKeyArn"]
    assert key.startswith(f"arn:aws:kms:{REGION}:{PROD}:key/")
    backup.create_backup_vault(BackupVaultName="another")
    assert backup.describe_backup_vault(BackupVaultName="another")["EncryptionKeyArn"] == key


def test_vaults_of_other_accounts_and_regions_are_other_vaults(emulator: Emulator, backup: Any) -> None:
    for elsewhere in (emulator.client("backup", account=BACKUP), emulator.client("backup", region="eu-west-1")):
        assert elsewhere.list_backup_vaults()["BackupVaultList"] == []
        elsewhere.create_backup_vault(BackupVaultName=VAULT)
        elsewhere.delete_backup_vault(BackupVaultName=VAULT)
    assert [vault["BackupVaultName"] for vault in backup.list_backup_vaults()["BackupVaultList"]] == [VAULT]


def test_fails_when_the_name_is_taken(backup: Any) -> None:
    assert refusal(backup.create_backup_vault, BackupVaultName=VAULT) == "AlreadyExistsException"


def test_the_same_request_again_is_answered_as_before(backup: Any) -> None:
    first = backup.create_backup_vault(BackupVaultName="once", CreatorRequestId="a")
    again = backup.create_backup_vault(BackupVaultName="once", CreatorRequestId="a")
    assert again["CreationDate"] == first["CreationDate"]


@pytest.mark.parametrize("name", ["x", "a" * 51, "dots.are.not", "nor spaces"])
def test_fails_when_the_name_has_another_form(backup: Any, name: str) -> None:
    assert refusal(backup.create_backup_vault, BackupVaultName=name) == "InvalidParameterValueException"


@pytest.mark.parametrize("name", ["xy", "a" * 50, "A-b_9"])
def test_a_name_is_2_to_50_letters_digits_hyphens_and_underscores(backup: Any, name: str) -> None:
    assert backup.create_backup_vault(BackupVaultName=name)["BackupVaultName"] == name


def test_fails_when_the_key_does_not_exist_is_an_alias_or_is_going(emulator: Emulator, backup: Any) -> None:
    key = _key(emulator)
    emulator.client("kms").create_alias(AliasName="alias/vault", TargetKeyId=key)
    emulator.client("kms").schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    absent = key.replace(key[-4:], "0000")
    for arn in (key, absent, f"arn:aws:kms:{REGION}:{PROD}:alias/vault", "not-an-arn"):
        code = refusal(backup.create_backup_vault, BackupVaultName="with-key", EncryptionKeyArn=arn)
        assert code == "InvalidParameterValueException"


def test_fails_when_an_absent_vault_is_described_as_for_lack_of_rights(backup: Any) -> None:
    assert refusal(backup.describe_backup_vault, BackupVaultName="absent") == "AccessDeniedException"


def test_fails_when_an_absent_vault_is_deleted(backup: Any) -> None:
    assert refusal(backup.delete_backup_vault, BackupVaultName="absent") == "ResourceNotFoundException"


def test_an_empty_vault_can_be_deleted(backup: Any) -> None:
    backup.delete_backup_vault(BackupVaultName=VAULT)
    assert backup.list_backup_vaults()["BackupVaultList"] == []


def test_fails_when_the_default_vault_is_deleted(backup: Any) -> None:
    backup.create_backup_vault(BackupVaultName="Default")
    assert refusal(backup.delete_backup_vault, BackupVaultName="Default") == "InvalidRequestException"


@pytest.mark.parametrize("kind", ["LOGICALLY_AIR_GAPPED_BACKUP_VAULT", "BACKUP_VAULT"])
def test_vaults_are_listed_by_type(backup: Any, kind: str) -> None:
    listed = backup.list_backup_vaults(ByVaultType=kind)["BackupVaultList"]
    assert len(listed) == (1 if kind == "BACKUP_VAULT" else 0)


@pytest.mark.parametrize("lock", [{}, {"MinRetentionDays": 1}])
def test_fails_when_a_vault_that_holds_points_is_deleted_until_it_is_empty(
    emulator: Emulator, backup: Any, lock: dict[str, int]
) -> None:
    make_table(emulator)
    make_role(emulator)
    back_up(backup, Lifecycle={"DeleteAfterDays": 1})
    if lock:
        backup.put_backup_vault_lock_configuration(BackupVaultName=VAULT, **lock)
    shown = backup.describe_backup_vault(BackupVaultName=VAULT)
    [listed] = backup.list_backup_vaults()["BackupVaultList"]
    assert shown["NumberOfRecoveryPoints"] == listed["NumberOfRecoveryPoints"] == 1
    assert refusal(backup.delete_backup_vault, BackupVaultName=VAULT) == "InvalidRequestException"
    emulator.advance(DAY + 8 * HOUR)
    assert backup.describe_backup_vault(BackupVaultName=VAULT)["NumberOfRecoveryPoints"] == 0
    backup.delete_backup_vault(BackupVaultName=VAULT)
