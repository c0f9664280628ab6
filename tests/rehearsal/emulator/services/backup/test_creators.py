import json
from typing import Any

import pytest

from tests.emulator_process import PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator

_KEY_ACTIONS = ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant", "kms:Decrypt", "kms:GenerateDataKey"]


def _creator(emulator: Emulator, *actions: str) -> Any:
    iam = emulator.client("iam")
    trust = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{PROD}:root"}, "Action": "sts:AssumeRole"}
    iam.create_role(
        RoleName="creator", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    )
    rights = {"Effect": "Allow", "Action": ["backup:*", *actions], "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [rights]})
    iam.put_role_policy(RoleName="creator", PolicyName="rights", PolicyDocument=document)
    return emulator.client("backup", role_arn=f"arn:aws:iam::{PROD}:role/creator")


def test_who_may_mount_storage_and_use_the_key_makes_a_vault(emulator: Emulator) -> None:
    key = emulator.client("kms").create_key()["KeyMetadata"]["Arn"]
    creator = _creator(emulator, "backup-storage:MountCapsule", *_KEY_ACTIONS)
    assert creator.create_backup_vault(BackupVaultName="mine", EncryptionKeyArn=key)["BackupVaultName"] == "mine"


def test_fails_when_the_creator_may_not_mount_storage(emulator: Emulator) -> None:
    assert refusal(_creator(emulator).create_backup_vault, BackupVaultName="mine") == "AccessDeniedException"


@pytest.mark.parametrize("missing", _KEY_ACTIONS)
def test_fails_when_the_creator_lacks_a_right_on_the_key(emulator: Emulator, missing: str) -> None:
    key = emulator.client("kms").create_key()["KeyMetadata"]["Arn"]
    creator = _creator(
        emulator, "backup-storage:MountCapsule", *(action for action in _KEY_ACTIONS if action != missing)
    )
    code = refusal(creator.create_backup_vault, BackupVaultName="mine", EncryptionKeyArn=key)
    assert code == "AccessDeniedException"
