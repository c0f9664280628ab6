"""What AWS Backup refuses in the rules of a plan."""

import re
from typing import Final
from zoneinfo import available_timezones

from rehearsal.emulator.rules import Refused, rule
from rehearsal.emulator.services.backup.operations import Call
from rehearsal.emulator.services.backup.plans import cron
from rehearsal.emulator.services.backup.plans.targets import check_target
from rehearsal.emulator.services.backup.points import lifecycles
from rehearsal.emulator.services.backup.shapes import BackupPlanInput, BackupRule
from strongroom.facts.limits import START_WINDOW_MINUTES

_GUIDE: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide"
_API: Final = "https://docs.aws.amazon.com/aws-backup/latest/APIReference"
_CDK: Final = "https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-backup/lib/rule.ts"
_READ: Final = "2026-11-22"
_MOST_RULES: Final = 10
_MOST_COPY_ACTIONS: Final = 5
_LONGEST_WINDOW: Final = 52_560_000
_VAULT_ARN: Final = re.compile(r"arn:aws[a-z-]*:backup:[a-z0-9-]+:\d{12}:backup-vault:[A-Za-z0-9_-]{2,50}")
_PLAN_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,50}")
_OPTIONS: Final = {
    "EC2": {"WindowsVSS": {"enabled", "disabled"}},
    "S3": {"BackupACLs": {"enabled", "disabled"}, "BackupObjectTags": {"enabled", "disabled"}},
}


@rule(f"{_API}/API_BackupPlanInput.html", read=_READ)
def refuse_a_plan_name_of_another_form(name: str) -> None:
    """A plan's name is 1 to 50 letters, digits, hyphens, underscores and dots."""
    if not _PLAN_NAME.fullmatch(name):
        raise Refused("InvalidParameterValueException", f"Invalid backup plan name {name!r}.")


@rule(f"{_GUIDE}/aws-backup-limits.html", read=_READ)
def refuse_more_rules_than_a_plan_takes(rules: int) -> None:
    """A plan has one to ten rules."""
    if not rules:
        raise Refused("InvalidParameterValueException", "A backup plan must have a rule.")
    if rules > _MOST_RULES:
        raise Refused("LimitExceededException", f"A backup plan has at most {_MOST_RULES} rules, got {rules}.")


@rule(f"{_GUIDE}/aws-backup-limits.html", read=_READ)
def refuse_more_copies_than_a_rule_takes(rule_name: str, copies: int) -> None:
    """A rule copies to at most five vaults."""
    if copies > _MOST_COPY_ACTIONS:
        raise Refused(
            "LimitExceededException", f"Error in rule {rule_name} : {copies} copy actions, at most {_MOST_COPY_ACTIONS}"
        )


@rule(f"{_API}/API_BackupRuleInput.html", read=_READ)
def refuse_a_target_vault_that_does_not_exist(rule_name: str, vault: str, exists: bool) -> None:
    """The vault that a rule backs up to exists in the plan's account and region."""
    if not exists:
        _refuse(rule_name, f"Backup vault {vault} does not exist")


@rule(f"{_API}/API_CopyAction.html", read=_READ)
def refuse_a_copy_to_no_vault(rule_name: str, arn: str) -> None:
    """A copy action names the ARN of a vault, in any account and region."""
    if not _VAULT_ARN.fullmatch(arn):
        _refuse(rule_name, f"Invalid DestinationBackupVaultArn {arn}")


@rule(f"{_API}/API_BackupRuleInput.html", read=_READ)
def refuse_a_start_window_outside_its_bounds(rule_name: str, minutes: int) -> None:
    """A start window is at least 60 minutes and at most 100 years."""
    if not START_WINDOW_MINUTES.low <= minutes <= _LONGEST_WINDOW:
        _refuse(
            rule_name,
            "Invalid start window. StartWindowMinutes must be "
            f"{START_WINDOW_MINUTES.low} to {_LONGEST_WINDOW}, got {minutes}",
        )


@rule(_CDK, read=_READ)
def refuse_a_completion_window_before_the_start_window(rule_name: str, start: int, completion: int) -> None:
    """A job may take at least until the window ends in which it may start."""
    if completion < start:
        _refuse(rule_name, f"CompletionWindowMinutes ({completion}) must not be less than StartWindowMinutes ({start})")


@rule(f"{_API}/API_BackupRuleInput.html", read=_READ)
def refuse_an_unknown_time_zone(rule_name: str, zone: str) -> None:
    """A schedule's time zone is one of the tz database."""
    if zone not in available_timezones():
        _refuse(rule_name, f"Invalid ScheduleExpressionTimezone {zone}")


@rule(f"{_API}/API_AdvancedBackupSetting.html", read=_READ)
def refuse_an_unknown_backup_option(resource_type: str, option: str, value: str) -> None:
    """Options exist for Windows VSS on EC2, and for the ACLs and tags of S3 objects; each is enabled or disabled."""
    if value not in _OPTIONS.get(resource_type, {}).get(option, set()):
        raise Refused("InvalidParameterValueException", f"Invalid backup option {option}={value} for {resource_type}.")


def check(call: Call, plan: BackupPlanInput) -> None:
    """Refuse a plan's document that AWS Backup would refuse.

    Raises:
        Refused: it is one; the message names the rule at fault.
    """
    refuse_a_plan_name_of_another_form(plan["BackupPlanName"])
    refuse_more_rules_than_a_plan_takes(len(plan["Rules"]))
    for setting in plan.get("AdvancedBackupSettings", []):
        for option, value in setting.get("BackupOptions", {}).items():
            refuse_an_unknown_backup_option(setting.get("ResourceType", ""), option, value)
    for asked in plan["Rules"]:
        _check_rule(call, asked)


def _check_rule(call: Call, asked: BackupRule) -> None:
    name, vault = asked["RuleName"], asked["TargetBackupVaultName"]
    found = call.store.vaults.get(call.place, vault)
    refuse_a_target_vault_that_does_not_exist(name, vault, found is not None)
    if found:
        check_target(call, found, asked.get("TargetLogicallyAirGappedBackupVaultArn"))
    _check_time(asked)
    lifecycles.check(name, asked.get("Lifecycle", {}))
    if asked.get("EnableContinuousBackup"):
        lifecycles.refuse_a_continuous_backup_that_cannot_be_kept(name, asked.get("Lifecycle", {}))
    refuse_more_copies_than_a_rule_takes(name, len(asked.get("CopyActions", [])))
    for copy in asked.get("CopyActions", []):
        refuse_a_copy_to_no_vault(name, copy["DestinationBackupVaultArn"])
        lifecycles.check(name, copy.get("Lifecycle", {}))


def _check_time(asked: BackupRule) -> None:
    name = asked["RuleName"]
    if "ScheduleExpression" in asked:
        cron.refuse_a_cron_text_of_another_form(name, asked["ScheduleExpression"])
        cron.refuse_more_than_one_run_an_hour(name, asked["ScheduleExpression"])
    if "ScheduleExpressionTimezone" in asked:
        refuse_an_unknown_time_zone(name, asked["ScheduleExpressionTimezone"])
    if "StartWindowMinutes" in asked:
        refuse_a_start_window_outside_its_bounds(name, asked["StartWindowMinutes"])
    if "StartWindowMinutes" in asked and "CompletionWindowMinutes" in asked:
        refuse_a_completion_window_before_the_start_window(
            name, asked["StartWindowMinutes"], asked["CompletionWindowMinutes"]
        )


def _refuse(rule_name: str, why: str) -> None:
    raise Refused("InvalidParameterValueException", f"Error in rule {rule_name} : {why}")
