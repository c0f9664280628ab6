import pytest

from tests.emulator_process import PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, plan, refusal, vault_arn

pytestmark = pytest.mark.emulator


def test_vaults_and_plans_survive_a_crash(own_emulator: Emulator) -> None:
    backup = own_emulator.root("backup")
    backup.create_backup_vault(BackupVaultName=VAULT)
    backup.put_backup_vault_lock_configuration(BackupVaultName=VAULT, MinRetentionDays=35, ChangeableForDays=3)
    made = backup.create_backup_plan(BackupPlan=plan())["BackupPlanId"]
    before = backup.describe_backup_vault(BackupVaultName=VAULT)
    own_emulator.crash()
    backup = own_emulator.root("backup")
    after = backup.describe_backup_vault(BackupVaultName=VAULT)
    assert {name: after[name] for name in ("CreationDate", "LockDate", "MinRetentionDays")} == {
        name: before[name] for name in ("CreationDate", "LockDate", "MinRetentionDays")
    }
    assert backup.get_backup_plan(BackupPlanId=made)["BackupPlan"]["BackupPlanName"] == "tables"


def test_a_lost_account_loses_its_vaults(emulator: Emulator) -> None:
    emulator.control("POST", "accounts", {"name": "fresh", "id": "555555555555", "unit": "Sources"})
    fresh = emulator.client("backup", account="555555555555")
    fresh.create_backup_vault(BackupVaultName=VAULT)
    emulator.control("POST", "accounts/fresh/lose")
    assert refusal(fresh.list_backup_vaults) in {"UnrecognizedClientException", "InvalidClientTokenId"}
    assert emulator.client("backup", account=PROD).list_backup_vaults()["BackupVaultList"] == []


def test_a_reset_forgets_what_came_after_the_seal(emulator: Emulator) -> None:
    emulator.root("backup").create_backup_vault(BackupVaultName=VAULT)
    emulator.reset()
    assert emulator.root("backup").list_backup_vaults()["BackupVaultList"] == []


def test_resources_are_found_by_their_tags(emulator: Emulator) -> None:
    emulator.client("backup").create_backup_vault(BackupVaultName=VAULT, BackupVaultTags={"tier": "daily"})
    found = emulator.client("resourcegroupstaggingapi").get_resources(TagFilters=[{"Key": "tier", "Values": ["daily"]}])
    assert [one["ResourceARN"] for one in found["ResourceTagMappingList"]] == [vault_arn()]
