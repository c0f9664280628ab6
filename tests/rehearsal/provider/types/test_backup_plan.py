from typing import Any

import pytest

from rehearsal.provider.errors import GoneError
from rehearsal.provider.schema import Update
from rehearsal.provider.types import backup_plan
from tests.rehearsal.provider.rules import change, refusals, sent
from tests.rehearsal.provider.stubbed import REGION, World

TYPE = backup_plan.TYPE
ARN = f"arn:aws:backup:{REGION}:111111111111:backup-plan:p-1"
CENTRAL = f"arn:aws:backup:{REGION}:333333333333:backup-vault:central"
RULE: dict[str, Any] = {
    "ruleName": "daily",
    "targetVaultName": "local",
    "schedule": "cron(0 5 * * ? *)",
    "lifecycle": {"deleteAfter": 35},
    "copyActions": [{"destinationVaultArn": CENTRAL, "lifecycle": {"coldStorageAfter": 30, "deleteAfter": 120}}],
    "recoveryPointTags": {"tier": "daily"},
}
SENT: dict[str, Any] = {
    "RuleName": "daily",
    "TargetBackupVaultName": "local",
    "ScheduleExpression": "cron(0 5 * * ? *)",
    "ScheduleExpressionTimezone": "Etc/UTC",
    "StartWindowMinutes": 60,
    "CompletionWindowMinutes": 180,
    "Lifecycle": {"DeleteAfterDays": 35},
    "CopyActions": [
        {
            "DestinationBackupVaultArn": CENTRAL,
            "Lifecycle": {"MoveToColdStorageAfterDays": 30, "DeleteAfterDays": 120},
        }
    ],
    "RecoveryPointTags": {"tier": "daily"},
}


def given(**changes: Any) -> dict[str, Any]:
    """A plan of one rule, changed at will."""
    return {"name": "plan", "rules": [{**RULE, **changes}]}


def told(rule: dict[str, Any]) -> dict[str, Any]:
    """The service's answer for a plan of one rule."""
    plan = {"BackupPlanName": "plan", "Rules": [{**rule, "RuleId": "r-1"}]}
    return {"BackupPlan": plan, "BackupPlanId": "p-1", "BackupPlanArn": ARN, "VersionId": "v-1"}


def test_a_create_sends_every_part_of_a_rule() -> None:
    world = World()
    request = {"BackupPlan": {"BackupPlanName": "plan", "Rules": [SENT]}, "BackupPlanTags": {}}
    world.expect("backup", "create_backup_plan", request, {"BackupPlanId": "p-1"})
    assert backup_plan.create(world.context(), sent(TYPE, given())) == "p-1"
    world.done()


def test_a_copy_without_a_life_of_its_own_is_sent_so() -> None:
    world = World()
    rule = {**SENT, "CopyActions": [{"DestinationBackupVaultArn": CENTRAL}]}
    request = {"BackupPlan": {"BackupPlanName": "plan", "Rules": [rule]}, "BackupPlanTags": {}}
    world.expect("backup", "create_backup_plan", request, {"BackupPlanId": "p-1"})
    backup_plan.create(world.context(), sent(TYPE, given(copyActions=[{"destinationVaultArn": CENTRAL}])))
    world.done()


def test_what_was_sent_reads_back_as_no_difference() -> None:
    world = World()
    world.expect("backup", "get_backup_plan", {"BackupPlanId": "p-1"}, told(SENT))
    world.expect("backup", "list_tags", {"ResourceArn": ARN}, {"Tags": {}})
    read = backup_plan.read(world.context(), "p-1", {})
    assert (read["arn"], read["version"]) == (ARN, "v-1")
    assert change(TYPE, given(), given(), **read) == (set(), set())


def test_an_empty_answer_is_gone() -> None:
    world = World()
    world.expect("backup", "get_backup_plan", {"BackupPlanId": "p-1"}, {})
    with pytest.raises(GoneError):
        backup_plan.read(world.context(), "p-1", {})


@pytest.mark.parametrize(
    "changes",
    [
        {"schedule": "cron(0 6 * * ? *)"},
        {"lifecycle": {"deleteAfter": 36}},
        {"lifecycle": {"deleteAfter": 35, "optInToArchiveForSupportedResources": True}},
        {"copyActions": []},
        {"copyActions": [{"destinationVaultArn": CENTRAL}]},
        {"startWindow": 61},
        {"scheduleExpressionTimezone": "Europe/London"},
        {"enableContinuousBackup": True},
        {"recoveryPointTags": {"tier": "weekly"}},
    ],
)
def test_a_change_of_any_part_of_a_rule_is_an_update_of_the_rules(changes: dict[str, Any]) -> None:
    assert change(TYPE, given(), given(**changes)) == ({"rules"}, set())


def test_the_order_of_rules_and_the_defaults_of_windows_mean_nothing() -> None:
    second = {**RULE, "ruleName": "second"}
    one = {"name": "plan", "rules": [RULE, second]}
    other = {"name": "plan", "rules": [{**second, "startWindow": 60, "completionWindow": 180}, RULE]}
    assert change(TYPE, one, other) == (set(), set())


def test_an_update_sends_the_whole_plan_and_only_when_it_changed() -> None:
    world, new = World(), sent(TYPE, given())
    backup_plan.update(world.context(), Update(id="p-1", old=new, new=new, changed=frozenset()))
    request = {"BackupPlanId": "p-1", "BackupPlan": {"BackupPlanName": "plan", "Rules": [SENT]}}
    world.expect("backup", "update_backup_plan", request, {})
    backup_plan.update(world.context(), Update(id="p-1", old=new, new=new, changed=frozenset({"rules"})))
    world.done()


def test_a_delete_waits_for_the_deletes_of_its_selections() -> None:
    world = World()
    sentence = "Related backup plan selections must be deleted prior to backup plan deletion"
    world.refuse("backup", "delete_backup_plan", "InvalidRequestException", sentence)
    world.expect("backup", "delete_backup_plan", {"BackupPlanId": "p-1"}, {})
    backup_plan.delete(world.context(), "p-1", {})
    assert world.clock.slept == [0.1]
    world.done()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ruleName": ""}, "must be 1 to 50"),
        ({"ruleName": "a" * 51}, "must be 1 to 50"),
        ({"targetVaultName": "a"}, "must be 2 to 50"),
        ({"copyActions": [{"destinationVaultArn": "central"}]}, "is an invalid ARN"),
        ({"copyActions": [{"lifecycle": {"deleteAfter": 1}}]}, '"destinationVaultArn" is required'),
        ({"lifecycle": {"deleteAfterDays": 35}}, "unknown property 'deleteAfterDays'"),
    ],
)
def test_fails_when_a_rule_is_wrong(changes: dict[str, Any], sentence: str) -> None:
    assert sentence in refusals(TYPE, given(**changes))[0]


def test_what_aws_checks_is_not_checked_before() -> None:
    assert refusals(TYPE, given(schedule="whenever", lifecycle={"coldStorageAfter": 30, "deleteAfter": 31})) == []
