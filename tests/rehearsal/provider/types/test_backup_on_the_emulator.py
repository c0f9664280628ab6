import json

import pytest

from tests.emulator_process import BACKUP, PROD, REGION, Emulator
from tests.rehearsal.provider.driver import Driver
from tests.rehearsal.provider.journey import Journey

pytestmark = pytest.mark.emulator

VAULT = "aws:backup/vault:Vault"
POLICY = "aws:backup/vaultPolicy:VaultPolicy"
LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)


def rule(vault: str, days: int = 35, copies: int = 0) -> dict[str, object]:
    """One daily rule, copied or not."""
    arn = f"arn:aws:backup:{REGION}:{BACKUP}:backup-vault:central-daily"
    copy = {"destinationVaultArn": arn, "lifecycle": {"deleteAfter": copies}}
    return {
        "ruleName": "daily",
        "targetVaultName": vault,
        "schedule": "cron(0 5 * * ? *)",
        "lifecycle": {"deleteAfter": days},
        "copyActions": [copy] if copies else [],
    }


def test_a_vault_lives(provider: Driver) -> None:
    given = {"name": "journey-vault", "tags": {"owner": "platform"}}
    changes = ({"tags": {"owner": "others", "more": "yes"}}, {"tags": {"more": "yes"}})
    Journey(VAULT, given, changes, import_id="{name}").travel(provider)


def test_the_policy_of_a_vault_lives(provider: Driver) -> None:
    vault = provider.create(VAULT, "v", {"name": "journey-policy"})
    deny = {"Effect": "Deny", "Principal": "*", "Action": "backup:DeleteRecoveryPoint", "Resource": "*"}
    policy = {"Version": "2012-10-17", "Statement": [deny]}
    wider = {
        **policy,
        "Statement": [{**deny, "Action": ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"]}],
    }
    given = {"backupVaultName": "journey-policy", "policy": json.dumps(policy)}
    Journey(POLICY, given, ({"policy": json.dumps(wider)},)).travel(provider)
    provider.delete(vault)


@pytest.mark.parametrize("grace", [None, 3])
def test_the_lock_of_a_vault_lives_while_the_vault_does(provider: Driver, grace: int | None) -> None:
    name = f"journey-lock-{grace}"
    vault = provider.create(VAULT, "v", {"name": name})
    given = {"backupVaultName": name, "minRetentionDays": 35, "maxRetentionDays": 90}
    unreadable = frozenset[str]()
    if grace:
        given["changeableForDays"] = grace
        unreadable = frozenset({"changeableForDays"})
    Journey(LOCK, given, unreadable=unreadable, survives_delete=True).travel(provider)
    provider.delete(vault)


def test_a_lock_that_is_replaced_on_its_vault_ends_unlocked(provider: Driver, emulator: Emulator) -> None:
    vault = provider.create(VAULT, "v", {"name": "journey-unlocked"})
    given = {"backupVaultName": "journey-unlocked", "minRetentionDays": 7}
    old = provider.create(LOCK, "l", given)
    found = provider.diff(old, {**given, "minRetentionDays": 14})
    assert (found.replaces, found.delete_before_replace) == (["minRetentionDays"], False)
    provider.create(LOCK, "l", {**given, "minRetentionDays": 14})
    provider.delete(old)
    held = emulator.client("backup").describe_backup_vault(BackupVaultName="journey-unlocked")
    assert not held.get("MinRetentionDays")
    provider.delete(vault)


def test_notifications_of_a_vault_live(provider: Driver, emulator: Emulator) -> None:
    vault = provider.create(VAULT, "v", {"name": "journey-notes"})
    topic = emulator.client("sns").create_topic(Name="journey-notes")["TopicArn"]
    given = {
        "backupVaultName": "journey-notes",
        "snsTopicArn": topic,
        "backupVaultEvents": ["BACKUP_JOB_FAILED", "COPY_JOB_FAILED"],
    }
    Journey("aws:backup/vaultNotifications:VaultNotifications", given).travel(provider)
    provider.delete(vault)


def test_a_plan_lives(provider: Driver) -> None:
    vault = provider.create(VAULT, "v", {"name": "journey-plan"})
    given = {"name": "journey-plan", "rules": [rule("journey-plan")], "tags": {"owner": "platform"}}
    changes = (
        {"rules": [rule("journey-plan", copies=90)]},
        {"rules": [rule("journey-plan", days=36, copies=90)], "tags": {"owner": "others"}},
        {"rules": [rule("journey-plan", days=36), {**rule("journey-plan"), "ruleName": "second", "startWindow": 120}]},
        {
            "rules": [
                {
                    **rule("journey-plan"),
                    "recoveryPointTags": {"tier": "daily"},
                    "scheduleExpressionTimezone": "Europe/London",
                }
            ]
        },
    )
    Journey("aws:backup/plan:Plan", given, changes).travel(provider)
    provider.delete(vault)


def test_a_selection_lives(provider: Driver) -> None:
    vault = provider.create(VAULT, "v", {"name": "journey-selection"})
    plan = provider.create(
        "aws:backup/plan:Plan", "p", {"name": "journey-selection", "rules": [rule("journey-selection")]}
    )
    role = provider.create("aws:iam/role:Role", "r", {"name": "journey-backup", "assumeRolePolicy": TRUST})
    allow = {"Effect": "Allow", "Action": "tag:GetResources", "Resource": "*"}
    policy = {"Version": "2012-10-17", "Statement": [allow]}
    finds = provider.create("aws:iam/rolePolicy:RolePolicy", "f", {"role": role.id, "name": "finds", "policy": policy})
    given = {
        "name": "tables",
        "planId": plan.id,
        "iamRoleArn": role.state["arn"],
        "resources": [f"arn:aws:dynamodb:{REGION}:{PROD}:table/receipts"],
        "selectionTags": [{"type": "STRINGEQUALS", "key": "backup", "value": "daily"}],
    }
    Journey("aws:backup/selection:Selection", given, import_id="{planId}|{id}").travel(provider)
    provider.delete(finds)
    provider.delete(role)
    provider.delete(plan)
    provider.delete(vault)


def test_region_settings_outlive_their_resource(provider: Driver, emulator: Emulator) -> None:
    opted = emulator.client("backup").describe_region_settings()["ResourceTypeOptInPreference"]
    given = {"resourceTypeOptInPreference": {**opted, "DynamoDB": True}}
    changed = {"resourceTypeOptInPreference": {**opted, "DynamoDB": False}}
    Journey("aws:backup/regionSettings:RegionSettings", given, (changed,), survives_delete=True).travel(provider)
    assert emulator.client("backup").describe_region_settings()["ResourceTypeOptInPreference"]["DynamoDB"] is False
