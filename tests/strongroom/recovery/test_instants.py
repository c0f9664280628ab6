from datetime import UTC, datetime, timedelta

import pytest

from strongroom.recovery.errors import RequestError
from strongroom.recovery.instants import age, exact, instant, told

AT = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.mark.parametrize("given", ["2026-11-22T03:00:00Z", "2026-11-22T03:00Z", "2026-11-22 08:30+05:30"])
def test_an_instant_is_read_in_its_zone(given: str) -> None:
    assert instant(given, "--at") == AT


def test_fails_when_an_instant_has_no_zone_and_says_how_to_give_it() -> None:
    with pytest.raises(RequestError, match=r"--at must say its zone.* for UTC write 2026-11-22T03:00Z"):
        instant("2026-11-22T03:00", "--at")


def test_fails_when_an_instant_is_none() -> None:
    with pytest.raises(RequestError, match=r"--at must be an instant such as .* got 'yesterday'"):
        instant("yesterday", "--at")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (-5, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3_599, "59 min"),
        (3_600, "1 h 0 min"),
        (5 * 3_600 + 12 * 60, "5 h 12 min"),
        (48 * 3_600 - 1, "47 h 59 min"),
        (48 * 3_600, "2 d 0 h"),
        (400 * 86_400, "400 d 0 h"),
    ],
)
def test_an_age_is_told_by_its_two_largest_units(seconds: int, text: str) -> None:
    assert age(timedelta(seconds=seconds)) == text


def test_instants_are_told_in_utc() -> None:
    assert told(datetime.fromisoformat("2026-11-22T08:30+05:30")) == "2026-11-22 03:00 UTC"


@pytest.mark.parametrize(("micros", "second"), [(0, "00"), (1, "01"), (999_999, "01")])
def test_an_exact_instant_has_nothing_of_its_second_after_it(micros: int, second: str) -> None:
    assert exact(AT.replace(microsecond=micros)) == f"2026-11-22T03:00:{second}Z"
    assert instant(exact(AT.replace(microsecond=micros)), "--at") >= AT.replace(microsecond=micros)
