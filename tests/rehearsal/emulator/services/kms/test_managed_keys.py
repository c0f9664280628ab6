import pytest

from tests.emulator_people import refuses
from tests.emulator_process import Emulator

pytestmark = pytest.mark.emulator


def test_asking_for_the_key_of_a_service_makes_it_and_says_that_aws_manages_it(emulator: Emulator) -> None:
    kms = emulator.root("kms", "111111111111")
    first = kms.describe_key(KeyId="alias/aws/s3")["KeyMetadata"]
    assert first["KeyManager"] == "AWS"
    assert kms.describe_key(KeyId="alias/aws/s3")["KeyMetadata"]["Arn"] == first["Arn"]
    assert kms.describe_key(KeyId=kms.create_key()["KeyMetadata"]["KeyId"])["KeyMetadata"]["KeyManager"] == "CUSTOMER"


def test_each_account_has_its_own(emulator: Emulator) -> None:
    arns = {
        emulator.root("kms", account).describe_key(KeyId="alias/aws/s3")["KeyMetadata"]["Arn"]
        for account in ("111111111111", "222222222222")
    }
    assert len(arns) == 2


def test_fails_when_no_service_has_that_name(emulator: Emulator) -> None:
    with refuses("NotFoundException"):
        emulator.root("kms", "111111111111").describe_key(KeyId="alias/aws/nothing")
