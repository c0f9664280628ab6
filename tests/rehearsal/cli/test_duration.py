from datetime import timedelta

import pytest

from rehearsal.cli import duration


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("3d", timedelta(days=3)),
        ("90m", timedelta(minutes=90)),
        ("1h30m", timedelta(hours=1, minutes=30)),
        ("2w", timedelta(weeks=2)),
        ("45s", timedelta(seconds=45)),
        (" 1D12H ", timedelta(days=1, hours=12)),
        ("36500d", timedelta(days=36_500)),
    ],
)
def test_people_write_durations_in_many_ways(text: str, span: timedelta) -> None:
    assert duration.parse(text) == span


@pytest.mark.parametrize("text", ["", "3", "d", "-3d", "1.5h", "30m1h", "1d1d", "three days", "0d", "3 d", "3d!"])
def test_fails_when_it_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="must be a duration such as 3d, 90m or 1h30m, got"):
        duration.parse(text)


@pytest.mark.parametrize("text", ["36501d", "36500d1s", "9" * 30 + "d"])
def test_fails_when_it_is_longer_than_a_hundred_years(text: str) -> None:
    with pytest.raises(ValueError, match="must be at most 36500 days"):
        duration.parse(text)
