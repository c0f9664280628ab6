"""The generator's items through the local AWS and back: what it keeps is what the oracle expects."""

import time
from datetime import timedelta
from typing import Any, Final

import pytest

from rehearsal.items import writing
from rehearsal.items.expected import ExpectedSource, keys
from rehearsal.items.history import History
from strongroom.aws.tables import DynamoTables
from strongroom.config.tables import TableSettings
from strongroom.evidence.items import sampling
from strongroom.evidence.items.comparison import Differences, compare
from strongroom.evidence.items.sources import TableSource
from tests.emulator_process import Emulator
from tests.rehearsal.items.settings import BEGIN, BINARY, BUNDLES

pytestmark = pytest.mark.emulator

_HISTORY: Final = History(2, BEGIN, items=60, changes=60)
_END: Final = BEGIN + timedelta(days=1)


def _made(client: Any, table: TableSettings) -> str:
    named = [(key, kind) for key, kind in ((table.hash_key, "HASH"), (table.range_key, "RANGE")) if key]
    client.create_table(
        TableName=table.name,
        AttributeDefinitions=[{"AttributeName": key.name, "AttributeType": key.type.value} for key, _ in named],
        KeySchema=[{"AttributeName": key.name, "KeyType": kind} for key, kind in named],
        BillingMode="PAY_PER_REQUEST",
    )
    client.get_waiter("table_exists").wait(TableName=table.name, WaiterConfig={"Delay": 1})
    return table.name


@pytest.mark.parametrize("table", [BUNDLES, BINARY], ids=lambda table: table.name)
def test_what_was_written_is_what_is_expected(emulator: Emulator, table: TableSettings) -> None:
    client = emulator.client("dynamodb")
    name = _made(client, table)
    writing.put(client, name, _HISTORY.first(table), time.sleep)
    writing.change(client, name, _HISTORY.after(table, BEGIN, _END), time.sleep)
    tables = DynamoTables(emulator.client("dynamodb"))
    expected = ExpectedSource(_HISTORY, table, _END)
    found = compare(expected, TableSource(tables, name, segments=3), keys(table))
    assert found.differences == Differences()
    assert found.same
    chosen = sampling.sample(expected.read(0), keys(table), 5, b"salt")
    assert sampling.confirm(tables, name, keys(table), chosen) == Differences()


def test_one_digit_in_a_table_turns_the_comparison_red(emulator: Emulator) -> None:
    client = emulator.client("dynamodb")
    name = _made(client, BINARY)
    writing.put(client, name, _HISTORY.first(BINARY), time.sleep)
    item = dict(next(iter(_HISTORY.first(BINARY))))
    digits = str(item["amount"]["N"])
    item["amount"] = {"N": f"{digits[:-1]}{'1' if digits[-1] != '1' else '2'}"}
    client.put_item(TableName=name, Item=item)
    tables = DynamoTables(emulator.client("dynamodb"))
    found = compare(ExpectedSource(_HISTORY, BINARY, BEGIN), TableSource(tables, name), keys(BINARY))
    assert not found.same
    assert [key["id"] for key in found.differences.different] == [item["id"]]
