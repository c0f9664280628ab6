"""Single items are written only over what was seen, by the local AWS."""

import base64
from typing import Any, cast

import pytest

from strongroom.aws.errors import FailedError, NotThereError
from strongroom.aws.item_writer import GUARDED, DynamoItemWriter, sent
from strongroom.aws.parameters import SsmParameters
from strongroom.evidence.items import canonical
from tests.emulator_process import Emulator
from tests.rehearsal.emulator.services.asking import TABLE
from tests.rehearsal.emulator.services.dynamodb.holding import EVERY_TYPE, held, item, put

KEY = {"id": EVERY_TYPE["id"]}


def text_of(value: object) -> Any:
    """A value as an HTTP answer has it: binary values as base64 text."""
    match value:
        case bytes():
            return base64.b64encode(value).decode()
        case dict():
            return {name: text_of(one) for name, one in cast("dict[str, object]", value).items()}
        case list():
            return [text_of(one) for one in cast("list[object]", value)]
        case _:
            return value


def forms(dynamodb: Any) -> set[bytes]:
    """Canonical forms of all items, as sets come back in any order."""
    return {canonical.encode(one) for one in held(dynamodb).values()}


def test_binary_values_are_sent_as_bytes_whichever_way_they_came() -> None:
    assert sent(text_of(EVERY_TYPE)) == EVERY_TYPE
    assert sent(EVERY_TYPE) == EVERY_TYPE


@pytest.fixture
def dynamodb(emulator: Emulator) -> Any:
    made = emulator.client("dynamodb")
    made.create_table(**TABLE)
    return made


@pytest.mark.emulator
def test_an_item_of_every_type_is_written_where_none_was_and_replaced_as_it_was_seen(dynamodb: Any) -> None:
    writer = DynamoItemWriter(dynamodb)
    assert writer.put("receipts", text_of(EVERY_TYPE), None)
    assert forms(dynamodb) == {canonical.encode(EVERY_TYPE)}
    assert not writer.put("receipts", item("every type"), None), "something is there by now"
    assert writer.put("receipts", item("every type", new="1"), text_of(EVERY_TYPE))
    assert held(dynamodb) == {"every type": item("every type", new="1")}


@pytest.mark.emulator
@pytest.mark.parametrize("name", sorted(set(EVERY_TYPE) - {"id"}))
def test_one_attribute_that_is_not_as_it_was_seen_keeps_all_writes_away(dynamodb: Any, name: str) -> None:
    writer = DynamoItemWriter(dynamodb)
    for now in ({**EVERY_TYPE, name: {"S": "other"}}, {one: EVERY_TYPE[one] for one in EVERY_TYPE if one != name}):
        put(dynamodb, now)
        assert not writer.put("receipts", item("every type"), EVERY_TYPE)
        assert not writer.delete("receipts", KEY, EVERY_TYPE)
        assert forms(dynamodb) == {canonical.encode(now)}


@pytest.mark.emulator
def test_an_attribute_that_came_since_and_would_be_overwritten_keeps_the_write_away(dynamodb: Any) -> None:
    put(dynamodb, item("a", x="1", y="theirs"))
    assert not DynamoItemWriter(dynamodb).put("receipts", item("a", x="1", y="ours"), item("a", x="1"))


@pytest.mark.emulator
def test_an_item_is_deleted_as_it_was_seen(dynamodb: Any) -> None:
    put(dynamodb, EVERY_TYPE, item("a"))
    assert DynamoItemWriter(dynamodb).delete("receipts", KEY, text_of(EVERY_TYPE))
    assert set(held(dynamodb)) == {"a"}
    assert not DynamoItemWriter(dynamodb).delete("receipts", KEY, EVERY_TYPE)


@pytest.mark.emulator
def test_as_many_attributes_as_a_condition_holds_are_guarded_and_no_more(dynamodb: Any) -> None:
    writer = DynamoItemWriter(dynamodb)
    for number, fits in ((GUARDED - 1, True), (GUARDED, False)):
        wide = item("a", **{f"x{one}": "1" for one in range(number)})
        put(dynamodb, wide)
        if fits:
            assert writer.put("receipts", item("a"), wide)
        else:
            with pytest.raises(FailedError, match=f"a condition guards {GUARDED}"):
                writer.put("receipts", item("a"), wide)


@pytest.mark.emulator
def test_fails_when_there_is_no_table(dynamodb: Any) -> None:
    with pytest.raises(NotThereError, match="writing an item of table nothing"):
        DynamoItemWriter(dynamodb).put("nothing", item("a"), None)


@pytest.mark.emulator
def test_a_parameter_is_made_and_changed_and_an_absent_one_is_none(emulator: Emulator) -> None:
    parameters = SsmParameters(emulator.client("ssm"))
    name = "/strongroom/prod/tables/receipts"
    assert parameters.value(name) is None
    parameters.put(name, "first")
    parameters.put(name, "second")
    assert parameters.value(name) == "second"
