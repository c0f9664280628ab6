"""What the tables in memory promise to the tests that stand on them."""

from datetime import timedelta

import pytest

from strongroom.aws.errors import FailedError, NotThereError
from strongroom.aws.table_state import TableState
from strongroom.config.tables import StreamView
from strongroom.facts.items import Item
from tests.strongroom.aws.memory import MemoryAws
from tests.strongroom.aws.memory_accounts import Content
from tests.strongroom.aws.memory_calls import NOON
from tests.strongroom.aws.memory_tables import MemoryTables, MemoryTableStates, table_arn

PROD = "111111111111"
OLD: tuple[Item, ...] = ({"id": {"S": "old"}},)
NEW: tuple[Item, ...] = ({"id": {"S": "new"}},)


@pytest.fixture
def aws() -> MemoryAws:
    """Prod with one table."""
    made = MemoryAws()
    made.account(PROD).table("receipts", Content(NEW))
    return made


@pytest.fixture
def states(aws: MemoryAws) -> MemoryTableStates:
    """The door to it."""
    return MemoryTableStates(aws, PROD)


def state(states: MemoryTableStates, table: str = "receipts") -> TableState:
    found = states.state(table)
    assert found
    return found


def test_every_setting_is_set_and_read_back(states: MemoryTableStates) -> None:
    states.set_ttl("receipts", "expires", on=True)
    states.set_pitr("receipts", 7)
    states.protect("receipts", on=True)
    states.set_stream("receipts", StreamView.KEYS_ONLY)
    states.tag(table_arn(PROD, "receipts"), {"a": "b", "c": "d"})
    states.untag(table_arn(PROD, "receipts"), ["c", "nothing"])
    found = state(states)
    assert (found.ttl_attribute, found.pitr_days, found.stream) == ("expires", 7, StreamView.KEYS_ONLY)
    assert (found.deletion_protection, dict(found.tags), found.status) == (True, {"a": "b"}, "ACTIVE")
    with pytest.raises(FailedError, match="protected"):
        states.delete("receipts")


def test_expiry_takes_its_time_and_is_not_switched_twice(aws: MemoryAws, states: MemoryTableStates) -> None:
    aws.ttl_takes = timedelta(hours=1)
    states.set_ttl("receipts", "expires", on=True)
    assert state(states).ttl_changing
    with pytest.raises(FailedError, match="ValidationException"):
        states.set_ttl("receipts", "expires", on=False)
    aws.clock.sleep(3600)
    assert not state(states).ttl_changing
    states.set_ttl("receipts", "expires", on=False)


def test_a_table_that_is_updating_takes_no_other_change(aws: MemoryAws, states: MemoryTableStates) -> None:
    aws.update_takes = timedelta(seconds=10)
    states.protect("receipts", on=True)
    assert state(states).status == "UPDATING"
    with pytest.raises(FailedError, match="ResourceInUseException"):
        states.set_stream("receipts", StreamView.KEYS_ONLY)
    aws.clock.sleep(10)
    states.set_stream("receipts", StreamView.KEYS_ONLY)


def test_a_table_is_restored_as_it_was(aws: MemoryAws, states: MemoryTableStates) -> None:
    aws.account(PROD).tables["receipts"].history = {
        NOON - timedelta(days=1): Content(OLD),
        NOON - timedelta(hours=1): Content(NEW),
    }
    assert states.pitr_window("receipts") is None
    states.set_pitr("receipts", 35)
    aws.account(PROD).tables["receipts"].pitr_since = NOON - timedelta(days=2)
    window = states.pitr_window("receipts")
    assert window
    assert (window.earliest, window.latest) == (NOON - timedelta(days=2), NOON - timedelta(minutes=5))
    states.restore_to("receipts", "old", NOON - timedelta(hours=2), None)
    states.restore_to("receipts", "new", None, "key")
    assert (state(states, "old").status, state(states, "new").kms_key_arn) == ("CREATING", "key")
    aws.clock.sleep(600)
    tables = MemoryTables(aws, PROD)
    assert tables.item("old", OLD[0]) == OLD[0]
    assert tables.item("new", NEW[0]) == NEW[0]
    assert state(states, "old").pitr_days is None
    for at in (window.earliest - timedelta(seconds=1), aws.clock.now()):
        with pytest.raises(FailedError, match="InvalidRestoreTimeException"):
            states.restore_to("receipts", "other", at, None)
    with pytest.raises(FailedError, match="TableAlreadyExistsException"):
        states.restore_to("receipts", "old", None, None)


def test_a_table_that_is_not_there_is_told_as_such(states: MemoryTableStates) -> None:
    assert states.state("nothing") is None
    states.delete("nothing")
    with pytest.raises(NotThereError):
        states.pitr_window("nothing")
