"""Policy, lock and notifications of a vault."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal.provider.diff import diff
from rehearsal.provider.errors import ProviderError
from rehearsal.provider.schema import ResourceType, Update
from rehearsal.provider.types import backup_vault_lock_configuration as lock
from rehearsal.provider.types import backup_vault_notifications as notifications
from rehearsal.provider.types import backup_vault_policy as policy
from tests.rehearsal.provider.fakes import client_error
from tests.rehearsal.provider.rules import change, completed, refusals, sent
from tests.rehearsal.provider.stubbed import REGION, World

ARN = f"arn:aws:backup:{REGION}:111111111111:backup-vault:daily"
TOPIC = f"arn:aws:sns:{REGION}:111111111111:alarms"
TEXT = '{"Version":"2012-10-17","Statement":[]}'
NORMAL = '{"Statement":[],"Version":"2012-10-17"}'
LOCK = {"backupVaultName": "daily", "minRetentionDays": 35, "maxRetentionDays": 90}
NOTES: dict[str, Any] = {"backupVaultName": "daily", "snsTopicArn": TOPIC, "backupVaultEvents": ["COPY_JOB_FAILED"]}


def test_a_policy_is_put_in_normal_form_once_its_principals_are_valid() -> None:
    world, request = World(), {"BackupVaultName": "daily", "Policy": NORMAL}
    world.refuse(
        "backup", "put_backup_vault_access_policy", "InvalidParameterValueException", "Provided principal is not valid"
    )
    world.expect("backup", "put_backup_vault_access_policy", request, {})
    assert policy.create(world.context(), {"backupVaultName": "daily", "policy": TEXT}) == "daily"
    assert world.clock.slept == [0.1]
    world.done()


def test_fails_when_the_policy_is_wrong_for_another_reason() -> None:
    world = World()
    world.refuse("backup", "put_backup_vault_access_policy", "InvalidParameterValueException", "malformed")
    with pytest.raises(ClientError):
        policy.create(world.context(), {"backupVaultName": "daily", "policy": TEXT})


def test_a_failed_update_of_a_policy_says_creating() -> None:
    world = World()
    world.refuse("backup", "put_backup_vault_access_policy", "LimitExceededException")
    update = Update(id="daily", old={}, new={"policy": TEXT}, changed=frozenset({"policy"}))
    with pytest.raises(ProviderError, match=r"^creating Backup Vault Policy \(daily\): "):
        policy.update(world.context(), update)


def test_a_policy_differs_only_in_meaning() -> None:
    given = {"backupVaultName": "daily", "policy": TEXT}
    assert change(policy.TYPE, given, {**given, "policy": NORMAL}) == (set(), set())
    deny = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny"}]})
    assert change(policy.TYPE, given, {**given, "policy": deny}) == ({"policy"}, set())
    assert change(policy.TYPE, given, {**given, "backupVaultName": "weekly"})[1] == {"backupVaultName"}


@pytest.mark.parametrize("kind", [policy.TYPE, lock.TYPE, notifications.TYPE])
def test_a_denied_read_counts_as_gone(kind: ResourceType) -> None:
    assert kind.gone(client_error("AccessDeniedException"))
    assert not kind.gone(client_error("ThrottlingException"))


def test_a_denied_delete_of_a_lock_is_an_error_and_of_the_others_a_success() -> None:
    denied = client_error("AccessDeniedException")
    assert lock.TYPE.delete_ignores
    assert not lock.TYPE.delete_ignores(denied)
    assert policy.TYPE.delete_ignores is notifications.TYPE.delete_ignores is None


@pytest.mark.parametrize(
    ("given", "request_"),
    [
        ({**LOCK, "changeableForDays": 3}, {"ChangeableForDays": 3, "MinRetentionDays": 35, "MaxRetentionDays": 90}),
        (LOCK, {"MinRetentionDays": 35, "MaxRetentionDays": 90}),
        ({"backupVaultName": "daily", "minRetentionDays": 0}, {}),
    ],
)
def test_a_lock_sends_what_is_not_zero(given: dict[str, Any], request_: dict[str, Any]) -> None:
    world = World()
    world.expect("backup", "put_backup_vault_lock_configuration", {"BackupVaultName": "daily", **request_}, {})
    assert lock.create(world.context(), sent(lock.TYPE, given)) == "daily"
    world.done()


def test_a_lock_is_there_as_long_as_its_vault_whatever_it_says() -> None:
    world = World()
    vault = {"BackupVaultName": "daily", "BackupVaultArn": ARN, "Locked": False}
    world.expect("backup", "describe_backup_vault", {"BackupVaultName": "daily"}, vault)
    read = lock.read(world.context(), "daily", {})
    assert read == {
        "backupVaultName": "daily",
        "backupVaultArn": ARN,
        "minRetentionDays": None,
        "maxRetentionDays": None,
    }


@pytest.mark.parametrize("name", ["minRetentionDays", "maxRetentionDays", "changeableForDays"])
def test_every_change_of_a_lock_replaces_the_new_one_first(name: str) -> None:
    new = completed(lock.TYPE, {**LOCK, name: 7})
    found = diff(lock.TYPE, sent(lock.TYPE, LOCK), new)
    assert (found.changed, found.replaces, found.delete_before_replace) == ({name}, {name}, False)


def test_an_unlock_by_hand_shows_as_a_replacement() -> None:
    assert change(lock.TYPE, LOCK, LOCK, minRetentionDays=None, maxRetentionDays=None)[1] == {
        "minRetentionDays",
        "maxRetentionDays",
    }


@pytest.mark.parametrize(("days", "fits"), [(2, False), (3, True)])
def test_the_days_of_grace_are_three_at_least(days: int, fits: bool) -> None:
    assert (refusals(lock.TYPE, {**LOCK, "changeableForDays": days}) == []) is fits


def test_notifications_are_put_and_read() -> None:
    world = World()
    body = {"SNSTopicArn": TOPIC, "BackupVaultEvents": ["COPY_JOB_FAILED"]}
    world.expect("backup", "put_backup_vault_notifications", {"BackupVaultName": "daily", **body}, {})
    answer = {"BackupVaultName": "daily", "BackupVaultArn": ARN, **body}
    world.expect("backup", "get_backup_vault_notifications", {"BackupVaultName": "daily"}, answer)
    assert notifications.create(world.context(), sent(notifications.TYPE, NOTES)) == "daily"
    assert notifications.read(world.context(), "daily", {}) == {**NOTES, "backupVaultArn": ARN}
    world.done()


def test_every_change_of_notifications_replaces() -> None:
    for name, value in {"snsTopicArn": f"{TOPIC}2", "backupVaultEvents": ["BACKUP_JOB_FAILED"]}.items():
        assert change(notifications.TYPE, NOTES, {**NOTES, name: value}) == ({name}, {name})


def test_fails_when_an_event_is_none_of_a_vaults() -> None:
    assert "got VAULT_ON_FIRE" in refusals(notifications.TYPE, {**NOTES, "backupVaultEvents": ["VAULT_ON_FIRE"]})[0]
