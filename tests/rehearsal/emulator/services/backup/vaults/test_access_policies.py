import json
from typing import Any

import pytest

from tests.emulator_people import make_role as make_person
from tests.emulator_process import BACKUP, PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, make_role, refusal, vault_arn
from tests.rehearsal.emulator.services.backup.backing_up import back_up, make_table

pytestmark = pytest.mark.emulator


@pytest.fixture
def administrator(emulator: Emulator, backup: Any) -> Any:  # noqa: ARG001 - its vault is what the tests are about
    """AWS Backup as the administrator of prod calls it: no root, so that denials bind."""
    return emulator.client("backup")


def _policy(**changes: object) -> str:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "backup:CopyIntoBackupVault", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement | changes]})


def _put(backup: Any, policy: str) -> None:
    backup.put_backup_vault_access_policy(BackupVaultName=VAULT, Policy=policy)


def test_a_policy_is_returned_as_it_was_put_and_can_be_taken_away(backup: Any) -> None:
    _put(backup, _policy(Action="backup:DeleteRecoveryPoint"))
    _put(backup, _policy())
    shown = backup.get_backup_vault_access_policy(BackupVaultName=VAULT)
    assert (shown["Policy"], shown["BackupVaultArn"]) == (_policy(), vault_arn())
    backup.delete_backup_vault_access_policy(BackupVaultName=VAULT)
    assert refusal(backup.get_backup_vault_access_policy, BackupVaultName=VAULT) == "ResourceNotFoundException"


@pytest.mark.parametrize(
    "document",
    [
        "no json",
        "[]",
        json.dumps({"Version": "2012-10-17"}),
        json.dumps({"Version": "2012-10-17", "Statement": []}),
        json.dumps({"Statement": [{"Effect": "Allow", "Action": "backup:CopyIntoBackupVault", "Resource": "*"}]}),
        _policy(Effect="Perhaps"),
    ],
)
def test_fails_when_the_document_is_no_policy_of_a_resource(backup: Any, document: str) -> None:
    code = refusal(backup.put_backup_vault_access_policy, BackupVaultName=VAULT, Policy=document)
    assert code == "InvalidParameterValueException"


@pytest.mark.parametrize("action", ["*", "backup:*", "backup:Delete*", "backup:CopyInto?ackupVault"])
def test_fails_when_an_action_has_a_wildcard(backup: Any, action: str) -> None:
    code = refusal(backup.put_backup_vault_access_policy, BackupVaultName=VAULT, Policy=_policy(Action=[action]))
    assert code == "InvalidParameterValueException"


def test_fails_when_the_policy_names_a_role_that_does_not_exist(backup: Any) -> None:
    policy = _policy(Principal={"AWS": f"arn:aws:iam::{BACKUP}:role/absent"})
    code = refusal(backup.put_backup_vault_access_policy, BackupVaultName=VAULT, Policy=policy)
    assert code == "InvalidParameterValueException"


def test_a_policy_may_name_accounts_and_roles_that_exist(emulator: Emulator, backup: Any) -> None:
    for principal in (BACKUP, f"arn:aws:iam::{BACKUP}:root", make_role(emulator)):
        _put(backup, _policy(Principal={"AWS": [principal]}))


def test_fails_when_the_vault_of_a_policy_does_not_exist(backup: Any) -> None:
    assert (
        refusal(backup.put_backup_vault_access_policy, BackupVaultName="absent", Policy=_policy())
        == refusal(backup.get_backup_vault_access_policy, BackupVaultName="absent")
        == refusal(backup.delete_backup_vault_access_policy, BackupVaultName="absent")
        == "ResourceNotFoundException"
    )


def test_fails_when_the_policy_denies_what_the_caller_does(administrator: Any) -> None:
    _put(administrator, _policy(Effect="Deny", Action="backup:DeleteBackupVault", Resource=vault_arn()))
    assert refusal(administrator.delete_backup_vault, BackupVaultName=VAULT) == "AccessDeniedException"


def test_a_deny_leaves_other_actions_other_vaults_and_other_callers_alone(administrator: Any) -> None:
    other = f"arn:aws:iam::{PROD}:role/somebody-else"
    _put(
        administrator,
        _policy(Effect="Deny", Action="backup:DeleteBackupVault", Condition={"ArnLike": {"aws:PrincipalArn": other}}),
    )
    administrator.describe_backup_vault(BackupVaultName=VAULT)
    administrator.delete_backup_vault(BackupVaultName=VAULT)


def test_fails_when_another_account_is_granted_more_than_copying_in(emulator: Emulator, administrator: Any) -> None:
    grant = {"AWS": f"arn:aws:iam::{BACKUP}:root"}
    _put(administrator, _policy(Principal=grant, Action=["backup:CopyIntoBackupVault", "backup:ListTags"]))
    foreign = emulator.client("backup", account=BACKUP)
    assert refusal(foreign.list_tags, ResourceArn=vault_arn()) == "AccessDeniedException"
    assert administrator.list_tags(ResourceArn=vault_arn())["Tags"] == {"tier": "daily"}


@pytest.fixture
def point(emulator: Emulator, administrator: Any) -> str:
    """A point in the vault of the tests."""
    make_table(emulator)
    make_role(emulator)
    return back_up(administrator)["RecoveryPointArn"]


_ON_POINTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("backup:DescribeRecoveryPoint", "describe_recovery_point", {}),
    ("backup:GetRecoveryPointRestoreMetadata", "get_recovery_point_restore_metadata", {}),
    ("backup:UpdateRecoveryPointLifecycle", "update_recovery_point_lifecycle", {"Lifecycle": {"DeleteAfterDays": 99}}),
    ("backup:DeleteRecoveryPoint", "delete_recovery_point", {}),
)


@pytest.mark.parametrize(("action", "call", "more"), _ON_POINTS)
@pytest.mark.parametrize("resource", ["*", "arn:aws:backup:*:*:recovery-point:*"])
def test_fails_when_the_vaults_policy_denies_an_action_on_its_points(
    administrator: Any, point: str, action: str, call: str, more: dict[str, Any], resource: str
) -> None:
    asked = {"BackupVaultName": VAULT, "RecoveryPointArn": point, **more}
    _put(administrator, _policy(Effect="Deny", Action=action, Resource=resource))
    assert refusal(getattr(administrator, call), **asked) == "AccessDeniedException"
    administrator.delete_backup_vault_access_policy(BackupVaultName=VAULT)
    getattr(administrator, call)(**asked)


def test_a_deny_on_points_of_another_form_or_for_somebody_else_leaves_a_point_alone(
    administrator: Any, point: str
) -> None:
    asked = {"BackupVaultName": VAULT, "RecoveryPointArn": point}
    for harmless in (
        {"Resource": "arn:aws:ec2:*:*:snapshot/*"},
        {"Resource": vault_arn()},
        {"Condition": {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{PROD}:role/somebody-else"}}},
    ):
        _put(administrator, _policy(**{"Effect": "Deny", "Action": "backup:DescribeRecoveryPoint", **harmless}))
        assert administrator.describe_recovery_point(**asked)["RecoveryPointArn"] == point


def test_a_point_is_nobodys_in_another_account(emulator: Emulator, administrator: Any, point: str) -> None:
    _put(administrator, _policy(Action=["backup:DescribeRecoveryPoint", "backup:CopyIntoBackupVault"]))
    foreign = emulator.client("backup", account=BACKUP)
    asked = {"BackupVaultName": VAULT, "RecoveryPointArn": point}
    assert refusal(foreign.describe_recovery_point, **asked) == "AccessDeniedException"


def test_a_vaults_policy_alone_lets_a_role_of_its_account_act_on_points(
    emulator: Emulator, administrator: Any, point: str
) -> None:
    reader = make_person(emulator, "reader")
    asked = {"BackupVaultName": VAULT, "RecoveryPointArn": point}
    client = emulator.client("backup", role_arn=reader)
    assert refusal(client.describe_recovery_point, **asked) == "AccessDeniedException"
    _put(administrator, _policy(Principal={"AWS": reader}, Action="backup:DescribeRecoveryPoint"))
    assert client.describe_recovery_point(**asked)["RecoveryPointArn"] == point
