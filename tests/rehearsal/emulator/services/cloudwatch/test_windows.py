from datetime import UTC, datetime

import pytest

from rehearsal.emulator.services.cloudwatch.windows import Window

MINUTE, HOUR, DAY, WEEK = 60, 3_600, 86_400, 604_800


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def texts(window: Window, now: str) -> list[str]:
    starts = [period.start for period in window.looked_at(at(now))]
    return [datetime.fromtimestamp(start, UTC).strftime("%d %H:%M") for start in starts]


@pytest.mark.parametrize(
    ("window", "step"),
    [
        (Window(10, 3), 10),
        (Window(30, 1), 10),
        (Window(MINUTE, 1), MINUTE),
        (Window(HOUR, 24), MINUTE),
        (Window(HOUR, 25), HOUR),
        (Window(DAY, 1), MINUTE),
        (Window(DAY, 2), HOUR),
        (Window(WEEK, 1), HOUR),
    ],
)
def test_an_alarm_over_more_than_a_day_is_evaluated_once_an_hour(window: Window, step: int) -> None:
    assert window.step == step


@pytest.mark.parametrize(
    ("moment", "first"), [("2026-01-01T00:00:00", 60), ("2026-01-01T00:00:59", 60), ("2026-01-01T00:01:00", 120)]
)
def test_the_first_evaluation_comes_after_the_moment(moment: str, first: int) -> None:
    assert Window(300, 1).first_after(at(moment)) == at("2026-01-01T00:00:00") + first


def test_a_sliding_window_ends_with_the_evaluation_and_looks_further_back() -> None:
    assert texts(Window(HOUR, 1), "2026-01-02T14:07:00") == ["02 11:07", "02 12:07", "02 13:07"]


def test_a_window_on_the_wall_clock_ends_with_the_last_whole_period() -> None:
    assert texts(Window(HOUR, 2, "UTC"), "2026-01-02T14:07:00") == ["02 12:00", "02 13:00"]
    assert texts(Window(DAY, 2, "UTC"), "2026-01-05T14:07:00") == ["03 00:00", "04 00:00"]


def test_a_week_on_the_wall_clock_begins_on_monday() -> None:
    # 2026-01-07 is a Wednesday.
    assert texts(Window(WEEK, 1, "UTC"), "2026-01-07T14:07:00") == ["29 00:00"]


def test_a_day_on_the_wall_clock_is_one_of_its_zone() -> None:
    # London's days around 2026-03-29 begin at 00:00 and then at 23:00 in UTC.
    assert texts(Window(DAY, 2, "Europe/London"), "2026-03-31T12:00:00") == ["29 00:00", "29 23:00"]


def test_an_hour_on_the_wall_clock_of_a_half_hour_zone() -> None:
    assert texts(Window(HOUR, 1, "Asia/Kolkata"), "2026-01-02T14:07:00") == ["02 12:30"]


def test_nothing_changes_without_points() -> None:
    assert Window(HOUR, 1).next_change(at("2026-01-02T14:07:00"), []) is None


def test_a_point_counts_from_the_next_evaluation_on_and_ages_by_periods() -> None:
    window, point = Window(HOUR, 1), at("2026-01-02T14:07:30")
    now, seen = at("2026-01-02T14:07:00"), list[str]()
    while (changes := window.next_change(now, [point])) is not None:
        now = changes
        seen.append(datetime.fromtimestamp(now, UTC).strftime("%H:%M"))
    assert seen == ["14:08", "15:08", "16:08", "17:08"]


def test_a_point_on_an_evaluation_belongs_to_the_next_one() -> None:
    moment = at("2026-01-02T14:07:00")
    assert Window(HOUR, 1).next_change(moment, [moment]) == moment + MINUTE


def test_a_window_on_the_wall_clock_changes_at_its_edge() -> None:
    now = at("2026-01-02T14:07:00")
    assert Window(DAY, 1, "UTC").next_change(now, [now - HOUR]) == at("2026-01-03T00:00:00")
