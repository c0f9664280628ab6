"""What a vault's own policy denies on the points in it."""

from typing import Any

import pytest

from tests.emulator_people import allow, deny, document, refuses
from tests.emulator_people import make_role as make_caller
from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, make_role
from tests.rehearsal.emulator.services.backup.backing_up import back_up, make_table, points

pytestmark = pytest.mark.emulator


@pytest.mark.parametrize("action", ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"])
def test_a_vaults_policy_denies_what_is_done_to_its_points(emulator: Emulator, backup: Any, action: str) -> None:
    make_table(emulator)
    make_role(emulator)
    point = {"BackupVaultName": VAULT, "RecoveryPointArn": back_up(backup)["RecoveryPointArn"]}
    caller = emulator.client("backup", role_arn=make_caller(emulator, "operator", allow("*")))
    denial = document(deny(action, Principal="*"))
    backup.put_backup_vault_access_policy(BackupVaultName=VAULT, Policy=denial)
    call = caller.delete_recovery_point if "Delete" in action else caller.update_recovery_point_lifecycle
    with refuses("AccessDeniedException"):
        call(**point)
    assert len(points(backup)) == 1
    backup.delete_backup_vault_access_policy(BackupVaultName=VAULT)
    call(**point)


def test_a_vaults_policy_may_be_stricter_than_the_starters_rights(emulator: Emulator, backup: Any) -> None:
    arn = make_table(emulator)
    role = make_role(emulator)
    rights = allow(["backup:StartBackupJob", "iam:PassRole"])
    caller = emulator.client("backup", role_arn=make_caller(emulator, "operator", rights))
    asked = {"BackupVaultName": VAULT, "ResourceArn": arn, "IamRoleArn": role}
    denial = document(deny("backup:StartBackupJob", Principal="*"))
    backup.put_backup_vault_access_policy(BackupVaultName=VAULT, Policy=denial)
    with refuses("AccessDeniedException"):
        caller.start_backup_job(**asked)
    backup.delete_backup_vault_access_policy(BackupVaultName=VAULT)
    assert caller.start_backup_job(**asked)["BackupJobId"]


@pytest.mark.parametrize(("team", "may"), [("finance", True), ("sales", False)])
def test_a_right_may_depend_on_a_points_tags(emulator: Emulator, backup: Any, team: str, *, may: bool) -> None:
    make_table(emulator)
    make_role(emulator)
    arn = back_up(backup, RecoveryPointTags={"team": team})["RecoveryPointArn"]
    condition = {"StringEquals": {"aws:ResourceTag/team": "finance"}}
    rights = allow("backup:DescribeRecoveryPoint", Condition=condition)
    caller = emulator.client("backup", role_arn=make_caller(emulator, "reader", rights))
    point = {"BackupVaultName": VAULT, "RecoveryPointArn": arn}
    if may:
        assert caller.describe_recovery_point(**point)["RecoveryPointArn"] == arn
    else:
        with refuses("AccessDeniedException"):
            caller.describe_recovery_point(**point)
