import pytest

from components.protected_table import ProtectedTable, ProtectedTableArgs
from strongroom.config.tables import AttributeType, StreamView
from strongroom.config.tiers import DataClass
from tests.recorder import Recording, Resource, record, run

ARGS: ProtectedTableArgs = {
    "environment": "prod",
    "region": "eu-west-2",
    "table_name": "prod-submit-receipts",
    "data_class": DataClass.CRITICAL,
    "hash_key": {"name": "hashedSub"},
}
KEY = "arn:aws:kms:eu-west-2:111111111111:key/11111111-2222-3333-4444-555555555555"


def table(args: ProtectedTableArgs = ARGS) -> Resource:
    return run(lambda: ProtectedTable("receipts", args))["receipts-table"]


def refused(args: ProtectedTableArgs, sentence: str) -> None:
    seen = Recording()
    with pytest.raises(ValueError, match=sentence):
        record(lambda: ProtectedTable("receipts", args), seen)
    assert not seen.resources


def test_a_table_costs_two_registrations() -> None:
    registered = run(lambda: ProtectedTable("receipts", ARGS)).resources
    assert [resource.name for resource in registered] == ["receipts", "receipts-table"]


def test_every_second_of_thirty_five_days_can_be_brought_back() -> None:
    assert table().inputs["pointInTimeRecovery"] == {"enabled": True, "recoveryPeriodInDays": 35}


@pytest.mark.parametrize("days", [1, 35])
def test_a_shorter_window_is_possible(days: int) -> None:
    assert table({**ARGS, "pitr_days": days}).inputs["pointInTimeRecovery"]["recoveryPeriodInDays"] == days


@pytest.mark.parametrize("days", [0, 36])
def test_fails_when_the_window_is_none_that_dynamodb_has(days: int) -> None:
    refused({**ARGS, "pitr_days": days}, rf"pitr_days .* must be 1 to 35, got {days}")


def test_neither_a_mistake_nor_a_destroyed_stack_takes_the_table() -> None:
    made = table()
    assert made.inputs["deletionProtectionEnabled"] is True
    assert made.protect
    assert made.retain_on_delete


def test_a_disposable_table_goes_with_its_stack() -> None:
    made = table({**ARGS, "disposable": True})
    assert made.inputs["deletionProtectionEnabled"] is False
    assert not made.protect
    assert not made.retain_on_delete


def test_its_tags_put_it_into_a_backup_plan() -> None:
    assert table().inputs["tags"] == {"strongroom:data-class": "critical", "strongroom:environment": "prod"}


def test_only_key_attributes_are_declared() -> None:
    made = table({**ARGS, "range_key": {"name": "receiptId", "type": AttributeType.NUMBER}})
    assert made.inputs["attributes"] == [{"name": "hashedSub", "type": "S"}, {"name": "receiptId", "type": "N"}]
    assert (made.inputs["hashKey"], made.inputs["rangeKey"]) == ("hashedSub", "receiptId")


def test_fails_when_both_keys_are_one_attribute() -> None:
    refused({**ARGS, "range_key": {"name": "hashedSub"}}, "rangeKey must be another attribute than hashKey")


def test_what_is_not_asked_for_is_not_sent() -> None:
    assert not {"ttl", "streamEnabled", "streamViewType", "serverSideEncryption", "rangeKey"} & set(table().inputs)


def test_items_expire_by_the_attribute_that_is_named() -> None:
    assert table({**ARGS, "ttl_attribute": "ttl"}).inputs["ttl"] == {"enabled": True, "attributeName": "ttl"}


def test_a_stream_holds_what_is_asked_for() -> None:
    made = table({**ARGS, "stream": StreamView.KEYS_ONLY})
    assert (made.inputs["streamEnabled"], made.inputs["streamViewType"]) == (True, "KEYS_ONLY")


def test_a_key_of_the_caller_encrypts_it() -> None:
    assert table({**ARGS, "kms_key_arn": KEY}).inputs["serverSideEncryption"] == {"enabled": True, "kmsKeyArn": KEY}


@pytest.mark.parametrize("name", ["ab", "a" * 256, "with space"])
def test_fails_when_no_table_can_have_the_name(name: str) -> None:
    refused({**ARGS, "table_name": name}, "name must be 3 to 255 of letters")


def test_a_whole_number_may_come_over_the_wire_as_a_float() -> None:
    made = table({**ARGS, "pitr_days": 7.0})  # pyright: ignore[reportArgumentType] - what another language sends
    assert made.inputs["pointInTimeRecovery"]["recoveryPeriodInDays"] == 7
