import json
from typing import Any

import pytest

from tests.emulator_process import BACKUP, PROD, Emulator
from tests.rehearsal.emulator.services.backup.asking import VAULT, plan, refusal, vault_arn

pytestmark = pytest.mark.emulator


def test_tags_of_a_vault_and_a_plan_can_be_added_replaced_and_removed(backup: Any) -> None:
    plan_arn = backup.create_backup_plan(BackupPlan=plan(), BackupPlanTags={"tier": "daily"})["BackupPlanArn"]
    for arn in (vault_arn(), plan_arn):
        backup.tag_resource(ResourceArn=arn, Tags={"tier": "weekly", "owner": "platform"})
        assert backup.list_tags(ResourceArn=arn)["Tags"] == {"tier": "weekly", "owner": "platform"}
        backup.untag_resource(ResourceArn=arn, TagKeyList=["owner", "absent"])
        assert backup.list_tags(ResourceArn=arn)["Tags"] == {"tier": "weekly"}


@pytest.mark.parametrize("arn", [vault_arn("absent"), vault_arn().replace("vault:", "plan:")])
def test_fails_when_the_tagged_resource_does_not_exist(backup: Any, arn: str) -> None:
    assert refusal(backup.list_tags, ResourceArn=arn) == "ResourceNotFoundException"
    assert refusal(backup.tag_resource, ResourceArn=arn, Tags={"a": "b"}) == "ResourceNotFoundException"
    assert refusal(backup.untag_resource, ResourceArn=arn, TagKeyList=["a"]) == "ResourceNotFoundException"


def test_fails_when_the_tagged_resource_is_another_accounts(emulator: Emulator) -> None:
    emulator.client("backup", account=BACKUP).create_backup_vault(BackupVaultName=VAULT)
    prod = emulator.client("backup")
    assert refusal(prod.list_tags, ResourceArn=vault_arn(account=BACKUP)) == "AccessDeniedException"


def test_fails_when_a_tag_is_reserved(backup: Any) -> None:
    for key in ("aws:backup", "AWS:backup"):
        code = refusal(backup.tag_resource, ResourceArn=vault_arn(), Tags={key: "x"})
        assert code == "InvalidParameterValueException"
    code = refusal(backup.create_backup_vault, BackupVaultName="new", BackupVaultTags={"aws:x": "y"})
    assert code == "InvalidParameterValueException"


def test_fails_when_there_are_more_than_fifty_tags(backup: Any) -> None:
    backup.untag_resource(ResourceArn=vault_arn(), TagKeyList=["tier"])
    backup.tag_resource(ResourceArn=vault_arn(), Tags={f"key{number}": "" for number in range(50)})
    assert refusal(backup.tag_resource, ResourceArn=vault_arn(), Tags={"one": "more"}) == "LimitExceededException"
    assert len(backup.list_tags(ResourceArn=vault_arn())["Tags"]) == 50


@pytest.mark.parametrize(("tier", "code"), [("daily", "AccessDeniedException"), ("monthly", None)])
def test_rights_may_go_by_the_tags_of_a_vault(emulator: Emulator, backup: Any, tier: str, code: str | None) -> None:
    iam = emulator.client("iam")
    trust: dict[str, object] = {"Effect": "Allow", "Principal": {"AWS": PROD}, "Action": "sts:AssumeRole"}
    rights: list[dict[str, object]] = [
        {"Effect": "Allow", "Action": "backup:*", "Resource": "*"},
        {
            "Effect": "Deny",
            "Action": "backup:DeleteBackupVault",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/tier": tier}},
        },
    ]
    iam.create_role(RoleName="cleaner", AssumeRolePolicyDocument=_document([trust]))
    iam.put_role_policy(RoleName="cleaner", PolicyName="rights", PolicyDocument=_document(rights))
    cleaner = emulator.client("backup", role_arn=f"arn:aws:iam::{PROD}:role/cleaner")
    if code:
        assert refusal(cleaner.delete_backup_vault, BackupVaultName=VAULT) == code
    else:
        cleaner.delete_backup_vault(BackupVaultName=VAULT)
        assert backup.list_backup_vaults()["BackupVaultList"] == []


def _document(statements: list[dict[str, object]]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})
