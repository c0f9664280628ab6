import pytest

from rehearsal.emulator.rules import Refused
from rehearsal.emulator.services.backup.restores.restore_metadata import Target, key_of, parse, specification

_KEY = "arn:aws:kms:eu-west-2:111111111111:key/1"
_INVALID = "InvalidParameterValueException"


def test_metadata_name_a_table_and_its_encryption_in_any_case() -> None:
    asked = {"TargetTableName": "again", "ENCRYPTIONTYPE": "KMS", "kmsmasterkeyarn": _KEY, "aws:backup:request-id": "1"}
    assert parse(asked, same_region=False) == Target("again", "KMS", _KEY)
    assert parse({"targetTableName": "again"}, same_region=True) == Target("again", None, None)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"encryptionType": "Default"},
        {"targetTableName": "again", "deletionProtection": "false"},
        {"targetTableName": "again", "globalSecondaryIndexes": "[]"},
        {"targetTableName": "ab"},
        {"targetTableName": "a" * 256},
        {"targetTableName": "with space"},
        {"targetTableName": "again", "encryptionType": "AES256"},
        {"targetTableName": "again", "encryptionType": "default"},
        {"targetTableName": "again", "kmsMasterKeyArn": _KEY},
        {"targetTableName": "again", "encryptionType": "Default", "kmsMasterKeyArn": _KEY},
        {"targetTableName": "again", "encryptionType": "KMS", "kmsMasterKeyArn": "alias/mine"},
    ],
)
def test_fails_when_metadata_are_none_that_a_table_takes(asked: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        parse(asked, same_region=True)
    assert refused.value.code == _INVALID


@pytest.mark.parametrize("name", ["abc", "a" * 255, "With-all_kinds.0"])
def test_a_name_has_3_to_255_characters(name: str) -> None:
    assert parse({"targetTableName": name}, same_region=True).table == name


def test_fails_when_the_encryption_is_left_open_in_another_region() -> None:
    with pytest.raises(Refused) as refused:
        parse({"targetTableName": "again"}, same_region=False)
    assert refused.value.code == _INVALID
    assert parse({"targetTableName": "again", "encryptionType": "Default"}, same_region=False).encryption == "Default"


@pytest.mark.parametrize(
    ("kind", "key", "by_dynamodb", "used", "asked"),
    [
        (None, None, False, _KEY, None),
        (None, None, True, None, {"Enabled": False}),
        ("Default", None, False, None, {"Enabled": False}),
        ("KMS", None, False, None, {"Enabled": True, "SSEType": "KMS"}),
        ("KMS", "other", False, "other", {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": "other"}),
    ],
)
def test_without_a_word_a_table_gets_the_key_it_had(
    kind: str | None, key: str | None, by_dynamodb: bool, used: str | None, asked: dict[str, object] | None
) -> None:
    target = Target("again", kind, key)
    assert key_of(target, _KEY, managed_by_dynamodb=by_dynamodb) == used
    assert specification(target, managed_by_dynamodb=by_dynamodb) == asked
