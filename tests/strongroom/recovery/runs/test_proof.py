"""A restored table is read whole, and what speaks against it is said."""

from pathlib import Path

import pytest

from strongroom.aws.errors import FailedError
from strongroom.recovery.errors import RequestError
from strongroom.recovery.plans.plan import Chosen
from strongroom.recovery.runs.proof import Expected, Reader, StoppedError, differs, expected
from tests.strongroom.recovery.loss import FRESH, Loss
from tests.strongroom.recovery.running import TABLES, Recovery, items, lost

TABLE = TABLES[0]


def restored(loss: Loss, count: int) -> Reader:
    """A reader of a new account that has a table of so many items."""
    loss.aws.account(FRESH).table(TABLE, loss.aws.contents[loss.plan().chosen[0].point_arn])
    loss.aws.page_items = 2
    own = loss.aws.account(FRESH).tables[TABLE]
    own.content = type(own.content)(items(TABLE, count))
    return Reader(loss.sessions.tables("strongroom-prod"), loss.told.append)


@pytest.fixture
def chosen() -> Chosen:
    """A point with data."""
    return lost().plan().chosen[0]


@pytest.mark.parametrize("count", [0, 1, 25])
def test_every_item_is_counted(count: int) -> None:
    assert restored(lost(), count).prove(TABLE).items == count


def test_one_item_more_is_another_digest() -> None:
    assert restored(lost(), 25).prove(TABLE).digest != restored(lost(), 26).prove(TABLE).digest


def test_pages_are_counted_and_progress_is_told() -> None:
    loss = lost()
    reader = restored(loss, 25)
    proof = reader.prove(TABLE)
    assert proof.pages == reader.pages == loss.aws.wire.count("tables.page")
    assert f"reading table {TABLE}: 25 items so far" in loss.told


def test_a_page_that_cannot_be_read_is_a_fault() -> None:
    loss = lost()
    reader = restored(loss, 25)
    loss.aws.wire.trouble(5, FailedError("no"), operation="tables.page")
    with pytest.raises(FailedError):
        reader.prove(TABLE)


def test_reading_can_be_called_off() -> None:
    reader = restored(lost(), 25)
    reader.stop()
    with pytest.raises(StoppedError):
        reader.prove(TABLE)


@pytest.mark.parametrize(
    ("items", "digest", "wanted", "said"),
    [
        (3, "a", None, None),
        (3, "a", Expected(items=3, digest="a"), None),
        (3, "a", Expected(), None),
        (2, "a", Expected(items=3, digest="a"), "must hold 3 items, got 2"),
        (4, "a", Expected(items=3), "must hold 3 items, got 4"),
        (3, "b", Expected(items=3, digest="a"), "some are not what they should be: digest b"),
        (0, "a", None, "is empty, and its point holds 1200000 bytes"),
        (0, "a", Expected(items=0), None),
    ],
)
def test_what_differs_is_said(
    chosen: Chosen, items: int, digest: str, wanted: Expected | None, said: str | None
) -> None:
    found = differs(chosen, items, digest, wanted)
    assert (found is None) if said is None else (said in (found or ""))


def test_what_tables_should_hold_is_read_from_json() -> None:
    found = expected(f'{{"{TABLE}": {{"items": 3, "digest": "a"}}}}', lost().plan(), "--expect x")
    assert found == {TABLE: Expected(items=3, digest="a")}


@pytest.mark.parametrize(
    "text", ["", "[]", '{"receipts": 3}', '{"receipts": {"item": 3}}', '{"strange": {"items": 3}}']
)
def test_what_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="--expect x"):
        expected(text, lost().plan(), "--expect x")


def test_what_was_read_is_told_for_every_table(tmp_path: Path) -> None:
    came = Recovery(tmp_path).whole()
    assert [(one.table, one.items, len(one.digest or "")) for one in came.tables] == [(name, 3, 64) for name in TABLES]
