import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from rehearsal.items import writing
from rehearsal.items.expected import keys
from rehearsal.items.history import Change, History
from rehearsal.local.errors import TookTooLongError
from strongroom.evidence.items import canonical, reading
from strongroom.facts.items import ITEM_BYTES, Item
from tests.rehearsal.items.settings import BEGIN, BUNDLES

_KEYS = keys(BUNDLES)


@dataclass
class FakeTable:
    """A table in memory that leaves some writes of each call unprocessed."""

    left: int = 0
    """Writes of each call that are not processed, as long as the call holds more than these."""
    held: dict[bytes, Item] = field(default_factory=dict[bytes, Item])
    calls: list[int] = field(default_factory=list[int])
    pauses: list[float] = field(default_factory=list[float])

    def batch_write_item(self, *, RequestItems: Mapping[str, Any]) -> Any:  # noqa: N803 - AWS's own word
        ((table, requests),) = RequestItems.items()
        taken = requests[: len(requests) - self.left] or (requests[:0] if self.left > 30 else requests)
        self.calls.append(len(requests))
        assert len(requests) <= 25
        assert len(json.dumps(requests, default=lambda octets: octets.hex())) <= 16 * 1024 * 1024
        touched = [self._write(request) for request in taken]
        assert len(set(touched)) == len(touched), "Provided list of item keys contains duplicates"
        rest = requests[len(taken) :]
        return {"UnprocessedItems": {table: rest} if rest else {}}

    def _write(self, request: Mapping[str, Any]) -> bytes:
        if "DeleteRequest" in request:
            key = canonical.encode(request["DeleteRequest"]["Key"])
            self.held.pop(key, None)
            return key
        item = request["PutRequest"]["Item"]
        key = _KEYS.form(item)
        self.held[key] = item
        return key


@pytest.mark.parametrize("left", [0, 7])
def test_items_and_changes_end_in_what_is_expected(left: int) -> None:
    history = History(5, BEGIN, items=80, changes=120)
    table = FakeTable(left)
    end = BEGIN + timedelta(days=1)
    assert writing.put(table, BUNDLES.name, history.first(BUNDLES), table.pauses.append) == 80
    assert writing.change(table, BUNDLES.name, history.after(BUNDLES, BEGIN, end), table.pauses.append) == 120
    expected = reading.of(history.expected(BUNDLES, end)).summary()
    assert reading.of(table.held.values()).summary() == expected
    assert bool(table.pauses) == bool(left)


def test_changes_of_one_item_stand_in_different_batches() -> None:
    key: Item = {"hashedSub": {"S": "a"}, "bundleId": {"S": "b"}}
    changes = [Change(BEGIN, key, {**key, "version": {"N": str(number)}}) for number in range(3)]
    table = FakeTable()
    assert writing.change(table, "t", [*changes, Change(BEGIN, key, None)], table.pauses.append) == 4
    assert table.calls == [1, 1, 1, 1]
    assert table.held == {}


def test_batches_are_full() -> None:
    items: list[Item] = [{"hashedSub": {"S": "a"}, "bundleId": {"S": str(number)}} for number in range(51)]
    table = FakeTable()
    writing.put(table, "t", items, table.pauses.append)
    assert table.calls == [25, 25, 1]


def test_fails_when_writes_are_left_unprocessed_for_ever() -> None:
    table = FakeTable(left=31)
    with pytest.raises(TookTooLongError, match="left 1 writes unprocessed 10 times"):
        writing.put(table, "t", [{"hashedSub": {"S": "a"}, "bundleId": {"S": "b"}}], table.pauses.append)
    assert table.pauses == sorted(table.pauses)
    assert len(table.pauses) == 10
    assert max(table.pauses) == 5.0


def _large(filler: int) -> Item:
    return {"hashedSub": {"S": "a"}, "bundleId": {"S": "b"}, "f": {"B": b"x" * (filler - 20)}}


def test_an_item_of_400_kb_is_written() -> None:
    table = FakeTable()
    assert writing.put(table, "t", [_large(ITEM_BYTES.high)], table.pauses.append) == 1


def test_fails_when_an_item_is_larger_than_400_kb() -> None:
    table = FakeTable()
    with pytest.raises(ValueError, match="item size in bytes"):
        writing.put(table, "t", [_large(ITEM_BYTES.high + 1)], table.pauses.append)
    assert table.calls == []
