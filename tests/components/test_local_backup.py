import json
from typing import Any

import pytest

from components.local_backup import LocalBackup, LocalBackupArgs
from strongroom.config.retention import Retention
from strongroom.config.tiers import TIERS
from strongroom.facts import arns, names
from tests.recorder import Recording, record, run

ARGS: LocalBackupArgs = {
    "environment": "prod",
    "region": "eu-west-2",
    "account_id": "111111111111",
    "backup_account_id": "333333333333",
    "data_classes": ["short", "critical"],
}
VAULT = "strongroom-prod"


def backup(args: LocalBackupArgs = ARGS) -> Recording:
    return run(lambda: LocalBackup("backup", args))


def rules(seen: Recording, data_class: str = "critical") -> dict[str, dict[str, Any]]:
    return {rule["ruleName"]: rule for rule in seen[f"backup-{data_class}-plan"].inputs["rules"]}


def refused(args: LocalBackupArgs, sentence: str) -> None:
    seen = Recording()
    with pytest.raises(ValueError, match=sentence):
        record(lambda: LocalBackup("backup", args), seen)
    assert not seen.resources


def test_each_data_class_has_a_plan_with_a_rule_for_each_of_its_tiers() -> None:
    seen = backup({**ARGS, "data_classes": ["standard", "short", "critical", "short"]})
    assert {one: list(rules(seen, one)) for one in ("critical", "standard", "short")} == {
        "critical": ["daily", "weekly", "monthly"],
        "standard": ["daily", "weekly"],
        "short": ["daily"],
    }


def test_a_data_class_that_no_table_has_gets_no_plan() -> None:
    assert {plan.name for plan in backup().of("aws:backup/plan:Plan")} == {"backup-critical-plan", "backup-short-plan"}


@pytest.mark.parametrize("tier", TIERS.values(), ids=list(TIERS))
def test_each_copy_goes_to_the_central_vault_whose_bounds_it_keeps(tier: Any) -> None:
    lock = Retention().lock(tier)
    vault = names.central_vault("prod", tier.name, lock.min_days, lock.max_days)
    (copy,) = rules(backup())[tier.name]["copyActions"]
    assert copy["destinationVaultArn"] == arns.vault("eu-west-2", "333333333333", vault)
    assert lock.accepts(Retention().lifecycle(tier))


@pytest.mark.parametrize("tier", ["daily", "weekly", "monthly"])
def test_point_and_copy_live_as_long_as_the_retention_says_and_stay_warm(tier: str) -> None:
    rule = rules(backup({**ARGS, "retention_days": {"daily": 40, "weekly": 100, "monthly": 2200}}))[tier]
    life = {"deleteAfter": {"daily": 40, "weekly": 100, "monthly": 2200}[tier]}
    assert rule["lifecycle"] == life
    assert [copy["lifecycle"] for copy in rule["copyActions"]] == [life]


def test_a_rule_says_when_it_starts_in_which_zone_and_how_long_it_may_take() -> None:
    rule = rules(backup({**ARGS, "time_zone": "Europe/London"}))["daily"]
    assert rule["schedule"] == "cron(0 3 * * ? *)"
    assert rule["scheduleExpressionTimezone"] == "Europe/London"
    assert (rule["startWindow"], rule["completionWindow"]) == (60, 720)


def test_no_two_rules_of_a_plan_can_start_at_the_same_time() -> None:
    starts = sorted(tier.schedule.hour * 60 for tier in TIERS.values())
    windows = [tier.schedule.start_window_minutes for tier in sorted(TIERS.values(), key=lambda one: one.schedule.hour)]
    assert all(start + window <= later for start, window, later in zip(starts, windows, starts[1:], strict=False))


def test_a_selection_takes_the_tables_of_this_account_that_have_both_tags() -> None:
    selected = backup()["backup-critical-selection"].inputs
    assert selected["resources"] == ["arn:aws:dynamodb:eu-west-2:111111111111:table/*"]
    (condition,) = selected["conditions"]
    assert {one["key"]: one["value"] for one in condition["stringEquals"]} == {
        "aws:ResourceTag/strongroom:data-class": "critical",
        "aws:ResourceTag/strongroom:environment": "prod",
    }
    assert "selectionTags" not in selected


def test_a_selection_waits_until_its_role_may_work() -> None:
    seen = backup()
    waited = seen["backup-critical-selection"].depends_on
    assert {seen["backup-backs-up"].urn, seen["backup-restores"].urn} <= waited


def test_the_role_is_taken_by_aws_backup_for_this_account_within_the_boundary() -> None:
    role = backup()["backup-role"].inputs
    (trusted,) = json.loads(role["assumeRolePolicy"])["Statement"]
    assert trusted["Principal"] == {"Service": "backup.amazonaws.com"}
    assert trusted["Condition"] == {"StringEquals": {"aws:SourceAccount": "111111111111"}}
    assert role["permissionsBoundary"] == "arn:aws:iam::111111111111:policy/strongroom-boundary"


def test_the_role_backs_up_and_restores_and_no_more() -> None:
    attached = backup().of("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    assert sorted(one.inputs["policyArn"].rsplit("/", 1)[1] for one in attached) == [
        "AWSBackupServiceRolePolicyForBackup",
        "AWSBackupServiceRolePolicyForRestores",
    ]


def test_the_vault_lies_under_a_key_of_its_own_with_the_name_that_others_spell_out() -> None:
    seen = backup()
    assert seen["backup-vault"].inputs["name"] == VAULT
    assert seen["backup-vault"].inputs["kmsKeyArn"] == "backup-key-arn"
    assert seen["backup-key-alias"].inputs["name"] == "alias/strongroom/prod/vault"
    assert seen["backup-key"].inputs["enableKeyRotation"] is True
    assert seen["backup-key"].inputs["deletionWindowInDays"] == 30


def test_nobody_may_delete_a_point_of_the_vault() -> None:
    statements = json.loads(backup()["backup-vault-policy"].inputs["policy"])["Statement"]
    denied = [action for one in statements if one["Effect"] == "Deny" for action in one["Action"]]
    assert "backup:DeleteRecoveryPoint" in denied


def test_failed_copies_reach_a_topic_when_there_is_one() -> None:
    seen = backup({**ARGS, "topic_arn": "arn:aws:sns:eu-west-2:111111111111:t"})
    told = seen["backup-notifications"]
    assert told.inputs["backupVaultEvents"] == ["COPY_JOB_FAILED"]
    assert told.delete_before_replace


def test_without_a_topic_the_vault_tells_nobody() -> None:
    assert not backup().of("aws:backup/vaultNotifications:VaultNotifications")


def test_destroying_the_stack_leaves_points_key_and_what_guards_them() -> None:
    seen = backup()
    replaceable = {"backup-short-plan", "backup-critical-plan", "backup-short-selection", "backup-critical-selection"}
    assert {one.name for one in seen.in_aws if not (one.protect and one.retain_on_delete)} == replaceable


def test_a_disposable_stack_takes_everything_with_it() -> None:
    seen = backup({**ARGS, "disposable": True})
    assert not [one.name for one in seen.resources if one.protect or one.retain_on_delete]
    assert seen["backup-vault"].inputs["forceDestroy"] is True


@pytest.mark.parametrize(("tier", "days"), [("daily", 34), ("daily", 91), ("weekly", 89), ("monthly", 2191)])
def test_fails_when_a_retention_is_outside_its_tier(tier: str, days: int) -> None:
    refused({**ARGS, "retention_days": {tier: days}}, rf"{tier} must be .* days, got {days}")  # pyright: ignore[reportArgumentType]


def test_fails_when_there_is_no_data_class() -> None:
    refused({**ARGS, "data_classes": []}, "data_classes .* at least 1 item")


def test_fails_when_a_data_class_does_not_exist() -> None:
    refused({**ARGS, "data_classes": ["urgent"]}, "'critical', 'standard' or 'short'")


def test_fails_when_the_time_zone_does_not_exist() -> None:
    refused({**ARGS, "time_zone": "Europe/Atlantis"}, "time_zone must be an IANA time zone")


@pytest.mark.parametrize("part", ["account_id", "backup_account_id"])
def test_fails_when_an_account_is_none(part: str) -> None:
    wrong: LocalBackupArgs = {**ARGS, part: "1234"}  # pyright: ignore[reportAssignmentType]
    refused(wrong, "must be an account id of twelve digits")
