import pytest

from tests.emulator_people import allow, deny, make_role, refuses
from tests.emulator_process import Emulator
from tests.rehearsal.emulator.resource_cases import CASES, Case, arn, make_table, make_vault

pytestmark = pytest.mark.emulator

DENIED = {"sns": "AuthorizationError", "iam": "AccessDenied"}
"""Error code of a denial; AccessDeniedException elsewhere."""
BY_ACTION = pytest.mark.parametrize("case", CASES, ids=[case[2] for case in CASES])


@BY_ACTION
def test_an_action_is_allowed_by_the_arn_of_its_resource(emulator: Emulator, case: Case) -> None:
    make, service, action, resource, operation, parameters = case
    make(emulator)
    role = make_role(emulator, "scoped", allow(action, resource))
    getattr(emulator.client(service, role_arn=role), operation)(**parameters)


@BY_ACTION
def test_fails_when_an_action_is_allowed_on_another_resource(emulator: Emulator, case: Case) -> None:
    make, service, action, resource, operation, parameters = case
    make(emulator)
    role = make_role(emulator, "scoped", allow(action, f"{resource}-other"))
    with refuses(DENIED.get(service, "AccessDeniedException")):
        getattr(emulator.client(service, role_arn=role), operation)(**parameters)


@BY_ACTION
def test_fails_when_an_action_is_denied_on_its_resource(emulator: Emulator, case: Case) -> None:
    make, service, action, resource, operation, parameters = case
    make(emulator)
    role = make_role(emulator, "scoped", allow("*"), deny(action, resource))
    with refuses(DENIED.get(service, "AccessDeniedException")):
        getattr(emulator.client(service, role_arn=role), operation)(**parameters)


@pytest.fixture
def key(emulator: Emulator) -> str:
    kms = emulator.client("kms")
    made: str = kms.create_key()["KeyMetadata"]["Arn"]
    kms.create_alias(AliasName="alias/known", TargetKeyId=made)
    return made


def test_a_key_named_by_its_alias_is_judged_by_the_keys_arn(emulator: Emulator, key: str) -> None:
    role = make_role(emulator, "encrypter", allow("kms:Encrypt", key))
    assert emulator.client("kms", role_arn=role).encrypt(KeyId="alias/known", Plaintext=b"x")["KeyId"] == key


def test_fails_when_only_the_alias_is_allowed(emulator: Emulator, key: str) -> None:
    role = make_role(emulator, "encrypter", allow("kms:Encrypt", arn("kms", "alias/known")))
    with refuses("AccessDeniedException"):
        emulator.client("kms", role_arn=role).encrypt(KeyId="alias/known", Plaintext=b"x")
    assert key


def test_an_alias_needs_both_the_alias_and_its_key(emulator: Emulator, key: str) -> None:
    alias = arn("kms", "alias/new")
    both = make_role(emulator, "both", allow("kms:CreateAlias", [alias, key]))
    emulator.client("kms", role_arn=both).create_alias(AliasName="alias/new", TargetKeyId=key)
    for name, only in (("alias-only", alias), ("key-only", key)):
        role = make_role(emulator, name, allow("kms:DeleteAlias", only))
        with refuses("AccessDeniedException"):
            emulator.client("kms", role_arn=role).delete_alias(AliasName="alias/new")


def test_a_plan_is_named_by_its_id(emulator: Emulator) -> None:
    backup = emulator.client("backup")
    make_vault(emulator)
    rule = {"RuleName": "daily", "TargetBackupVaultName": "strongroom-prod"}
    made = backup.create_backup_plan(BackupPlan={"BackupPlanName": "daily", "Rules": [rule]})
    role = make_role(emulator, "reader", allow("backup:GetBackupPlan", made["BackupPlanArn"]))
    assert emulator.client("backup", role_arn=role).get_backup_plan(BackupPlanId=made["BackupPlanId"])
    other = make_role(emulator, "other", allow("backup:GetBackupPlan", arn("backup", "backup-plan:other")))
    with refuses("AccessDeniedException"):
        emulator.client("backup", role_arn=other).get_backup_plan(BackupPlanId=made["BackupPlanId"])


def test_a_restore_needs_the_backup_and_the_new_table(emulator: Emulator) -> None:
    make_table(emulator)
    made = emulator.client("dynamodb").create_backup(TableName="receipts", BackupName="nightly")
    backup = made["BackupDetails"]["BackupArn"]
    parameters = {"BackupArn": backup, "TargetTableName": "restored"}
    action, target = "dynamodb:RestoreTableFromBackup", arn("dynamodb", "table/restored")
    half = make_role(emulator, "half", allow(action, backup))
    with refuses("AccessDeniedException"):
        emulator.client("dynamodb", role_arn=half).restore_table_from_backup(**parameters)
    filling = ["BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem"]
    fills = allow([f"dynamodb:{name}" for name in filling], target)
    whole = make_role(emulator, "whole", allow(action, [backup, target]), fills)
    emulator.client("dynamodb", role_arn=whole).restore_table_from_backup(**parameters)
