import pytest

from tests.emulator_people import refuses
from tests.emulator_process import Emulator

pytestmark = pytest.mark.emulator

DAY = 86_400


def make_key(emulator: Emulator) -> str:
    return emulator.client("kms").create_key()["KeyMetadata"]["Arn"]


def advance(emulator: Emulator, days: float) -> None:
    emulator.advance(days * DAY)


@pytest.mark.parametrize("days", [6, 31])
def test_fails_when_the_waiting_period_is_out_of_bounds(emulator: Emulator, days: int) -> None:
    key = make_key(emulator)
    with refuses("ValidationException"):
        emulator.client("kms").schedule_key_deletion(KeyId=key, PendingWindowInDays=days)


@pytest.mark.parametrize("days", [7, 30])
def test_a_key_is_gone_when_its_time_has_come_and_not_before(emulator: Emulator, days: int) -> None:
    kms, key = emulator.client("kms"), make_key(emulator)
    kms.create_alias(AliasName="alias/old", TargetKeyId=key)
    asked = kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=days)
    assert (asked["KeyState"], asked["PendingWindowInDays"]) == ("PendingDeletion", days)
    advance(emulator, days - 0.01)
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingDeletion"
    advance(emulator, 0.02)
    with refuses("NotFoundException"):
        kms.describe_key(KeyId=key)
    assert "alias/old" not in [alias["AliasName"] for alias in kms.list_aliases()["Aliases"]]


def test_the_date_of_a_deletion_is_on_the_emulators_clock(emulator: Emulator) -> None:
    kms, key = emulator.client("kms"), make_key(emulator)
    advance(emulator, 400)
    date = kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)["DeletionDate"]
    now = emulator.control("GET", "clock")["now"]
    assert date.isoformat()[:10] > now[:10]
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["DeletionDate"] == date


def test_a_cancelled_deletion_leaves_the_key_disabled(emulator: Emulator) -> None:
    kms, key = emulator.client("kms"), make_key(emulator)
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    kms.cancel_key_deletion(KeyId=key)
    advance(emulator, 10)
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "Disabled"
    with refuses("DisabledException"):
        kms.encrypt(KeyId=key, Plaintext=b"x")
    kms.enable_key(KeyId=key)
    assert kms.encrypt(KeyId=key, Plaintext=b"x")["KeyId"] == key


def test_fails_when_a_key_that_waits_is_used(emulator: Emulator) -> None:
    kms, key = emulator.client("kms"), make_key(emulator)
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    with refuses("KMSInvalidStateException"):
        kms.encrypt(KeyId=key, Plaintext=b"x")


@pytest.mark.parametrize("operation", ["enable_key", "disable_key", "schedule_key_deletion"])
def test_fails_when_a_key_that_waits_is_changed(emulator: Emulator, operation: str) -> None:
    kms, key = emulator.client("kms"), make_key(emulator)
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    with refuses("KMSInvalidStateException"):
        getattr(kms, operation)(KeyId=key)


def test_fails_when_no_deletion_is_scheduled(emulator: Emulator) -> None:
    key = make_key(emulator)
    with refuses("KMSInvalidStateException"):
        emulator.client("kms").cancel_key_deletion(KeyId=key)


def test_a_deletion_is_kept_by_a_process_that_is_killed(own_emulator: Emulator) -> None:
    key = make_key(own_emulator)
    own_emulator.client("kms").schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    own_emulator.crash()
    advance(own_emulator, 7.01)
    with refuses("NotFoundException"):
        own_emulator.client("kms").describe_key(KeyId=key)
