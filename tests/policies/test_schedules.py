import pytest
from strongroom_policies.properties import Properties
from strongroom_policies.schedules import Schedule, windows


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("cron(0 3 * * ? *)", 24),
        ("cron(0 5 ? * * *)", 24),
        ("cron(30 0,12 * * ? *)", 12),
        ("cron(0 0/6 * * ? *)", 6),
        ("cron(0 8-18 * * ? *)", 14),
        ("cron(0 * * * ? *)", 1),
        ("rate(1 day)", 24),
        ("rate(12 hours)", 12),
        ("rate(90 minutes)", 2),
    ],
)
def test_the_longest_gap_of_a_daily_schedule_is_known(text: str, hours: int) -> None:
    assert Schedule(text).longest_gap_hours == hours


@pytest.mark.parametrize(
    "text",
    [
        "cron(0 3 ? * SUN *)",
        "cron(0 3 1 * ? *)",
        "cron(0 3 * 1-6 ? *)",
        "cron(0 3 * * ? 2027)",
        "cron(x 3 * * ? *)",
        "cron(0/0 3 * * ? *)",
        "cron(0 3 * *)",
        "every day",
    ],
)
def test_a_schedule_that_skips_days_or_cannot_be_read_is_not_daily(text: str) -> None:
    assert Schedule(text).longest_gap_hours is None


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("cron(0 3 * * ? *)", "cron(0 5 * * ? *)", False),
        ("cron(0 3 * * ? *)", "cron(0 4 * * ? *)", False),
        ("cron(0 3 * * ? *)", "cron(59 3 * * ? *)", True),
        ("cron(59 3 * * ? *)", "cron(0 3 * * ? *)", True),
        ("cron(30 23 * * ? *)", "cron(15 0 * * ? *)", True),
        ("cron(0 5 ? * SUN *)", "cron(0 5 ? * MON *)", False),
        ("cron(0 5 ? * SUN *)", "cron(0 5 ? * SAT-SUN *)", True),
        ("cron(0 5 ? * SUN *)", "cron(0 5 1 * ? *)", True),
        ("cron(0 5 1 * ? *)", "cron(0 5 15 * ? *)", False),
        ("cron(0 23 ? * SUN *)", "cron(59 23 ? * MON *)", False),
        ("cron(30 23 ? * SUN *)", "cron(15 0 ? * MON *)", True),
        ("rate(12 hours)", "cron(0 5 * * ? *)", True),
        ("cron(0 5 * * ? *)", "every day", True),
    ],
)
def test_windows_of_one_hour_meet_or_do_not(one: str, other: str, together: bool) -> None:
    first, second = (
        windows(Properties({"ruleName": text, "schedule": text, "startWindow": 60})) for text in (one, other)
    )
    assert first.overlaps(second) is together
    assert second.overlaps(first) is together


def test_a_rule_without_schedule_and_window_has_those_of_aws() -> None:
    read = windows(Properties({"ruleName": "daily"}))
    assert (read.schedule.starts, read.minutes) == ([300], 480)


def test_nobody_can_tell_apart_windows_of_two_time_zones() -> None:
    said = {"ruleName": "daily", "schedule": "cron(0 3 * * ? *)", "startWindow": 60}
    here = windows(Properties(said))
    later = {**said, "schedule": "cron(0 6 * * ? *)"}
    assert not here.overlaps(windows(Properties({**later, "scheduleExpressionTimezone": "Etc/UTC"})))
    assert here.overlaps(windows(Properties({**later, "scheduleExpressionTimezone": "Asia/Riyadh"})))
