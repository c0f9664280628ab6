import pytest

from tests.emulator_people import refuses
from tests.emulator_process import Emulator

pytestmark = pytest.mark.emulator


def test_a_rotation_on_demand_is_listed(emulator: Emulator) -> None:
    kms = emulator.client("kms")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    assert kms.list_key_rotations(KeyId=key)["Rotations"] == []
    assert kms.rotate_key_on_demand(KeyId=key)["KeyId"] == key
    [rotation] = kms.list_key_rotations(KeyId=key)["Rotations"]
    assert (rotation["KeyId"], rotation["RotationType"]) == (key, "ON_DEMAND")


def test_fails_when_a_key_that_does_not_exist_is_rotated(emulator: Emulator) -> None:
    with refuses("NotFoundException"):
        emulator.client("kms").rotate_key_on_demand(KeyId="00000000-0000-0000-0000-000000000000")


def test_fails_when_a_disabled_key_is_rotated(emulator: Emulator) -> None:
    kms = emulator.client("kms")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    kms.disable_key(KeyId=key)
    with refuses("DisabledException"):
        kms.rotate_key_on_demand(KeyId=key)


def test_fails_when_the_key_has_no_material_to_rotate(emulator: Emulator) -> None:
    kms = emulator.client("kms")
    key = kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]["Arn"]
    with refuses("UnsupportedOperationException"):
        kms.rotate_key_on_demand(KeyId=key)


def test_fails_when_a_key_was_rotated_25_times(emulator: Emulator) -> None:
    kms = emulator.client("kms")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    for _ in range(25):
        kms.rotate_key_on_demand(KeyId=key)
    with refuses("LimitExceededException"):
        kms.rotate_key_on_demand(KeyId=key)
