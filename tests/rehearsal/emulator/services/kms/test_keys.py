from typing import Any

import pytest

from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.backup.asking import refusal

pytestmark = pytest.mark.emulator


@pytest.fixture
def kms(emulator: Emulator) -> Any:
    """KMS as the administrator of prod calls it."""
    return emulator.client("kms")


@pytest.mark.parametrize(("days", "code"), [(6, "ValidationException"), (31, "ValidationException")])
def test_fails_when_the_deletion_window_is_outside_7_to_30_days(kms: Any, days: int, code: str) -> None:
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    assert refusal(kms.schedule_key_deletion, KeyId=key, PendingWindowInDays=days) == code


@pytest.mark.parametrize("days", [7, 30])
def test_a_key_can_be_deleted_in_7_to_30_days(kms: Any, days: int) -> None:
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=days)
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingDeletion"


@pytest.mark.parametrize(("name", "code"), [("alias/aws/backup", "NotAuthorizedException"), ("alias/awsome", None)])
def test_aliases_of_aws_are_reserved(kms: Any, name: str, code: str | None) -> None:
    asked = {"AliasName": name, "TargetKeyId": kms.create_key()["KeyMetadata"]["KeyId"]}
    if code:
        assert refusal(kms.create_alias, **asked) == code
    else:
        kms.create_alias(**asked)
