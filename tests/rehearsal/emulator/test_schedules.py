from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Final

import pytest

from rehearsal.emulator.schedules import is_valid, next_occurrence, rate

LONDON: Final = "Europe/London"
NEW_YORK: Final = "America/New_York"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def following(expression: str, after: str, count: int = 1, zone: str = "UTC") -> list[str]:
    found: list[str] = []
    instant = at(after)
    for _ in range(count):
        upcoming = next_occurrence(expression, zone, instant)
        if upcoming is None:
            return [*found, "never"]
        instant = upcoming
        found.append(instant.strftime("%Y-%m-%dT%H:%M"))
    return found


@pytest.mark.parametrize(
    ("expression", "after", "expected"),
    [
        ("cron(0 5 ? * * *)", "2026-01-01T04:59:59", ["2026-01-01T05:00", "2026-01-02T05:00"]),
        ("cron(0 5 ? * * *)", "2026-01-01T05:00:00", ["2026-01-02T05:00"]),
        ("cron(0 5 ? * 1 *)", "2026-01-01", ["2026-01-04T05:00", "2026-01-11T05:00"]),
        ("cron(0 5 ? * MON-FRI *)", "2026-01-02T06:00:00", ["2026-01-05T05:00"]),
        ("cron(0 5 1 * ? *)", "2026-12-01T05:00:00", ["2027-01-01T05:00"]),
        ("cron(0/20 8-9 * * ? *)", "2026-01-01T08:40:00", ["2026-01-01T09:00", "2026-01-01T09:20"]),
        ("cron(5,35 0 1 JAN,JUL ? *)", "2026-01-01T00:05:00", ["2026-01-01T00:35", "2026-07-01T00:05"]),
        ("cron(30 1 L * ? *)", "2026-01-31T02:00:00", ["2026-02-28T01:30", "2026-03-31T01:30"]),
        ("cron(0 0 L 2 ? *)", "2027-12-01", ["2028-02-29T00:00"]),
        ("cron(0 5 LW * ? *)", "2026-01-01", ["2026-01-30T05:00", "2026-02-27T05:00"]),
        ("cron(0 5 15W * ? *)", "2026-01-20", ["2026-02-16T05:00"]),
        ("cron(0 5 1W 8 ? *)", "2026-01-01", ["2026-08-03T05:00"]),
        ("cron(0 5 31W 1 ? *)", "2026-01-01", ["2026-01-30T05:00"]),
        ("cron(0 5 ? * 6L *)", "2026-01-01", ["2026-01-30T05:00", "2026-02-27T05:00"]),
        ("cron(0 5 ? * FRIL *)", "2026-01-01", ["2026-01-30T05:00"]),
        ("cron(0 5 ? * 2#1 *)", "2026-01-01", ["2026-01-05T05:00", "2026-02-02T05:00"]),
        ("cron(0 5 ? * WED#5 *)", "2026-01-01", ["2026-04-29T05:00", "2026-07-29T05:00"]),
        ("cron(0 5 ? * L *)", "2026-01-01", ["2026-01-03T05:00", "2026-01-10T05:00"]),
        ("cron(0 0 31 * ? *)", "2026-01-31", ["2026-03-31T00:00", "2026-05-31T00:00"]),
        ("cron(0 0 29 2 ? *)", "2028-02-29", ["2032-02-29T00:00"]),
        ("cron(0 0 29 2 ? *)", "2096-02-29", ["2104-02-29T00:00"]),
        ("cron(0 0 1 1 ? 2040)", "2026-01-01", ["2040-01-01T00:00", "never"]),
        ("cron(0 0 1 1 ? 2026-2027)", "2026-01-01", ["2027-01-01T00:00", "never"]),
        ("cron(0 0 30 2 ? *)", "2026-01-01", ["never"]),
    ],
)
def test_a_cron_falls_due_as_its_fields_say(expression: str, after: str, expected: list[str]) -> None:
    assert following(expression, after, len(expected)) == expected


def test_a_wall_clock_time_that_the_zone_skips_is_skipped() -> None:
    # London goes from 01:00 to 02:00 on 2026-03-29.
    assert following("cron(30 1 * * ? *)", "2026-03-28T00:00:00", 2, LONDON) == ["2026-03-28T01:30", "2026-03-30T00:30"]


def test_a_time_right_after_the_skipped_hour_is_not_skipped() -> None:
    assert following("cron(0 2 * * ? *)", "2026-03-28T12:00:00", 1, LONDON) == ["2026-03-29T01:00"]


def test_a_time_that_the_zone_has_twice_counts_once_and_the_first_time() -> None:
    # London goes from 02:00 back to 01:00 on 2026-10-25: 01:30 is 00:30 and 01:30 in UTC.
    assert following("cron(30 1 * * ? *)", "2026-10-24T12:00:00", 2, LONDON) == ["2026-10-25T00:30", "2026-10-26T01:30"]


def test_an_hourly_schedule_does_not_run_in_the_repeated_hour() -> None:
    assert following("cron(0 * * * ? *)", "2026-10-24T23:30:00", 3, LONDON) == [
        "2026-10-25T00:00",
        "2026-10-25T02:00",
        "2026-10-25T03:00",
    ]


def test_a_zone_keeps_its_wall_clock_over_the_year() -> None:
    assert following("cron(0 5 1 1,7 ? *)", "2026-01-01T00:00:00", 2, NEW_YORK) == [
        "2026-01-01T10:00",
        "2026-07-01T09:00",
    ]


def test_a_rate_is_counted_from_the_given_instant_in_days_of_24_hours() -> None:
    assert following("rate(1 day)", "2026-10-24T01:30:00", 2, LONDON) == ["2026-10-25T01:30", "2026-10-26T01:30"]


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("rate(1 minute)", timedelta(minutes=1)),
        ("rate(5 minutes)", timedelta(minutes=5)),
        ("rate(12 hours)", timedelta(hours=12)),
        ("rate(1 days)", timedelta(days=1)),
        ("rate(0 days)", None),
        ("rate(2 weeks)", None),
        ("rate(1.5 hours)", None),
        ("rate(1  hour)", None),
    ],
)
def test_a_rate_is_a_number_and_a_unit(text: str, every: timedelta | None) -> None:
    assert rate(text) == every
    assert is_valid(text) == (every is not None)


def test_an_at_falls_due_once_on_the_zones_wall_clock() -> None:
    assert following("at(2026-07-01T09:00:00)", "2026-07-01T07:59:59", 2, LONDON) == ["2026-07-01T08:00", "never"]


@pytest.mark.parametrize(
    "text",
    [
        "cron(0 5 ? * * *)",
        "cron(59 23 31 12 ? 2199)",
        "cron(0/15 8-17 ? * 2-6 *)",
        "cron(0 5 LW,1 * ? *)",
        "at(2026-02-28T00:00:00)",
    ],
)
def test_a_schedule_in_aws_s_form_is_taken(text: str) -> None:
    assert is_valid(text)


@pytest.mark.parametrize(
    "text",
    [
        "cron(60 5 ? * * *)",
        "cron(0 24 ? * * *)",
        "cron(0 5 0 * ? *)",
        "cron(0 5 32 * ? *)",
        "cron(0 5 32W * ? *)",
        "cron(0 5 ? 13 * *)",
        "cron(0 5 ? * 8 *)",
        "cron(0 5 ? * 0 *)",
        "cron(0 5 ? * XYZL *)",
        "cron(0 5 ? * 2#6 *)",
        "cron(0 5 ? * 3#1,6#3 *)",
        "cron(0 5 ? * * 1969)",
        "cron(0 5 ? * * 2200)",
        "cron(0 5 * * * *)",
        "cron(0 5 ? * ? *)",
        "cron(0 5 1,? * 1 *)",
        "cron(0 5 ? * *)",
        "cron(0/0 5 ? * * *)",
        "cron(0/ 5 ? * * *)",
        "cron(9-5 5 ? * * *)",
        "cron( )",
        "cron(0 5 ? * * *",
        "at(2026-02-30T00:00:00)",
        "at(2026-02-28)",
        "every day",
        "",
    ],
)
def test_fails_when_a_schedule_has_another_form(text: str) -> None:
    assert not is_valid(text)
    with pytest.raises(ValueError, match="a schedule is"):
        next_occurrence(text, "UTC", at("2026-01-01"))


def test_ten_years_of_days_take_well_under_a_second() -> None:
    instant, begun = at("2026-01-01"), perf_counter()
    for _ in range(3650):
        upcoming = next_occurrence("cron(0 5 ? * * *)", LONDON, instant)
        assert upcoming
        instant = upcoming
    assert perf_counter() - begun < 0.5
    assert instant.year == 2035
