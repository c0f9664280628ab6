"""Both sides of each bound of what point-in-time recovery reaches."""

from datetime import datetime, timedelta

import pytest

from strongroom.aws.table_state import Window
from strongroom.recovery.errors import GuardError, RequestError
from strongroom.recovery.tables.single_instant import reachable
from tests.strongroom.aws.memory_calls import NOON

SECOND = timedelta(seconds=1)
WINDOW = Window(NOON - timedelta(days=35), NOON - timedelta(minutes=5))
BOTH = "2026-10-18T12:00:00Z at the earliest and 2026-11-22T11:55:00Z at the latest"


@pytest.mark.parametrize("at", [WINDOW.earliest, WINDOW.latest, None])
def test_whatever_lies_in_the_window_is_taken_as_it_is(at: datetime | None) -> None:
    assert reachable("orders", at, WINDOW, NOON) == at


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (WINDOW.earliest - SECOND, "is before the recovery window"),
        (WINDOW.latest + SECOND, "was 4 min ago, and point-in-time recovery lies behind by about 5 min"),
        (NOON, "was 0 s ago"),
        (NOON + SECOND, "is in the future by 1 s"),
    ],
)
def test_fails_when_an_instant_cannot_be_reached_and_names_the_earliest_and_the_latest(at: datetime, why: str) -> None:
    with pytest.raises(GuardError) as refused:
        reachable("orders", at, WINDOW, NOON)
    assert why in str(refused.value)
    assert BOTH in str(refused.value)
    assert "--latest" in str(refused.value)


@pytest.mark.parametrize("at", [None, WINDOW.latest])
def test_fails_when_point_in_time_recovery_is_off_and_says_what_there_is_instead(at: datetime | None) -> None:
    with pytest.raises(GuardError, match=r"is off, .* strongroom restore point orders --newest"):
        reachable("orders", at, None, NOON)


def test_fails_for_a_part_of_a_second() -> None:
    with pytest.raises(RequestError, match="whole second"):
        reachable("orders", WINDOW.latest - timedelta(milliseconds=1), WINDOW, NOON)


def test_the_latest_instant_that_is_told_can_be_taken() -> None:
    window = Window(WINDOW.earliest, WINDOW.latest + timedelta(milliseconds=700))
    with pytest.raises(GuardError, match="2026-11-22T11:55:00Z at the latest"):
        reachable("orders", NOON, window, NOON)
