from typing import Any

import pytest

from tests.emulator_process import BACKUP, Emulator
from tests.rehearsal.emulator.services.backup.asking import ROLE, VAULT, make_role, plan, refusal, rule, vault_arn

pytestmark = pytest.mark.emulator

_FULL_RULE = rule(
    ScheduleExpression="cron(30 3 1 * ? *)",
    ScheduleExpressionTimezone="Europe/London",
    StartWindowMinutes=60,
    CompletionWindowMinutes=720,
    Lifecycle={"MoveToColdStorageAfterDays": 30, "DeleteAfterDays": 120, "OptInToArchiveForSupportedResources": True},
    RecoveryPointTags={"tier": "monthly"},
    CopyActions=[
        {"DestinationBackupVaultArn": vault_arn("central", BACKUP), "Lifecycle": {"DeleteAfterDays": 2557}},
        {"DestinationBackupVaultArn": vault_arn("central-2", BACKUP)},
    ],
    EnableContinuousBackup=False,
)
_FULL_PLAN = plan(
    _FULL_RULE,
    rule(RuleName="second"),
    AdvancedBackupSettings=[{"ResourceType": "EC2", "BackupOptions": {"WindowsVSS": "enabled"}}],
)


def _made(backup: Any, document: dict[str, object]) -> str:
    return backup.create_backup_plan(BackupPlan=document)["BackupPlanId"]


def test_every_field_of_a_plan_is_read_back(backup: Any) -> None:
    made = backup.create_backup_plan(BackupPlan=_FULL_PLAN, BackupPlanTags={"owner": "platform"})
    shown = backup.get_backup_plan(BackupPlanId=made["BackupPlanId"])
    first, _second = shown["BackupPlan"]["Rules"]
    assert first.pop("RuleId")
    assert first == _FULL_RULE
    assert shown["AdvancedBackupSettings"] == _FULL_PLAN["AdvancedBackupSettings"]
    assert (shown["BackupPlanArn"], shown["VersionId"]) == (made["BackupPlanArn"], made["VersionId"])
    assert backup.list_tags(ResourceArn=made["BackupPlanArn"])["Tags"] == {"owner": "platform"}


def test_a_rule_that_says_little_is_read_back_with_what_aws_backup_adds(backup: Any) -> None:
    shown = backup.get_backup_plan(BackupPlanId=_made(backup, plan()))["BackupPlan"]["Rules"][0]
    del shown["RuleId"]
    assert shown == rule(
        ScheduleExpression="cron(0 5 ? * * *)",
        ScheduleExpressionTimezone="Etc/UTC",
        StartWindowMinutes=480,
        CompletionWindowMinutes=10080,
        EnableContinuousBackup=False,
    )


def test_an_update_makes_a_version_and_leaves_the_earlier_one_readable(backup: Any) -> None:
    made = backup.create_backup_plan(BackupPlan=plan())
    updated = backup.update_backup_plan(BackupPlanId=made["BackupPlanId"], BackupPlan=_FULL_PLAN)
    assert updated["VersionId"] != made["VersionId"]
    now = backup.get_backup_plan(BackupPlanId=made["BackupPlanId"])
    before = backup.get_backup_plan(BackupPlanId=made["BackupPlanId"], VersionId=made["VersionId"])
    assert [len(shown["BackupPlan"]["Rules"]) for shown in (now, before)] == [2, 1]
    listed = backup.list_backup_plan_versions(BackupPlanId=made["BackupPlanId"])["BackupPlanVersionsList"]
    assert [version["VersionId"] for version in listed] == [updated["VersionId"], made["VersionId"]]


def test_a_deleted_plan_is_listed_only_on_request(backup: Any) -> None:
    made = _made(backup, plan())
    assert [one["BackupPlanId"] for one in backup.list_backup_plans()["BackupPlansList"]] == [made]
    assert backup.delete_backup_plan(BackupPlanId=made)["DeletionDate"]
    assert backup.list_backup_plans()["BackupPlansList"] == []
    assert len(backup.list_backup_plans(IncludeDeleted=True)["BackupPlansList"]) == 1


def test_fails_when_the_plan_does_not_exist_or_is_deleted(backup: Any) -> None:
    made = _made(backup, plan())
    backup.delete_backup_plan(BackupPlanId=made)
    for plan_id in ("absent", made):
        for call in (backup.get_backup_plan, backup.delete_backup_plan, backup.list_backup_plan_versions):
            assert refusal(call, BackupPlanId=plan_id) == "ResourceNotFoundException"
    assert refusal(backup.update_backup_plan, BackupPlanId=made, BackupPlan=plan()) == "ResourceNotFoundException"


def test_fails_when_a_version_does_not_exist(backup: Any) -> None:
    code = refusal(backup.get_backup_plan, BackupPlanId=_made(backup, plan()), VersionId="absent")
    assert code == "ResourceNotFoundException"


def test_fails_when_another_plan_has_the_same_document(backup: Any) -> None:
    made = _made(backup, plan())
    assert refusal(backup.create_backup_plan, BackupPlan=plan()) == "AlreadyExistsException"
    assert _made(backup, plan(rule(RuleName="other"))) != made


def test_fails_when_a_plan_that_selects_is_deleted(emulator: Emulator, backup: Any) -> None:
    make_role(emulator)
    made = _made(backup, plan())
    selection = {"SelectionName": "tables", "IamRoleArn": ROLE, "Resources": ["*"]}
    chosen = backup.create_backup_selection(BackupPlanId=made, BackupSelection=selection)
    assert refusal(backup.delete_backup_plan, BackupPlanId=made) == "InvalidRequestException"
    backup.delete_backup_selection(BackupPlanId=made, SelectionId=chosen["SelectionId"])
    backup.delete_backup_plan(BackupPlanId=made)


def test_fails_when_the_new_version_would_be_refused(backup: Any) -> None:
    made = _made(backup, plan())
    refused = plan(rule(TargetBackupVaultName="absent"))
    assert refusal(backup.update_backup_plan, BackupPlanId=made, BackupPlan=refused) == "InvalidParameterValueException"
    rules = backup.get_backup_plan(BackupPlanId=made)["BackupPlan"]["Rules"]
    assert [one["TargetBackupVaultName"] for one in rules] == [VAULT]
