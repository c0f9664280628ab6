from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal.provider.errors import GoneError, ProviderError
from rehearsal.provider.schema import TagChange
from rehearsal.provider.types import backup_tags, backup_vault
from tests.rehearsal.provider.fakes import client_error
from tests.rehearsal.provider.rules import change, refusals, sent
from tests.rehearsal.provider.stubbed import REGION, World

TYPE = backup_vault.TYPE
ARN = f"arn:aws:backup:{REGION}:111111111111:backup-vault:daily"
POINT = f"arn:aws:backup:{REGION}:111111111111:recovery-point:1"
KEY = f"arn:aws:kms:{REGION}:111111111111:key/k"


def test_a_create_sends_name_key_and_tags() -> None:
    world = World()
    request = {"BackupVaultName": "daily", "EncryptionKeyArn": KEY, "BackupVaultTags": {"a": "b"}}
    world.expect("backup", "create_backup_vault", request, {})
    given = sent(TYPE, {"name": "daily", "kmsKeyArn": KEY, "tags": {"a": "b"}})
    assert backup_vault.create(world.context(), given) == "daily"
    world.done()


def test_a_read_tells_key_points_and_tags() -> None:
    world = World()
    vault = {"BackupVaultName": "daily", "BackupVaultArn": ARN, "EncryptionKeyArn": KEY, "NumberOfRecoveryPoints": 3}
    world.expect("backup", "describe_backup_vault", {"BackupVaultName": "daily"}, vault)
    world.expect("backup", "list_tags", {"ResourceArn": ARN}, {"Tags": {"a": "b"}})
    assert backup_vault.read(world.context(), "daily", {}) == {
        "name": "daily",
        "arn": ARN,
        "kmsKeyArn": KEY,
        "recoveryPoints": 3,
        "tagsAll": {"a": "b"},
    }


def test_a_vault_of_another_type_is_gone() -> None:
    world = World()
    vault = {"BackupVaultName": "daily", "BackupVaultArn": ARN, "VaultType": "LOGICALLY_AIR_GAPPED_BACKUP_VAULT"}
    world.expect("backup", "describe_backup_vault", {"BackupVaultName": "daily"}, vault)
    with pytest.raises(GoneError):
        backup_vault.read(world.context(), "daily", {})


@pytest.mark.parametrize("code", ["ResourceNotFoundException", "AccessDeniedException"])
def test_a_denied_read_or_delete_counts_as_gone_like_a_missing_vault(code: str) -> None:
    assert TYPE.gone(client_error(code))
    assert TYPE.delete_ignores is None


def test_other_errors_are_errors() -> None:
    assert not TYPE.gone(client_error("InvalidRequestException"))


def test_tags_are_removed_and_then_put() -> None:
    world = World()
    world.expect("backup", "untag_resource", {"ResourceArn": ARN, "TagKeyList": ["old"]}, {})
    world.expect("backup", "tag_resource", {"ResourceArn": ARN, "Tags": {"new": "1"}}, {})
    tags = TagChange(id="daily", state={"arn": ARN}, put={"new": "1"}, remove=["old"])
    backup_tags.tag(world.context(), tags)
    world.done()


def points(world: World, token: str | None, following: str | None) -> None:
    """Script one page of one recovery point."""
    request = {"BackupVaultName": "daily"} | ({"NextToken": token} if token else {})
    answer: dict[str, Any] = {"RecoveryPoints": [{"RecoveryPointArn": POINT}]}
    world.expect(
        "backup",
        "list_recovery_points_by_backup_vault",
        request,
        answer | ({"NextToken": following} if following else {}),
    )


def test_a_forced_delete_empties_the_vault_first() -> None:
    world, point = World(), {"BackupVaultName": "daily", "RecoveryPointArn": POINT}
    points(world, None, None)
    world.expect("backup", "delete_recovery_point", point, {})
    world.expect("backup", "describe_recovery_point", point, {"Status": "DELETING"})
    world.refuse("backup", "describe_recovery_point", "ResourceNotFoundException")
    world.expect("backup", "delete_backup_vault", {"BackupVaultName": "daily"}, {})
    backup_vault.delete(world.context(), "daily", {"forceDestroy": True})
    world.done()


def test_a_point_of_the_last_page_that_stays_is_told_by_the_vault_alone() -> None:
    world = World()
    points(world, None, None)
    world.refuse("backup", "delete_recovery_point", "AccessDeniedException")
    world.refuse("backup", "delete_backup_vault", "InvalidRequestException", "contains recovery points")
    with pytest.raises(ClientError, match="contains recovery points"):
        backup_vault.delete(world.context(), "daily", {"forceDestroy": True})
    world.done()


def test_fails_when_a_point_of_an_earlier_page_stays() -> None:
    world = World()
    points(world, None, "2")
    world.refuse("backup", "delete_recovery_point", "AccessDeniedException", "locked")
    points(world, "2", None)
    with pytest.raises(ProviderError, match=r"deleting Backup Vault \(daily\): deleting recovery point .* locked"):
        backup_vault.delete(world.context(), "daily", {"forceDestroy": True})


def test_an_unforced_delete_lists_nothing() -> None:
    world = World()
    world.expect("backup", "delete_backup_vault", {"BackupVaultName": "daily"}, {})
    backup_vault.delete(world.context(), "daily", {"forceDestroy": False})
    world.done()


def test_name_and_key_replace_and_the_flag_does_not() -> None:
    old = {"name": "daily", "kmsKeyArn": KEY}
    assert change(TYPE, old, {"name": "weekly", "kmsKeyArn": KEY}) == ({"name"}, {"name"})
    assert change(TYPE, old, {"name": "daily", "kmsKeyArn": KEY.replace("/k", "/l")}) == ({"kmsKeyArn"}, {"kmsKeyArn"})
    assert change(TYPE, old, {**old, "forceDestroy": True}) == ({"forceDestroy"}, set())


def test_taking_the_key_away_is_no_difference() -> None:
    assert change(TYPE, {"name": "daily", "kmsKeyArn": KEY}, {"name": "daily"}) == (set(), set())


@pytest.mark.parametrize("name", ["ab", "a" * 50, "A_b-9"])
def test_names_of_two_to_fifty_characters_pass(name: str) -> None:
    assert refusals(TYPE, {"name": name}) == []


@pytest.mark.parametrize("name", ["a", "a" * 51, "with.dot"])
def test_fails_when_the_name_cannot_exist(name: str) -> None:
    assert refusals(TYPE, {"name": name})[0].endswith(f"must be 2 to 50 letters, digits, '_' or '-', got {name}")
