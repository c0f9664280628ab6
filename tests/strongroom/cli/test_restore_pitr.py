"""`restore pitr`: a table as it was at an instant, or in plain words why not."""

from datetime import timedelta
from pathlib import Path

import pytest

from strongroom.aws.errors import FailedError, TimedOutError
from strongroom.cli.exits import Exit
from strongroom.cli.faults import FAULTS, UsageError
from strongroom.recovery.errors import GuardError, RequestError
from tests.strongroom.cli.bringing_back import BEFORE, lose_a_row, pitr, writes
from tests.strongroom.cli.restoring import PASSES, RESTORED, TYPED, Counter


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path)


def test_a_table_comes_back_as_it_was_at_an_instant_under_a_new_name(counter: Counter) -> None:
    lose_a_row(counter)
    assert pitr(counter) is Exit.OK
    assert set(counter.held(RESTORED)) == {"a", "b", "c"}
    assert set(counter.held()) == {"a", "c"}, "the table itself is not touched"
    restored, table = counter.table(RESTORED), counter.table()
    assert (restored.ttl_attribute, restored.pitr_days, restored.tags) == ("ttl", 35, table.tags)
    assert restored.deletion_protection
    assert f"table {RESTORED}: 3 items, digest " in counter.out.getvalue()
    assert counter.questions == [f"Type the account's id and the environment ({TYPED}) to go ahead: "]


def test_the_latest_instant_is_left_to_aws(counter: Counter) -> None:
    assert pitr(counter, None, latest=True) is Exit.OK
    assert "as it was at the latest instant that AWS can reach" in counter.out.getvalue()
    assert set(counter.held(RESTORED)) == {"a", "b", "c"}


def test_a_wait_is_told_and_ends(counter: Counter) -> None:
    counter.aws.durations["restore", PASSES] = timedelta(hours=3)
    assert pitr(counter) is Exit.OK
    assert f"table {RESTORED} is CREATING" in counter.err.getvalue()
    assert counter.aws.clock.slept < timedelta(hours=3, minutes=15).total_seconds()
    assert counter.aws.wire.count("table_states.state", RESTORED) < 200


def test_a_restore_that_never_ends_is_given_up_after_a_day(counter: Counter) -> None:
    counter.aws.durations["restore", PASSES] = timedelta(days=10)
    with pytest.raises(TimedOutError, match="is CREATING since 24 h"):
        pitr(counter)
    assert FAULTS[TimedOutError] is Exit.TIMEOUT


@pytest.mark.parametrize("at", ["2026-11-22T12:00:01Z", "2026-11-22T11:55:01Z", "2026-10-01T00:00:00Z"])
def test_fails_when_the_instant_is_out_of_reach_before_anything_is_asked_or_made(counter: Counter, at: str) -> None:
    with pytest.raises(GuardError, match="at the earliest and 2026-11-22T11:55:00Z at the latest"):
        pitr(counter, at)
    assert (counter.questions, writes(counter)) == ([], 0)
    assert FAULTS[GuardError] is Exit.REFUSED


def test_fails_when_point_in_time_recovery_is_off(counter: Counter) -> None:
    counter.table().pitr_days = None
    with pytest.raises(GuardError, match="is off"):
        pitr(counter, None, latest=True)
    assert writes(counter) == 0


def test_fails_for_an_instant_without_a_zone(counter: Counter) -> None:
    with pytest.raises(RequestError, match="must say its zone"):
        pitr(counter, "2026-11-22T11:30:00")
    assert counter.aws.wire.count() == 0


@pytest.mark.parametrize(("at", "latest"), [(None, False), (BEFORE, True)])
def test_fails_without_exactly_one_of_instant_and_latest(counter: Counter, at: str | None, latest: bool) -> None:
    with pytest.raises(UsageError, match="give --at"):
        pitr(counter, at, latest=latest)


def test_a_fault_of_aws_while_it_is_waited_for_is_asked_again(counter: Counter) -> None:
    counter.aws.wire.trouble(2, FailedError("slow down"), operation="table_states.state", times=4)
    assert pitr(counter) is Exit.OK
